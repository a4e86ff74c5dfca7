"""What was sent out comes back as it was: payloads of buttons, answers to forms."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.simulator.answers import initial_answers, placed, state_of
from adapters.slack.render import read_answers, read_button, render_form, render_message
from bot.answers import Answers
from bot.ui import Button, Buttons, Message
from tests.adapters import strategies
from tests.adapters.sample_tree import MONDAY, sample_form

json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)


@strategies.unhurried
@given(st.dictionaries(st.text(max_size=9), json_values, max_size=4))
def test_a_pressed_button_brings_its_route_and_payload_back(payload: dict[str, Any]) -> None:
    button = Button(label="Vote yes", route="votes.cast", payload=payload)
    message = Message(text="Vote.", blocks=(Buttons(buttons=(button, button)),))

    [row] = render_message(message)["blocks"]

    for drawn in row["elements"]:
        assert read_button(drawn) == ("votes.cast", payload)


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"action_id": "votes.cast#0"},
        {"action_id": None, "value": "{}"},
        {"action_id": ["votes.cast#0"], "value": "{}"},
        {"action_id": "votes.cast#0", "value": {"vote": 3}},
        {"action_id": "votes.cast", "value": "{}"},
        {"action_id": "#0", "value": "{}"},
        {"action_id": "a#b#0", "value": "{}"},
        {"action_id": "votes.cast#0\n", "value": "{}"},
        {"action_id": "r" * 254 + "#0", "value": "{}"},
        {"action_id": "votes.cast#0", "value": ""},
        {"action_id": "votes.cast#0", "value": "{"},
        {"action_id": "votes.cast#0", "value": "[]"},
        {"action_id": "votes.cast#0", "value": "3"},
        {"action_id": "votes.cast#0", "value": '{"vote":NaN}'},
        {"action_id": "votes.cast#0", "value": '{"vote":' + "9" * 21 + "}"},
        {"action_id": "votes.cast#0", "value": '{"a":' * 300 + "1" + "}" * 300 + " " * 2000},
        {"action_id": "votes.cast#0", "value": "[" * 2000},
    ],
)
def test_a_hostile_press_is_refused(action: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_button(action)


def submitted(**answers: object) -> dict[str, Any]:
    """Return what a Slack client sends for the sample form, filled in with *answers*."""
    blocks = render_form(sample_form(), metadata="")["blocks"]
    filled = initial_answers(blocks) | placed(blocks, answers)
    return state_of(blocks, filled)


def test_the_answers_to_every_input_come_back() -> None:
    values = submitted(
        headline="Knows *what* she <does>",
        evidence="She traced it to the proxy.",
        years="3",
        rating="4",
        country="c12",
        tools=["1", "2"],
        sites=["c1"],
        second="U0ADA",
        day="2026-11-20",
        call=int(MONDAY.timestamp()),
        debrief=["true"],
    )

    answers = read_answers(values)

    assert answers == {
        "headline": "Knows *what* she <does>",
        "evidence": "She traced it to the proxy.",
        "years": "3",
        "rating": "4",
        "country": "c12",
        "tools": ["1", "2"],
        "sites": ["c1"],
        "second": "U0ADA",
        "day": "2026-11-20",
        "call": "2026-11-23T09:30:00+00:00",
        "debrief": "true",
    }


def test_the_engine_accepts_what_came_back() -> None:
    values = submitted(headline="Calm", evidence="She traced it to the proxy.", debrief=[])

    checked = Answers.check(sample_form(), read_answers(values))

    assert checked.number("years") == Decimal(3)
    assert checked.day("day") == date(2026, 11, 20)
    assert checked.instant("call") == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert checked.chosen("sites") == ()
    assert not checked.on("debrief")


def test_inputs_left_empty_come_back_empty() -> None:
    values = submitted(rating=None, tools=[], years=None, day=None, call=None, debrief=[])

    answers = read_answers(values)

    empty = {name: answer for name, answer in answers.items() if not answer}
    assert set(answers) - set(empty) == {"debrief"}
    assert answers["debrief"] == "false"
    assert answers["tools"] == []


def test_an_input_is_found_again_by_its_name() -> None:
    blocks = render_form(sample_form(), metadata="")["blocks"]

    named = [block["block_id"] for block in blocks if block["type"] == "input"]

    assert named == [question.name for question in sample_form().questions()]


@pytest.mark.parametrize(
    "state",
    [
        None,
        "text",
        [],
        {},
        {"short_text#a": None},
        {"short_text#a": {"value": 3}},
        {"short_text#a": {"value": ["x"]}},
        {"short_text#a": {"value": "x"}, "short_text#b": {"value": "y"}},
        {"unheard_of#a": {"value": "x"}},
        {"": {"value": "x"}},
        {"choice#a": {"selected_option": "x" * 9, "more": 1}, "x": {}},
        {"choice#a": {"selected_option": {"value": 3}}},
        {"choices#a": {"selected_options": {"value": "x"}}},
        {"choices#a": {"selected_options": [{"value": {}}]}},
        {"toggle#a": {"selected_options": 3}},
        {"person#a": {"selected_user": {"id": "U1"}}},
        {"date#a": {"selected_date": 20261120}},
        {"datetime#a": {"selected_date_time": "soon"}},
        {"datetime#a": {"selected_date_time": True}},
        {"datetime#a": {"selected_date_time": -1}},
        {"datetime#a": {"selected_date_time": 10**18}},
    ],
)
def test_a_hostile_answer_is_refused(state: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_answers({"a": state})
