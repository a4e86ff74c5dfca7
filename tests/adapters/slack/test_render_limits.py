"""Whatever is shown stays within Slack's limits: split where it can be, refused where not."""

import pytest
from hypothesis import given

from adapters.simulator.blocks import problems_in_message, problems_in_view
from adapters.slack.render import (
    TooBig,
    pictures,
    render_home,
    render_message,
    render_modal,
)
from adapters.slack.richtext import paragraph
from bot.shown import pieces
from bot.ui import (
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    File,
    Image,
    Items,
    Link,
    Message,
    Note,
    Quote,
    Strong,
    Table,
    Text,
    TextStyle,
    When,
)
from tests.adapters import strategies
from tests.adapters.sample_tree import MONDAY, PIXEL
from tests.adapters.slack.checks import Json, problems_in_rich_text, words_in

LONG = "An engineer who asks before she answers. " * 200  # 8,200 characters


def blocks_of(*blocks: Block) -> list[Json]:
    rendered = render_message(Message(text="Sample.", blocks=blocks))
    assert problems_in_message(rendered) == []
    found: list[Json] = rendered["blocks"]
    assert problems_in_rich_text(found) == []
    return found


@strategies.unhurried
@given(strategies.messages)
def test_any_message_is_one_that_slack_takes(message: Message) -> None:
    rendered = render_message(message, files={0: "F1", 2: "F2"})

    assert problems_in_message(rendered) == []
    assert problems_in_rich_text(rendered["blocks"]) == []


@strategies.unhurried
@given(strategies.messages)
def test_any_home_tab_and_window_is_one_that_slack_takes(message: Message) -> None:
    home, window = render_home(message), render_modal(message, title=message.text)

    assert problems_in_view(home) == []
    assert problems_in_view(window) == []
    assert problems_in_rich_text(window["blocks"]) == []


@strategies.unhurried
@given(strategies.tables())
def test_any_table_is_shown_in_a_message_and_in_a_window(table: Table) -> None:
    message = Message(text="Table.", blocks=(table, table))

    assert problems_in_message(render_message(message)) == []
    assert problems_in_view(render_home(message)) == []


@strategies.unhurried
@given(strategies.long_words)
def test_a_text_in_pieces_is_the_text_again(text: str) -> None:
    found = pieces(text, 100)

    assert "".join(found) == text
    assert all(0 < len(piece) <= 100 for piece in found)


@pytest.mark.parametrize(
    "block",
    [
        Text(text=LONG),
        Text(text=LONG, style=TextStyle.HEADING),
        Text(
            text=("Seen: ", Strong(text=LONG), When(at=MONDAY), Link(label=LONG, url="https://a"))
        ),
        Quote(text=LONG, source="Ada"),
        Items(items=("first", LONG, "last"), numbered=True),
        Facts(facts=(("Evidence", LONG), ("Closes", "Monday"))),
        File(name="a.ics", content=b"BEGIN", type="text/calendar", alt=LONG),
        Image(alt=LONG, png=PIXEL),
    ],
)
def test_a_long_text_is_split_between_words_and_wholly_there(block: Block) -> None:
    found = blocks_of(block)

    assert len(found) > 1
    assert words_in(found).replace(" ", "").count(LONG.replace(" ", "")) >= 1


def test_a_long_note_is_split_and_wholly_there() -> None:
    [found] = blocks_of(Note(text=LONG))

    assert len(found["elements"]) == 3
    assert words_in(found) == LONG.strip()


def test_a_note_of_many_spans_takes_several_rows() -> None:
    found = blocks_of(Note(text=(When(at=MONDAY), " and ") * 8))

    assert [len(row["elements"]) for row in found] == [10, 6]


def test_a_paragraph_is_cut_behind_a_line_rather_than_a_word() -> None:
    first, second = paragraph("a b " * 700 + "\n" + "c d " * 700)

    assert words_in(first).endswith("\n")
    assert words_in(second).startswith("c")


def test_a_word_without_an_end_is_cut_through() -> None:
    found = blocks_of(Text(text="x" * 7000))

    assert words_in(found) == "x" * 7000


def test_a_list_goes_on_counting_behind_a_split() -> None:
    found = blocks_of(Items(items=("x" * 2000, "y" * 2000, "z"), numbered=True))

    lists = [block["elements"][0] for block in found]
    assert [one.get("offset", 0) for one in lists] == [0, 1]
    assert [len(one["elements"]) for one in lists] == [1, 2]


def test_more_than_ten_facts_are_all_shown() -> None:
    facts = tuple((f"Fact {n}", f"value {n}") for n in range(40))

    found = blocks_of(Facts(facts=facts))

    assert words_in(found).count("value") == 40


def test_buttons_stand_in_rows_of_twenty_five_with_ids_of_their_own() -> None:
    buttons = tuple(Button(label=f"Open {n}", route="votes.open") for n in range(60))

    found = blocks_of(Buttons(buttons=buttons[:30]), Buttons(buttons=buttons[30:]))

    assert [len(row["elements"]) for row in found] == [25, 5, 25, 5]
    assert len({button["action_id"] for row in found for button in row["elements"]}) == 60


def test_a_second_table_and_a_table_in_a_window_are_aligned_text() -> None:
    table = Table(header=("Search", "Days"), rows=(("Security engineer", "31"), ("Analyst", "")))
    message = Message(text="Days open.", blocks=(table, table))

    first, second = render_message(message)["blocks"]
    in_home = render_home(message)["blocks"]

    assert first["type"] == "table"
    assert (
        words_in(second) == "Search             Days\nSecurity engineer  31\nAnalyst            —"
    )
    assert in_home == [second, second]


def test_a_table_of_too_many_rows_repeats_its_header_in_each_block() -> None:
    rows = tuple((f"row {n}", "x" * 40) for n in range(150))

    found = blocks_of(Table(header=("Name", "Text"), rows=rows))

    assert len(found) > 1
    assert all(words_in(block).startswith("Name") for block in found)
    assert words_in(found).count("row ") == 150


def test_a_heading_with_a_date_is_bold_text() -> None:
    [found] = blocks_of(Text(text=("Closes ", When(at=MONDAY)), style=TextStyle.HEADING))

    assert [part["style"] for part in found["elements"][0]["elements"]] == [{"bold": True}] * 2


@pytest.mark.parametrize(
    "block",
    [Text(text=""), Text(text=" \n"), Text(text="", style=TextStyle.HEADING), Facts(facts=())],
)
def test_a_blank_block_leaves_the_text_of_the_message(block: Block) -> None:
    found = blocks_of(block)

    assert words_in(found) == "Sample."


def test_a_blank_message_is_a_dash() -> None:
    rendered = render_message(Message(text=" "))

    assert words_in(rendered["blocks"]) == "—"


def test_a_picture_that_was_not_uploaded_is_shown_as_its_words() -> None:
    found = blocks_of(Image(alt="Bars: 2 and 4.", png=PIXEL))

    assert words_in(found) == "Picture: Bars: 2 and 4."


@pytest.mark.parametrize(
    "message",
    [
        Message(text="x" * 40_001),
        Message(text="Many.", blocks=(Divider(),) * 51),
        Message(text="B.", blocks=(Buttons(buttons=(Button(label="x" * 76, route="r"),)),)),
        Message(text="B.", blocks=(Buttons(buttons=(Button(label="x", route="r" * 254),)),)),
        Message(
            text="B.",
            blocks=(Buttons(buttons=(Button(label="x", route="r", payload={"a": "b" * 2000}),)),),
        ),
        Message(
            text="B.",
            blocks=(Buttons(buttons=(Button(label="x", route="r").danger("?" * 301),)),),
        ),
        Message(text="L.", blocks=(Note(text=(Link(label="x" * 3000, url="https://a"),)),)),
        Message(text="L.", blocks=(Text(text=(Link(label="x", url="https://" + "a" * 3000),)),)),
    ],
)
def test_a_message_that_cannot_be_split_is_refused_for_good(message: Message) -> None:
    with pytest.raises(TooBig, match="nothing was sent") as refused:
        render_message(message)

    assert refused.value.permanent
    assert "xxx" not in str(refused.value)


def test_a_long_description_of_a_picture_stands_whole_below_it() -> None:
    message = Message(text="Chart.", blocks=(Image(alt=LONG, png=PIXEL), Divider()))

    picture, *below, _ = render_message(message, files={0: "F1"})["blocks"]

    assert "below" in picture["alt_text"]
    assert words_in(below) == LONG


def test_pictures_are_counted_in_the_order_in_which_they_are_uploaded() -> None:
    first, second = Image(alt="First.", png=PIXEL), Image(alt="Second.", png=PIXEL)
    message = Message(text="Charts.", blocks=(first, Divider(), second))

    *_, shown = render_message(message, files={1: "F2"})["blocks"]

    assert pictures(message) == (first, second)
    assert shown["alt_text"] == "Second."
    assert shown["slack_file"] == {"id": "F2"}


def test_a_table_with_a_very_wide_header_is_wholly_there() -> None:
    header = tuple(f"Criterion {n} {'x' * 60}" for n in range(50))

    found = blocks_of(Table(header=header, rows=(("4",) * 50,)))

    assert words_in(found).count("Criterion") == 50
    assert words_in(found).count("4 ") >= 49


def test_a_table_without_columns_is_left_out() -> None:
    found = blocks_of(Table(header=(), rows=((),)))

    assert words_in(found) == "Sample."
