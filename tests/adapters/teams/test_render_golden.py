"""One message with every block and one form with every input, held against files."""

from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.simulator.teams.cards import Surface, problems_in_card
from adapters.teams.render import render_dialog, render_form, render_post
from tests.adapters.golden import assert_golden
from tests.adapters.sample_tree import sample_form, sample_message

GOLDEN = Path(__file__).parent / "golden"
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_message_with_every_block_is_drawn_as_agreed() -> None:
    rendered = render_post(sample_message())

    assert_golden(GOLDEN / "message.json", rendered)
    assert problems_in_card(rendered["attachments"][0]["content"]) == []


def test_a_message_in_a_dialog_is_drawn_as_agreed() -> None:
    rendered = render_dialog(sample_message(), instance="shown-1")

    assert_golden(GOLDEN / "dialog.json", rendered)
    assert problems_in_card(rendered, Surface.DIALOG) == []


def test_a_form_with_every_input_is_drawn_as_agreed() -> None:
    rendered = render_form(sample_form(), instance="shown-1", zone=BERLIN)

    assert_golden(GOLDEN / "form.json", rendered)
    assert problems_in_card(rendered, Surface.DIALOG) == []


def test_a_form_with_problems_keeps_what_was_typed() -> None:
    rendered = render_form(
        sample_form(),
        instance="shown-2",
        zone=BERLIN,
        filled={
            "headline": "Asks first",
            "evidence": "short",
            "years": "7",
            "rating": "4",
            "sites": ["c2", "c11"],
            "day": "2026-11-19",
            "call": "2026-11-24",
            "debrief": "false",
        },
        problems={"evidence": "Please write at least 10 characters.", "call": "Pick a time."},
    )

    assert_golden(GOLDEN / "form_again.json", rendered)
    assert problems_in_card(rendered, Surface.DIALOG) == []
