"""Forms as dialogs: every input is labelled, keeps what was typed, and is read back."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.simulator.teams.cards import Surface, problems_in_card
from adapters.simulator.teams.inputs import filled as held_by
from adapters.teams.fields import read_answers
from adapters.teams.render import TooBig, render_form
from bot.ui import (
    AnyInput,
    Choice,
    Choices,
    Date,
    DateTime,
    Form,
    LongText,
    Number,
    Option,
    PersonInput,
    ShortText,
    Text,
    Toggle,
)
from tests.adapters import strategies
from tests.adapters.sample_tree import MONDAY, sample_form
from tests.adapters.teams.checks import Json, objects, words_in

BERLIN = ZoneInfo("Europe/Berlin")
OPTIONS = tuple(Option(value=v, label=f"Option {v}") for v in ("a,b", "50%", "c"))


def form_of(*inputs: AnyInput) -> Form:
    return Form(title="A form", route="r.form", state={"id": 3}, inputs=inputs)


def drawn(question: AnyInput, **how: Any) -> list[Json]:
    settings: Json = {"instance": "i1", "zone": BERLIN, **how}
    card = render_form(form_of(question), **settings)
    assert problems_in_card(card, Surface.DIALOG) == []
    body: list[Json] = card["body"]
    return body


def inputs_in(card: Json) -> list[Json]:
    return [found for found in objects(card) if str(found.get("type")).startswith("Input.")]


def no_account(name: str) -> str:
    raise LookupError(name)


@strategies.unhurried
@given(strategies.forms())
def test_any_form_is_one_that_teams_takes_or_is_refused(form: Form) -> None:
    try:
        card = render_form(form, instance="i1", zone=BERLIN)
    except TooBig:
        return

    assert problems_in_card(card, Surface.DIALOG) == []
    assert all(found["label"] for found in inputs_in(card))


@strategies.unhurried
@given(strategies.forms())
def test_what_is_sent_untouched_comes_back_as_it_stood_there(form: Form) -> None:
    try:
        card = render_form(form, instance="i1", zone=BERLIN)
    except TooBig:
        return
    answers = read_answers(held_by(inputs_in(card), {}, no_account), BERLIN)

    again = render_form(form, instance="i1", zone=BERLIN, filled=answers)

    assert inputs_in(again) == inputs_in(card)


def test_the_sample_form_is_read_back_as_it_was_filled_in() -> None:
    card = render_form(sample_form(), instance="i1", zone=BERLIN)
    typed = {"In one line": "Asks", "Tools": ["1", "2"], "choice#country": "c7"}

    answers = read_answers(held_by(inputs_in(card), typed, no_account), BERLIN)

    assert answers == {
        "headline": "Asks",
        "years": "3",
        "rating": "3",
        "country": "c7",
        "tools": ["1", "2"],
        "day": "2026-11-20",
        "call": "2026-11-23T10:30:00+01:00",
        "debrief": "true",
    }


def test_the_button_sends_the_route_the_state_and_the_showing() -> None:
    card = render_form(form_of(), instance="i1")

    [submit] = card["actions"]
    assert (submit["type"], submit["title"]) == ("Action.Submit", "Send")
    assert submit["data"] == {
        "parley": {"route": "r.form", "ids": {"id": 3}, "is_form": True, "instance": "i1"}
    }


def test_a_form_without_parts_shows_its_title() -> None:
    assert words_in(render_form(form_of(), instance="i1")["body"]) == "A form"


def test_a_problem_stands_above_its_input_and_the_hint_below() -> None:
    question = ShortText(name="a", label="Name", hint="As on the badge.")

    above, named, below = drawn(question, problems={"a": "Too short.", "b": "Not here."})

    assert words_in(above) == "Too short."
    assert above["inlines"][0]["color"] == "attention"
    assert named["label"] == "Name"
    assert words_in(below) == "As on the badge."


def test_only_what_must_be_answered_is_marked() -> None:
    [needed] = drawn(ShortText(name="a", label="A"))
    [free] = drawn(ShortText(name="a", label="A", required=False))

    assert needed["isRequired"]
    assert needed["errorMessage"]
    assert "isRequired" not in free


def test_a_text_longer_than_its_limit_is_shown_whole_and_not_cut() -> None:
    [field] = drawn(LongText(name="a", label="A", initial="x" * 40, max_length=10))

    assert field["value"] == "x" * 40
    assert "maxLength" not in field


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("3.5", 3.5), ("-2", -2), ("x", None), ("9" * 40, None)]
)
def test_a_number_stands_there_as_a_number(text: str, value: float | None) -> None:
    [field] = drawn(Number(name="a", label="A", initial=text, minimum=-5, maximum=9))

    assert field.get("value") == value
    assert (field["min"], field["max"]) == (-5, 9)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e5"])
def test_a_number_that_json_cannot_hold_is_left_out(text: str) -> None:
    [field] = drawn(Number(name="a", label="A"), filled={"a": text})

    assert field.get("value") in {None, 100_000}


@pytest.mark.parametrize(("count", "style"), [(10, "expanded"), (11, "filtered")])
def test_many_options_stand_in_a_list_that_is_searched(count: int, style: str) -> None:
    options = tuple(Option(value=str(n), label=f"Option {n}") for n in range(count))

    [field] = drawn(Choice(name="a", label="A", options=options, initial="7"))

    assert (field["style"], field["value"]) == (style, "7")


def test_an_option_that_is_no_longer_offered_is_not_chosen() -> None:
    [one] = drawn(Choice(name="a", label="A", options=OPTIONS, initial="gone"))
    [several] = drawn(Choices(name="a", label="A", options=OPTIONS, initial=("gone", "c")))

    assert "value" not in one
    assert several["value"] == "c"


def test_a_hint_of_an_option_stands_beside_it() -> None:
    option = Option(value="1", label="1 - below", hint="Could not start.")

    [field] = drawn(Choice(name="a", label="A", options=(option,)))

    assert field["choices"][0]["title"] == "1 - below — Could not start."


@given(st.lists(st.sampled_from([option.value for option in OPTIONS]), unique=True))
def test_several_choices_come_back_whatever_their_values_hold(chosen: list[str]) -> None:
    [field] = drawn(Choices(name="a", label="A", options=OPTIONS, initial=tuple(chosen)))

    answers = read_answers({field["id"]: field.get("value", "")}, UTC)

    assert answers == {"a": chosen}


def test_people_are_looked_up_in_the_directory() -> None:
    [field] = drawn(PersonInput(name="a", label="Who?"), filled={"a": "aad-1"})

    assert field["choices.data"]["dataset"] == "graph.microsoft.com/users"
    assert field["value"] == "aad-1"


def test_a_toggle_is_on_or_off() -> None:
    [on] = drawn(Toggle(name="a", label="I will come", initial=True))
    [off] = drawn(Toggle(name="a", label="I will come", initial=True), filled={"a": "false"})

    assert (on["value"], off["value"]) == ("true", "false")
    assert (on["label"], on["title"]) == ("I will come", "Yes")


def test_a_day_stands_in_its_input() -> None:
    [field] = drawn(Date(name="a", label="A", initial=date(2026, 11, 20)))
    [again] = drawn(Date(name="a", label="A"), filled={"a": "someday"})

    assert field["value"] == "2026-11-20"
    assert "value" not in again


@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [
        (BERLIN, "2026-11-23", "10:30"),
        (UTC, "2026-11-23", "09:30"),
        (timezone(timedelta(hours=15)), "2026-11-24", "00:30"),
    ],
)
def test_an_instant_is_asked_for_in_the_readers_zone(zone: Any, day: str, time: str) -> None:
    on, at = drawn(DateTime(name="a", label="When?", initial=MONDAY), zone=zone)

    assert (on["value"], at["value"]) == (day, time)
    assert str(zone) in at["label"]
    answers = read_answers({on["id"]: day, at["id"]: time}, zone)
    assert datetime.fromisoformat(str(answers["a"])) == MONDAY


@pytest.mark.parametrize(
    ("answer", "day", "time"),
    [
        ("2026-11-23", "2026-11-23", None),
        ("09:30", None, "09:30"),
        ("", None, None),
        ("0001-01-01T00:00:00+00:00", "0001-01-01", "00:00"),
    ],
)
def test_half_an_instant_is_kept(answer: str, day: str | None, time: str | None) -> None:
    on, at = drawn(DateTime(name="a", label="When?"), zone=UTC, filled={"a": answer})

    assert (on.get("value"), at.get("value")) == (day, time)


def test_a_form_that_does_not_fit_is_refused() -> None:
    form = Form(title="F", route="r", inputs=(Text(text="x" * 30_000),))

    with pytest.raises(TooBig, match="nothing was sent"):
        render_form(form, instance="i1")
