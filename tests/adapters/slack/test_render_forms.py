"""Every form fits into a window of Slack's, and nothing of it is lost."""

import pytest
from hypothesis import given

from adapters.simulator.blocks import problems_in_view
from adapters.slack.render import TooBig, render_form
from bot.ui import (
    Choice,
    Choices,
    Divider,
    Form,
    LongText,
    Number,
    Option,
    ShortText,
    Text,
)
from tests.adapters import strategies
from tests.adapters.slack.checks import Json, objects, problems_in_rich_text, words_in


def inputs_of(form: Form) -> list[Json]:
    view = render_form(form, metadata="")
    assert problems_in_view(view) == []
    return [block for block in view["blocks"] if block["type"] == "input"]


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(value=f"v{n}", label=f"Option {n}") for n in range(count))


@strategies.unhurried
@given(strategies.forms())
def test_any_form_is_one_that_slack_takes(form: Form) -> None:
    view = render_form(form, metadata="{}", problems={"a": "Please look at this again."})

    assert problems_in_view(view) == []
    assert problems_in_rich_text(view["blocks"]) == []


def test_a_long_title_of_a_form_stands_whole_above_it() -> None:
    title = "Scorecard of the second interview"

    view = render_form(Form(title=title, inputs=(), route="r"), metadata="")

    assert view["title"]["text"] == "Scorecard of the second…"
    assert view["blocks"][0]["text"]["text"] == title


def test_a_long_label_and_a_long_hint_stand_whole_above_their_input() -> None:
    question = ShortText(name="a", label="Label " * 400, hint="Hint " * 500)

    view = render_form(Form(title="T", inputs=(question,), route="r"), metadata="")

    *above, drawn = view["blocks"]
    assert words_in(above) == question.label.strip() + question.hint.strip()
    assert "hint" not in drawn


def test_few_options_are_shown_at_once_and_more_in_a_menu() -> None:
    ten, eleven = options(10), options(11)
    form = Form(
        title="T",
        route="r",
        inputs=(
            Choice(name="a", label="A", options=ten, initial="v3"),
            Choice(name="b", label="B", options=eleven, initial="gone"),
            Choices(name="c", label="C", options=ten, initial=("v1", "v2")),
            Choices(name="d", label="D", options=eleven),
        ),
    )

    elements = [block["element"] for block in inputs_of(form)]

    kinds = ["radio_buttons", "static_select", "checkboxes", "multi_static_select"]
    assert [element["type"] for element in elements] == kinds
    assert elements[0]["initial_option"]["value"] == "v3"
    assert "initial_option" not in elements[1]
    assert len(elements[2]["initial_options"]) == 2


def test_more_than_a_hundred_options_stand_in_groups() -> None:
    form = Form(title="T", inputs=(Choice(name="a", label="A", options=options(230)),), route="r")

    [drawn] = inputs_of(form)

    groups = drawn["element"]["option_groups"]
    assert [group["label"]["text"] for group in groups] == ["1 to 100", "101 to 200", "201 to 230"]


def test_options_with_long_words_are_listed_in_full_above() -> None:
    long = Option(value="x", label="Explains " * 12, hint="Without being asked. " * 5)
    form = Form(title="T", inputs=(Choice(name="a", label="A", options=(long,)),), route="r")

    above, drawn = render_form(form, metadata="")["blocks"]

    assert words_in(above) == f"{long.label.strip()} — {long.hint.strip()}"
    assert drawn["element"]["options"][0]["text"]["text"].startswith("1. Explains")


def test_a_first_text_that_is_too_long_is_quoted_above_its_input() -> None:
    form = Form(
        title="T",
        inputs=(LongText(name="a", label="A", initial="x" * 90, max_length=80),),
        route="r",
    )

    above, drawn = render_form(form, metadata="")["blocks"]

    assert words_in(above).startswith("x" * 90)
    assert "initial_value" not in drawn["element"]


def test_a_problem_stands_above_its_input() -> None:
    form = Form(title="T", inputs=(ShortText(name="a", label="A"),), route="r")

    said, _ = render_form(form, metadata="", problems={"a": "Please name a term."})["blocks"]

    assert words_in(said) == "Please name a term."


@pytest.mark.parametrize(
    "form",
    [
        Form(title="T", inputs=(Divider(),) * 101, route="r"),
        Form(title="T", inputs=(), route="r" * 256),
        Form(title="T", inputs=(), route="r", submit="x" * 25),
        Form(title="T", inputs=(ShortText(name="x" * 250, label="A"),), route="r"),
        Form(title="T", inputs=(Text(text="\U0001f512" * 100_000),), route="r"),
        Form(
            title="T",
            route="r",
            inputs=(Choice(name="a", label="A", options=(Option(value="x" * 151, label="x"),)),),
        ),
        Form(title="T", inputs=(Choice(name="a", label="A", options=options(10_001)),), route="r"),
        Form(
            title="T",
            route="r",
            inputs=(
                Choices(
                    name="a",
                    label="A",
                    options=options(101),
                    initial=tuple(option.value for option in options(101)),
                ),
            ),
        ),
    ],
)
def test_a_form_that_does_not_fit_is_refused_for_good(form: Form) -> None:
    with pytest.raises(TooBig) as refused:
        render_form(form, metadata="")

    assert refused.value.permanent


def test_metadata_beyond_slacks_limit_is_refused() -> None:
    with pytest.raises(TooBig, match="3001"):
        render_form(Form(title="T", inputs=(), route="r"), metadata="x" * 3001)


def test_two_inputs_of_one_name_are_refused() -> None:
    question = ShortText(name="a", label="A")

    with pytest.raises(ValueError, match="same name"):
        render_form(Form(title="T", inputs=(question, question), route="r"), metadata="")


def test_numbers_carry_their_bounds_and_drop_a_first_value_that_is_none() -> None:
    drawn = list(objects(render_form(numbers(), metadata="")))

    elements = [found for found in drawn if found.get("type") == "number_input"]
    assert elements[0]["min_value"] == "0"
    assert elements[0]["max_value"] == "60"
    assert [element.get("initial_value") for element in elements] == ["3.5", None, None]


def numbers() -> Form:
    return Form(
        title="T",
        route="r",
        inputs=(
            Number(name="a", label="A", minimum=0, maximum=60, decimal=True, initial="3.5"),
            Number(name="b", label="B", initial="three"),
            Number(name="c", label="C"),
        ),
    )
