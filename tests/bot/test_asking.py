"""What is asked of a platform after the commit, and what the timer that asked is told."""

import pytest
from sqlmodel import Session

from bot.asking import Archive, Gather, MakeChannel, Question, SeeColleagues, SeeReaders
from bot.context import unasked
from bot.errors import DeliveryError
from bot.inbound import Place
from bot.platform import Standing
from storage import people
from tests.bot import toys
from tests.bot.house import ADA, ADAM, LEE, NOBODY_WE_KNOW, OLGA
from tests.bot.platforms import CLOSED, DOWN
from tests.bot.postman import Post

MADE = Place("slack", "T1", "CMADE1")
NUMBERS = {ADA: 1, OLGA: 2, ADAM: 3, LEE: 4}


async def ask(post: Post, question: Question, key: str = "answer") -> str:
    """Return what a timer was told that asked."""

    def leave(session: Session) -> None:
        ctx = unasked(session, post.house.sealer, post.house.clock.now())
        ctx.ask(question, toys.told, key=key, toy=key)

    await post.house.write(leave)
    for _ in range(4):
        await post.settle(after=60)
    return (await post.house.database.read(people.departments)).get(key, "nothing")


async def test_a_channel_is_made_and_filled_with_those_who_are_here(post: Post) -> None:
    post.slack.uninvited = {ADAM}

    made = await ask(post, MakeChannel("slack", "sec-copper-heron"))
    missing = await ask(post, Gather(MADE, tuple(NUMBERS.values())), "missing")

    assert made == repr(MADE)
    assert post.slack.made == {"CMADE1": "sec-copper-heron"}
    assert post.slack.members["CMADE1"] == [ADA, OLGA]
    assert missing == repr([NUMBERS[ADAM]])


async def test_a_guest_is_let_into_no_channel_of_ours(post: Post) -> None:
    post.slack.standings = {ADA: Standing.GUEST}

    missing = await ask(post, Gather(MADE, (1, 2)))

    assert post.slack.members["CMADE1"] == [OLGA]
    assert missing == "[1]"


async def test_readers_are_told_as_people_and_who_is_nobody_we_know_as_none(post: Post) -> None:
    post.slack.members = {"C1": [ADA, OLGA], "C2": [ADA, NOBODY_WE_KNOW], "C3": [ADA, LEE]}

    told = [await ask(post, SeeReaders(Place("slack", "T1", at)), at) for at in ("C1", "C2", "C3")]

    assert told == ["[1, 2]", "[0, 1]", "[0, 1]"]


async def test_where_only_colleagues_read_they_are_told_and_elsewhere_nobody(post: Post) -> None:
    post.slack.members = {"C1": [ADA, OLGA], "C2": [ADA, NOBODY_WE_KNOW], "C3": [ADA, LEE]}
    post.slack.standings = {LEE: Standing.GUEST}

    told = [
        await ask(post, SeeColleagues(Place("slack", "T1", at)), at) for at in ("C1", "C2", "C3")
    ]

    assert told == ["[1, 2]", "[0, 1]", "None"]


@pytest.mark.parametrize(
    ("question", "verb", "answer"),
    [
        (MakeChannel("slack", "sec"), "make_channel", "None"),
        (Gather(MADE, (1,)), "gather", "None"),
        (SeeReaders(MADE), "readers", "None"),
        (SeeColleagues(MADE), "readers", "None"),
        (Archive(MADE), "archive", "False"),
        (MakeChannel("pigeon", "sec"), "", "None"),
    ],
)
async def test_a_refusal_is_an_answer(
    post: Post, question: Question, verb: str, answer: str
) -> None:
    post.slack.fail(verb, CLOSED)

    assert await ask(post, question) == answer


async def test_what_keeps_failing_is_taken_for_a_refusal_and_what_does_not_is_done(
    post: Post,
) -> None:
    post.slack.fail("archive", DOWN, DOWN, DeliveryError("ratelimited", retry_after=1))
    later = await ask(post, Archive(MADE), "later")
    post.slack.fail("archive", *[DOWN] * 4)
    never = await ask(post, Archive(MADE), "never")

    assert (later, never) == ("True", "False")
    assert post.slack.archived == {"CMADE1"}
