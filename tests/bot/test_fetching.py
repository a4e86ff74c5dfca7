"""What only a platform has is fetched after the commit, and a refusal is an answer."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.context import Context, unasked
from bot.errors import DeliveryError
from bot.fetching import (
    TRIES,
    Attached,
    Before,
    Fetched,
    Fetching,
    Wanted,
    collected,
)
from bot.inbound import FileRef, Place, QuotedMessage
from bot.platform import TOO_LARGE
from bot.workflow import Workflow
from storage import jobs
from storage.jobs import Job
from tests.bot.house import CHANNEL, House
from tests.bot.platforms import CLOSED, DOWN

ADDRESS = "https://files.example/?ticket=secret"
FILE = FileRef("F1", "invoice.pdf", 3, "application/pdf", ADDRESS)
NOTHING = Fetched()
heard: list[Fetched] = []
it = Workflow("fetching", summary="Fetches.")


@it.timer("keep")
def keep(ctx: Context, number: int, fetched: Fetched = NOTHING) -> None:
    """Take what was fetched."""
    assert number == 7
    heard.append(fetched)


async def left(house: House, wanted: Wanted) -> Job:
    """Return the job, claimed, that a handler leaves which wants something."""
    heard.clear()
    house.engine.routes.timers.update(it.timers)
    now, span = house.clock.now(), timedelta(minutes=1)

    def leave(session: Session) -> None:
        ctx = unasked(session, house.sealer, now)
        ctx.fetch(wanted, keep, key="k1", number=7)

    await house.database.write(leave)
    [job] = await house.database.write(
        lambda session: jobs.claim(session, owner="me", slots=9, lease=span, now=now)
    )
    return job


def fetching(house: House) -> Fetching:
    """Return what asks the platforms of the house."""
    return Fetching({"slack": house.slack}.__getitem__, house.sealer)


async def test_a_file_reaches_the_handler_after_the_commit(house: House) -> None:
    house.slack.files["F1"] = b"abc"

    await house.engine.run_timer(await left(house, Attached(CHANNEL, FILE)))

    assert heard == [Fetched(content=b"abc")]


async def test_what_was_said_before_reaches_the_handler(house: House) -> None:
    house.slack.earlier.append(QuotedMessage("0.9", "Look at this.", "UADA"))

    await house.engine.run_timer(await left(house, Before(CHANNEL, "1.0")))

    assert [one.text for one in heard[0].said] == ["Look at this."]


async def test_where_a_file_is_stands_nowhere_in_the_open(house: House) -> None:
    job = await left(house, Attached(CHANNEL, FILE))

    assert "secret" not in str(job.payload)
    assert "secret" not in repr(FILE)


async def test_a_refusal_for_good_is_an_answer(house: House) -> None:
    house.slack.fail("download", CLOSED)

    await house.engine.run_timer(await left(house, Attached(CHANNEL, FILE)))

    assert heard == [Fetched(refused="channel_archived")]


async def test_a_platform_that_is_not_on_is_an_answer(house: House) -> None:
    elsewhere = Place("elsewhere", "T1", "C1")

    await house.engine.run_timer(await left(house, Before(elsewhere, "1.0")))

    assert heard == [Fetched(refused="platform_off")]


async def test_a_platform_that_is_down_is_asked_again_until_that_is_the_answer(
    house: House,
) -> None:
    job = await left(house, Before(CHANNEL, "1.0"))
    house.slack.fail("before", DOWN, DOWN)

    with pytest.raises(DeliveryError):
        await house.engine.run_timer(job)
    told = await fetching(house).fetched_for(replace(job, attempts=TRIES))

    assert told == Fetched(refused=DOWN.code)


async def test_a_timer_that_wants_nothing_is_given_nothing(house: House) -> None:
    job = replace(await left(house, Before(CHANNEL, "1.0")), payload={"route": "", "payload": {}})

    assert await fetching(house).fetched_for(job) is None


async def test_more_bytes_than_were_asked_for_are_not_taken() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 600

    with pytest.raises(DeliveryError, match=TOO_LARGE):
        await collected(endless(), most=1000)
