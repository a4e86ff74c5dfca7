"""Answers to a form: whatever arrives is checked against the form as it is built now."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import REQUIRED, Answers
from bot.errors import Invalid
from bot.ui import (
    AnyInput,
    Choice,
    Choices,
    Date,
    DateTime,
    Form,
    LongText,
    Note,
    Number,
    Option,
    PersonInput,
    ShortText,
    Toggle,
)

OPTIONS = (Option(value="yes", label="Yes"), Option(value="no", label="No"))
EVERY_INPUT: tuple[AnyInput, ...] = (
    ShortText(name="short", label="Term", max_length=5),
    LongText(name="long", label="Definition", min_length=3, max_length=10),
    Number(name="number", label="How many", minimum=1, maximum=9),
    Choice(name="choice", label="Which", options=OPTIONS),
    Choices(name="choices", label="Which ones", options=OPTIONS),
    PersonInput(name="person", label="Who"),
    Date(name="date", label="When"),
    DateTime(name="datetime", label="When exactly"),
    Toggle(name="toggle", label="It is urgent"),
)
GOOD: Mapping[str, Any] = {
    "short": " EDRM ",
    "long": "legal hold",
    "number": "3",
    "choice": "yes",
    "choices": ["no", "yes", "no"],
    "person": "U1",
    "date": "2026-11-30",
    "datetime": "2026-11-30T09:00:00+02:00",
    "toggle": "true",
}


def form(*inputs: AnyInput) -> Form:
    return Form(title="Form", inputs=(Note(text="Between the questions."), *inputs))


def problem(question: AnyInput, raw: object) -> str:
    with pytest.raises(Invalid) as refused:
        Answers.check(form(question), {question.name: raw})
    return refused.value.fields[question.name]


class TestWhatFits:
    def test_every_answer_comes_back_as_its_inputs_type(self) -> None:
        answers = Answers.check(form(*EVERY_INPUT), GOOD)

        assert dict(answers) == {
            "short": "EDRM",
            "long": "legal hold",
            "number": Decimal(3),
            "choice": "yes",
            "choices": ("no", "yes"),
            "person": "U1",
            "date": date(2026, 11, 30),
            "datetime": datetime(2026, 11, 30, 7, tzinfo=UTC),
            "toggle": True,
        }
        assert len(answers) == len(EVERY_INPUT)

    def test_each_type_has_its_reader(self) -> None:
        answers = Answers.check(form(*EVERY_INPUT), GOOD)

        assert answers.text("short") == "EDRM"
        assert answers.number("number") == 3
        assert answers.chosen("choices") == ("no", "yes")
        assert answers.day("date") == date(2026, 11, 30)
        assert answers.instant("datetime") == datetime(2026, 11, 30, 7, tzinfo=UTC)
        assert answers.on("toggle")

    def test_an_optional_input_may_stay_empty(self) -> None:
        optional = tuple(one.model_copy(update={"required": False}) for one in EVERY_INPUT)

        answers = Answers.check(form(*optional), {"short": "  ", "choices": []})

        assert answers.text("short") == ""
        assert answers.number("number") is None
        assert answers.chosen("choices") == ()
        assert answers.day("date") is None
        assert answers.instant("datetime") is None
        assert not answers.on("toggle")

    def test_a_reader_of_another_type_finds_nothing(self) -> None:
        answers = Answers.check(form(*EVERY_INPUT), GOOD)

        assert answers.text("number") == ""
        assert answers.chosen("short") == ()
        assert answers.day("datetime") is None

    def test_names_that_the_form_does_not_have_are_left_out(self) -> None:
        answers = Answers.check(form(EVERY_INPUT[0]), {**GOOD, "role": "admin"})

        assert list(answers) == ["short"]

    def test_characters_that_nobody_types_and_no_database_takes_are_left_out(self) -> None:
        answers = Answers.check(form(EVERY_INPUT[0]), {"short": "E\x00D\u200bR\x07M"})

        assert answers.text("short") == "EDRM"

    def test_one_choice_among_several_may_come_without_a_list(self) -> None:
        answers = Answers.check(form(EVERY_INPUT[4]), {"choices": "yes"})

        assert answers.chosen("choices") == ("yes",)


class TestWhatDoesNotFit:
    def test_every_required_input_that_is_empty_is_named(self) -> None:
        with pytest.raises(Invalid) as refused:
            Answers.check(form(*EVERY_INPUT), {"short": "\u200b", "choices": ""})

        assert refused.value.fields == {one.name: REQUIRED for one in EVERY_INPUT if one.required}

    @pytest.mark.parametrize(
        ("name", "raw", "said"),
        [
            ("short", "eDiscovery", "shorten this by 5 characters"),
            ("long", "no", "at least 3 characters; so far there are 2"),
            ("long", "a longer text", "shorten this by 3"),
            ("number", "three", "a number, such as 3"),
            ("number", "2.5", "a whole number"),
            ("number", "0", "1 or more"),
            ("number", "10", "9 or less"),
            ("number", "NaN", "a number, such as 3"),
            ("number", "Infinity", "a number, such as 3"),
            ("number", "1e999999", "a number, such as 3"),
            ("number", "1" * 30, "a number, such as 3"),
            ("choice", "perhaps", "no longer offered"),
            ("choices", ["yes", "perhaps"], "no longer offered"),
            ("person", "U" * 256, "shorten"),
            ("date", "tomorrow", "pick a day"),
            ("date", "2026-02-30", "pick a day"),
            ("datetime", "soon", "a day and a time"),
            ("datetime", "2026-11-30T09:00:00", "a day and a time"),
            ("datetime", "0001-01-01T00:00:00+14:00", "a day and a time"),
            ("datetime", "9999-12-31T23:59:59-12:00", "a day and a time"),
        ],
    )
    def test_what_does_not_fit_is_refused_beside_its_input(
        self, name: str, raw: object, said: str
    ) -> None:
        question = next(one for one in EVERY_INPUT if one.name == name)

        assert said in problem(question, raw)

    def test_all_problems_are_told_at_once(self) -> None:
        with pytest.raises(Invalid) as refused:
            Answers.check(form(*EVERY_INPUT), {**GOOD, "number": "0", "choice": "perhaps"})

        assert refused.value.fields.keys() == {"number", "choice"}

    @pytest.mark.parametrize("raw", [3, True, ["EDRM"], {"value": "EDRM"}])
    @pytest.mark.parametrize("question", EVERY_INPUT[:4], ids=lambda one: one.name)
    def test_an_answer_in_another_shape_is_refused(self, question: AnyInput, raw: object) -> None:
        assert "cannot be read" in problem(question, raw)

    @pytest.mark.parametrize("raw", [3, {"value": "yes"}, [["yes"]], [{"value": "yes"}], [None]])
    def test_choices_in_another_shape_are_refused(self, raw: object) -> None:
        assert "no longer offered" in problem(EVERY_INPUT[4], raw)

    @pytest.mark.parametrize("raw", [None, False, "false", "TRUE", 1, ["true"], {}])
    def test_a_toggle_is_on_only_when_it_says_so(self, raw: object) -> None:
        answers = Answers.check(form(EVERY_INPUT[-1]), {"toggle": raw})

        assert not answers.on("toggle")

    def test_a_decimal_number_is_taken_where_it_is_asked_for(self) -> None:
        question = Number(name="number", label="Weight", decimal=True)

        assert Answers.check(form(question), {"number": "-2.5"}).number("number") == Decimal("-2.5")
        assert "a number" in problem(question, "NaN")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([one.name for one in EVERY_INPUT]), JSON))
def test_whatever_arrives_is_an_answer_or_a_problem_in_words(raw: dict[str, Any]) -> None:
    names = {one.name for one in EVERY_INPUT}

    try:
        told: Mapping[str, object] = Answers.check(form(*EVERY_INPUT), raw)
    except Invalid as refused:
        told = refused.fields

    assert told.keys() <= names
