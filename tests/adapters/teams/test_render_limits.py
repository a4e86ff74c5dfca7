"""Whatever is shown stays within Teams' limits: arranged where it can be, refused where not."""

import pytest
from hypothesis import given

from adapters.simulator.teams.cards import Surface, problems_in_card
from adapters.teams import limits
from adapters.teams.render import TooBig, render_dialog, render_message, render_post
from bot.ui import (
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    File,
    Image,
    Items,
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
from tests.adapters.teams.checks import Json, objects, texts_in, words_in

LONG = "An engineer who asks before she answers. " * 200  # 8,200 characters
MESSAGE_BYTES = 28 * 1024


def body_of(*blocks: Block) -> list[Json]:
    card = render_message(Message(text="Sample.", blocks=blocks))
    assert problems_in_card(card) == []
    body: list[Json] = card["body"]
    return body


def actions_in(rendered: object) -> list[Json]:
    return [found for found in objects(rendered) if str(found.get("type")).startswith("Action.")]


@strategies.unhurried
@given(strategies.messages)
def test_any_message_is_one_that_teams_takes_or_is_refused(message: Message) -> None:
    try:
        post = render_post(message)
    except TooBig:
        return

    assert problems_in_card(post["attachments"][0]["content"]) == []
    assert len(limits.compact(post)) < MESSAGE_BYTES


@strategies.unhurried
@given(strategies.messages)
def test_any_message_in_a_dialog_is_one_that_teams_takes_or_is_refused(message: Message) -> None:
    try:
        card = render_dialog(message, instance="shown-1")
    except TooBig:
        return

    assert problems_in_card(card, Surface.DIALOG) == []


@strategies.unhurried
@given(strategies.tables())
def test_any_table_is_shown_or_is_refused(table: Table) -> None:
    try:
        card = render_message(Message(text="Table.", blocks=(table,)))
    except TooBig:
        return

    assert problems_in_card(card) == []


@pytest.mark.parametrize(
    "block",
    [
        Text(text=LONG),
        Text(text=LONG, style=TextStyle.HEADING),
        Text(text=("Seen: ", Strong(text=LONG), When(at=MONDAY))),
        Quote(text=LONG, source="Ada"),
        Items(items=("first", LONG, "last"), numbered=True),
        Facts(facts=(("Evidence", LONG), ("Closes", "Monday"))),
        Image(alt=LONG, png=PIXEL),
        Note(text=LONG),
    ],
)
def test_a_long_text_is_wholly_there(block: Block) -> None:
    assert LONG in words_in(body_of(block))


def test_what_is_larger_than_a_message_is_refused_for_good_without_its_words() -> None:
    with pytest.raises(TooBig, match="nothing was sent") as refused:
        render_post(Message(text="Too much.", blocks=(Text(text="xyz" * 10_000),)))

    assert (refused.value.code, refused.value.permanent) == ("too_big_for_teams", True)
    assert "xyz" not in str(refused.value)


def test_letters_outside_ascii_count_as_the_bytes_that_are_sent() -> None:
    post = render_post(Message(text="Виза " * 1000))

    assert MESSAGE_BYTES / 2 < len(limits.compact(post)) < MESSAGE_BYTES


def test_buttons_stand_in_rows_of_six() -> None:
    buttons = tuple(Button(label=f"Open {n}", route="votes.open") for n in range(14))

    rows = body_of(Buttons(buttons=buttons))

    assert [len(row["actions"]) for row in rows] == [6, 6, 2]
    assert [action["title"] for row in rows for action in row["actions"]] == [
        button.label for button in buttons
    ]


def test_a_press_brings_its_route_and_payload_back() -> None:
    button = Button(label="Vote yes", route="votes.cast", payload={"vote": 3, "choice": "yes"})

    [row] = body_of(Buttons(buttons=(button.primary(),)))

    assert row["actions"] == [
        {
            "type": "Action.Execute",
            "title": "Vote yes",
            "verb": "votes.cast",
            "data": {"parley": {"route": "votes.cast", "ids": {"vote": 3, "choice": "yes"}}},
            "style": "positive",
        }
    ]


def test_a_button_of_a_form_asks_for_a_dialog() -> None:
    button = Button(label="Give feedback", route="feedback.give", opens_form=True)

    [row] = body_of(Buttons(buttons=(button,)))

    [action] = row["actions"]
    assert action["type"] == "Action.Submit"
    assert action["data"]["msteams"] == {"type": "task/fetch"}
    assert action["data"]["parley"] == {"route": "feedback.give"}


@pytest.mark.parametrize("opens_form", [False, True])
def test_a_button_without_a_way_back_asks_first(*, opens_form: bool) -> None:
    button = Button(label="Withdraw", route="votes.withdraw", opens_form=opens_form)

    [row] = body_of(Buttons(buttons=(button.danger("Withdraw V-3? Ballots are dropped."),)))

    [unfolds] = row["actions"]
    [acts] = unfolds["card"]["actions"]
    assert unfolds["type"] == "Action.ShowCard"
    assert words_in(unfolds["card"]["body"]) == "Withdraw V-3? Ballots are dropped."
    assert acts["title"] == "Yes: Withdraw"
    assert acts["data"]["parley"]["route"] == "votes.withdraw"
    assert {unfolds["style"], acts["style"]} == {"destructive"}


def test_buttons_of_a_dialog_are_submissions_of_this_showing() -> None:
    buttons = (
        Button(label="One", route="a"),
        Button(label="Two", route="b", opens_form=True),
        Button(label="Three", route="c", confirm="Sure?"),
    )

    card = render_dialog(Message(text="B.", blocks=(Buttons(buttons=buttons),)), instance="i1")

    sent = [action for action in actions_in(card) if "data" in action]
    assert {action["type"] for action in sent} == {"Action.Submit"}
    assert [action["data"]["parley"]["instance"] for action in sent] == ["i1"] * 3
    assert all("msteams" not in action["data"] for action in sent)


def test_a_picture_is_shown_within_the_card_with_its_words() -> None:
    [picture] = body_of(Image(alt="Bars: 2 and 4.", png=PIXEL))

    assert picture["url"].startswith("data:image/png;base64,iVBORw0KGgo")
    assert picture["altText"] == "Bars: 2 and 4."


def test_a_file_is_said_to_be_none_that_a_bot_may_hand_out() -> None:
    [said] = body_of(File(name="a.ics", content=b"B", type="text/calendar", alt="the dates."))

    assert words_in(said) == "A file that Microsoft Teams does not take from me: the dates."


def test_a_picture_for_which_there_is_no_room_is_shown_as_its_words() -> None:
    large = Image(alt="Bars: 2 and 4.", png=PIXEL + bytes(8 * 1024))

    first, second, small = body_of(large, large, Image(alt="One.", png=PIXEL))

    assert first["type"] == "Image"
    assert words_in(second) == "Picture: Bars: 2 and 4."
    assert small["type"] == "Image"


def test_a_table_is_the_cards_own_with_a_header() -> None:
    table = Table(header=("Search", "Days"), rows=(("Security engineer", "31"), ("Analyst", "")))

    [drawn] = body_of(table)

    assert (drawn["type"], drawn["firstRowAsHeader"]) == ("Table", True)
    assert list(texts_in(drawn)) == ["Search", "Days", "Security engineer", "31", "Analyst", "—"]


def test_a_table_of_too_many_cells_is_aligned_text() -> None:
    rows = tuple((f"row {n}", "x" * 40) for n in range(100))

    [drawn] = body_of(Table(header=("Name", "Text"), rows=rows))

    [run] = drawn["inlines"]
    assert run["fontType"] == "monospace"
    assert run["text"].splitlines()[1].startswith("row\u00a00\u00a0\u00a0\u00a0xxx")
    assert words_in(drawn).count("row\u00a0") == 100


def test_a_divider_is_a_line_above_what_follows() -> None:
    body = body_of(Divider(), Text(text="One"), Divider(), Divider(), Text(text="Two"), Divider())

    assert [element.get("separator", False) for element in body] == [False, True]


def test_a_heading_is_announced_as_one_unless_a_word_could_be_markup() -> None:
    plain, marked = body_of(
        Text(text="Vote V-3: what now?", style=TextStyle.HEADING),
        Text(text="Vote *V-3*", style=TextStyle.HEADING),
    )

    assert (plain["type"], plain["style"]) == ("TextBlock", "heading")
    assert marked["type"] == "RichTextBlock"
    assert marked["inlines"][0]["weight"] == "bolder"


def test_a_list_counts_when_its_order_matters() -> None:
    numbered, plain = body_of(Items(items=("a", "b"), numbered=True), Items(items=("c",)))

    assert words_in(numbered) == "1. a\n2. b"
    assert words_in(plain) == "• c"


@pytest.mark.parametrize(
    "block",
    [Text(text=""), Text(text=" \n"), Text(text="", style=TextStyle.HEADING), Facts(facts=())],
)
def test_a_blank_block_leaves_the_text_of_the_message(block: Block) -> None:
    assert words_in(body_of(block)) == "Sample."


def test_a_table_without_columns_is_left_out() -> None:
    assert words_in(body_of(Table(header=(), rows=((),)))) == "Sample."


def test_a_blank_message_is_a_dash() -> None:
    assert words_in(render_message(Message(text=" "))["body"]) == "—"


def test_a_notification_shows_the_beginning_of_a_long_text() -> None:
    post = render_post(Message(text=LONG))

    assert len(post["summary"]) <= 200
    assert post["summary"].endswith("…")
    assert post["attachments"][0]["content"]["fallbackText"] == LONG
