"""One message with every block and one form with every input, held against files."""

from pathlib import Path

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.simulator.blocks import problems_in_message, problems_in_view
from adapters.slack.render import render_form, render_home, render_message, render_modal
from tests.adapters.golden import assert_golden
from tests.adapters.sample_tree import sample_form, sample_message

GOLDEN = Path(__file__).parent / "golden"


def test_a_message_with_every_block_is_drawn_as_agreed() -> None:
    rendered = render_message(sample_message(), files={0: "F0CHART"})

    assert_golden(GOLDEN / "message.json", rendered)
    assert problems_in_message(rendered) == []


def test_the_home_tab_is_drawn_as_agreed() -> None:
    rendered = render_home(sample_message())

    assert_golden(GOLDEN / "home.json", rendered)
    assert problems_in_view(rendered) == []


def test_a_message_in_a_window_is_drawn_as_agreed() -> None:
    rendered = render_modal(sample_message(), title="Vote V-3", metadata="{}")

    assert_golden(GOLDEN / "modal.json", rendered)
    assert problems_in_view(rendered) == []


def test_a_form_with_every_input_is_drawn_as_agreed() -> None:
    rendered = render_form(sample_form(), metadata='{"state":{}}')

    assert_golden(GOLDEN / "form.json", rendered)
    assert problems_in_view(rendered) == []


@pytest.mark.parametrize("name", ["message", "home", "modal", "form"])
def test_slacks_own_models_accept_what_is_drawn(name: str) -> None:
    rendered = {
        "message": lambda: render_message(sample_message(), files={0: "F0CHART"}),
        "home": lambda: render_home(sample_message()),
        "modal": lambda: render_modal(sample_message(), title="Vote V-3"),
        "form": lambda: render_form(sample_form(), metadata=""),
    }[name]()

    for block in rendered["blocks"]:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
    if name != "message":
        View(**rendered).validate_json()
