"""What Parley says of itself: to each what they may do, and after a slip the way on."""

from dataclasses import replace

import pytest

from bot import menu
from bot.context import Context
from bot.engine import Engine
from bot.inbound import UserRef
from bot.roles import STRANGER, Role
from bot.ui import Answer, Button, Buttons, Facts, Message, Note, Text
from bot.workflow import Workflow
from storage.people import Grant
from tests.bot.house import ADA, NOBODY_WE_KNOW, House, text_of
from tests.bot.test_routes import shelves


def lines(answer: Answer) -> set[str]:
    """Return the commands that a menu lists."""
    assert isinstance(answer, Message)
    listed = [block for block in answer.blocks if isinstance(block, Facts)]
    return {label for facts in listed for label, _ in facts.facts}


def buttons(answer: Answer) -> list[Button]:
    assert isinstance(answer, Message)
    return [
        button for block in answer.blocks if isinstance(block, Buttons) for button in block.buttons
    ]


@pytest.mark.parametrize(
    "said", ["", "help", "HELP", "?", "help?", "Hello!", "hi", "hey.", "start", "menu", " ? ? "]
)
async def test_a_greeting_gets_the_menu(house: House, said: str) -> None:
    answer = await house.says(said)

    assert "toy add NAME" in lines(answer)
    assert [button.label for button in buttons(answer)] == [
        "Try: toy add Bear",
        "Try: toy break",
        "Try: toy refuse",
    ]


async def test_a_stranger_sees_what_strangers_may_do_and_how_to_get_the_rest(
    house: House,
) -> None:
    answer = await house.says("help", NOBODY_WE_KNOW)

    assert lines(answer) == {"toy NAME"}
    assert isinstance(answer, Message)
    assert Note(text=menu.FOR_STRANGERS) in answer.blocks
    assert buttons(answer) == []


async def test_help_lists_only_what_this_person_may_do(house: House) -> None:
    for user in (ADA, NOBODY_WE_KNOW):
        for words in ("help", "toy help", "help toy", "toy ?", "home"):
            answer = await house.says(words, user)
            assert ("toy add NAME" in lines(answer)) is (user is ADA)


def test_a_route_for_several_roles_is_for_whoever_holds_one_of_them() -> None:
    owner = replace(STRANGER, id=1, grants=(Grant(Role.OWNER, "ta"),))
    keepers = (Role.RECRUITER, Role.OWNER)

    assert menu.may(owner, keepers)
    assert not menu.may(owner, (Role.RECRUITER, Role.ADMIN))
    assert not menu.may(STRANGER, keepers)


async def test_help_for_one_verb_leaves_the_others_out(house: House) -> None:
    for words in ("toys help", "help toys"):
        assert lines(await house.says(words)) == {"toys"}


async def test_a_verb_that_is_no_command_by_itself_lists_what_begins_with_it(house: House) -> None:
    engine = Engine(
        house.database,
        [shelves()],
        clock=house.clock,
        sealer=house.sealer,
        standings=house.standings,
    )
    shelved = replace(house, engine=engine)

    for words in ("shelf", "Shelf!", "shelf life"):
        assert lines(await shelved.says(words)) == {"shelf add", "shelf sort"}


async def test_help_for_something_unknown_is_the_whole_menu(house: House) -> None:
    assert "toys" in lines(await house.says("help scorecard"))


@pytest.mark.parametrize(
    ("user", "greeting"), [(ADA, "Hello Ada."), (NOBODY_WE_KNOW, "Hello.")], ids=str
)
async def test_home_greets_and_shows_every_section(
    house: House, user: UserRef, greeting: str
) -> None:
    answer = await house.says("home", user)

    assert text_of(answer).startswith(greeting)
    assert isinstance(answer, Message)
    assert Text(text="Your toys wait for you.") in answer.blocks


async def test_after_a_slip_one_press_goes_on(house: House) -> None:
    slip = await house.says("tyo add Bear")

    assert "Did you mean “toy”? Nothing was changed." in text_of(slip)
    yes, *_, show = buttons(slip)
    assert yes.label == "Yes: toy add Bear"
    assert text_of(await house.presses(yes.route, **yes.payload)) == "“Bear” is in the box now."
    assert "toys" in lines(await house.presses(show.route, **show.payload))


async def test_words_far_from_any_verb_lead_to_help(house: House) -> None:
    answer = await house.says("scorecard I-881")

    assert text_of(answer).startswith("I do not know the word “scorecard”. Nothing was changed.")
    assert [button.label for button in buttons(answer)] == ["Show me what you can do"]


async def test_a_long_word_is_not_repeated_in_full(house: House) -> None:
    answer = await house.says("x" * 500)

    assert f"“{'x' * 40}…”" in text_of(answer)


async def test_a_slip_before_a_long_text_offers_no_button_that_could_not_be_shown(
    house: House,
) -> None:
    answer = await house.says(f"tyo {'x' * 2_000}")

    assert [button.label for button in buttons(answer)] == ["Show me what you can do"]


async def test_a_sentence_is_offered_to_the_command_that_takes_one(house: House) -> None:
    answer = await house.says("Somebody left the door open")

    assert text_of(answer).startswith("I do not know that as a command. Nothing was changed.")
    [offer, _] = buttons(answer)
    assert offer.label == "Tell everybody"
    assert offer.payload == {"words": "toy shout Somebody left the door open"}


def echo(_: Context, text: str) -> Message:
    return Message(text=text)


async def test_of_very_many_commands_each_verb_is_listed_once_and_then_whole(
    house: House,
) -> None:
    many = Workflow("many", summary="Very many things to say.")
    for number in range(menu.MOST_LINES):
        many.command(f"much {number}", help="Do one thing.")(echo)
    many.command("alone", help="Do another thing.")(echo)
    engine = Engine(
        house.database, [many], clock=house.clock, sealer=house.sealer, standings=house.standings
    )
    full = replace(house, engine=engine)

    assert lines(await full.says("help")) == {"alone", "much …"}
    assert len(lines(await full.says("help much"))) == menu.MOST_LINES


async def test_a_house_without_workflows_still_says_who_it_is(house: House) -> None:
    empty = Engine(
        house.database, [], clock=house.clock, sealer=house.sealer, standings=house.standings
    )

    answer = await replace(house, engine=empty).says("help")

    assert answer == Message(text=menu.INTRODUCTION, blocks=(Text(text=menu.INTRODUCTION),))


def test_a_job_that_died_is_told_with_what_to_do() -> None:
    note = menu.job_died(7, "send", "channel_archived")

    assert "jobs replay 7" in note.text
    assert "Nothing is lost" in note.text
