"""What a dialog brings back: the answers by name, and the ticket that says where they go."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.fields import DAY, TIME, field_id, joined, read_answers
from adapters.teams.ticket import Ticket, new_instance
from bot.ui import Button, Choices, DateTime, Form, Option, ShortText, Toggle

NAMES = st.text(min_size=1).filter(lambda name: not name.endswith((DAY, TIME)))


@given(NAMES, st.text())
def test_a_text_comes_back_under_its_name(name: str, text: str) -> None:
    question = ShortText(name=name, label="Words")

    assert read_answers({field_id(question): text}, UTC) == {name: text}


@given(st.lists(st.text(min_size=1)))
def test_several_choices_come_back_whatever_they_are_called(values: list[str]) -> None:
    question = Choices(name="tags", label="Tags", options=(Option(value="x", label="X"),))

    assert read_answers({field_id(question): joined(values)}, UTC) == {"tags": values}


@pytest.mark.parametrize(
    ("sent", "read"), [("true", "true"), ("false", "false"), (True, "true"), (False, "false")]
)
def test_a_toggle_is_a_word(sent: object, read: str) -> None:
    question = Toggle(name="urgent", label="It is urgent")

    assert read_answers({field_id(question): sent}, UTC) == {"urgent": read}


@pytest.mark.parametrize(
    ("day", "time", "read"),
    [
        ("2027-01-04", "09:30", "2027-01-04T09:30:00-05:00"),
        ("2027-07-05", "09:30", "2027-07-05T09:30:00-04:00"),
        ("", "", ""),
        ("2027-01-04", "", "2027-01-04"),
        ("", "09:30", "09:30"),
        ("2027-02-30", "09:30", "2027-02-30 09:30"),
    ],
)
def test_an_instant_is_a_day_and_a_time_where_the_reader_is(day: str, time: str, read: str) -> None:
    question = DateTime(name="at", label="When")
    data = {field_id(question, DAY): day, field_id(question, TIME): time}

    assert read_answers(data, ZoneInfo("America/New_York")) == {"at": read}


@pytest.mark.parametrize("data", [{"words": "x"}, {"kind#x": "y"}, {"short_text#": "y"}, {}])
def test_what_is_no_input_of_ours_is_left_out(data: dict[str, str]) -> None:
    assert read_answers(data, UTC) == {}


@pytest.mark.parametrize("odd", [None, [], {}, [1], {"a": "b"}])
@pytest.mark.parametrize("id", ["short_text#a", "choices#a", "datetime#a.day", "toggle#a"])
def test_an_answer_of_no_shape_counts_as_empty(id: str, odd: object) -> None:
    assert list(read_answers({id: odd}, UTC).values()) in ([""], [[]])


def test_a_number_that_comes_as_one_is_read_as_typed() -> None:
    assert read_answers({"number#years": 3, "number#score": 2.5}, UTC) == {
        "years": "3",
        "score": "2.5",
    }


def test_tickets_come_back_as_they_went_out() -> None:
    button = Button(label="Approve", route="toy.count", payload={"number": 1})
    form = Form(title="A note", inputs=(), route="toy.note", state={"number": 7})

    for ticket in (
        Ticket.of_button(button),
        Ticket.of_button(button, new_instance()),
        Ticket.of_form(form, new_instance()),
    ):
        assert Ticket.read({**ticket.data(), "short_text#words": "x"}) == ticket
    assert Ticket.of_button(button).opening_data()["msteams"] == {"type": "task/fetch"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"parley": None},
        {"parley": "x"},
        {"parley": {}},
        {"parley": {"route": 7}},
        {"parley": {"route": "x" * 256}},
        {"parley": {"route": "x", "ids": []}},
        {"parley": {"route": "x", "instance": "i" * 65}},
        {"parley": {"route": "x", "more": 1}},
    ],
)
def test_a_ticket_of_another_shape_is_none(data: dict[str, Any]) -> None:
    assert Ticket.read(data) is None
