"""Reminders to vote: private, in working hours, never twice, and only while they help."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.calendars import add_absence
from tests.workflows.votes.house import ELECTORS, IDS, House
from workflows.votes import reminding
from workflows.votes.rules import State
from workflows.votes.tables import Elector, Vote

#: Two working days from Monday at nine.
WEDNESDAY = datetime(2026, 11, 4, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 3, tzinfo=UTC)
WEEK = timedelta(days=7)


async def opened(house: House, **changed: Any) -> int:
    """Let a vote be open with its reminders; return its number."""
    vote = await house.opens(**{"closes_at": WEDNESDAY, **changed})
    await plan(house, vote)
    return vote


async def plan(house: House, vote: int) -> None:
    await house.within(lambda ctx: reminding.schedule(ctx, ctx.session.get_one(Vote, vote)))


async def leave(house: House, name: str, away: datetime, back: datetime) -> None:
    await house.database.write(lambda session: add_absence(session, IDS[name], away, back))


async def keys(house: House, name: str) -> list[str | None]:
    """Return under which keys somebody was reminded, in order."""
    return [parcel.envelope.key for parcel in await house.sent(name)]


async def test_half_way_and_two_working_hours_before_the_close(house: House) -> None:
    vote = await opened(house)

    await house.passes(TUESDAY + timedelta(hours=9) - house.clock.now())
    half = await keys(house, "Tom")
    await house.passes(timedelta(hours=6))
    both = await house.sent("Tom")
    await house.passes(WEEK)

    assert len(half) == 1
    assert len(both) == len(await house.sent("Tom")) == 2
    assert f"the vote V-{vote} on C-1, S-1 still waits for your answer" in both[0].message.text
    assert "Wednesday 4 November, 09:00 (UTC)" in both[0].message.text
    assert both[0].envelope.sensitive


async def test_nobody_hears_of_it_who_voted_or_is_recused_or_is_no_elector(house: House) -> None:
    vote = await opened(house)
    await house.votes(vote, {"Cleo": "advance"})

    def recuse(ctx: Any) -> None:
        ctx.session.get_one(Elector, (vote, IDS["Dan"])).is_recused = True

    await house.within(recuse)

    await house.passes(WEEK)

    reminded = {name for name in IDS if await house.sent(name)}
    assert reminded == set(ELECTORS) - {"Cleo", "Dan"}


async def test_a_vote_that_is_over_reminds_nobody(house: House) -> None:
    vote = await opened(house)
    await house.becomes(vote, state=State.CANCELLED)

    await house.passes(WEEK)

    assert not await keys(house, "Tom")


async def test_whoever_is_away_hears_nothing_and_whoever_is_back_hears_then(house: House) -> None:
    far = TUESDAY + WEEK
    await leave(house, "Tom", TUESDAY - WEEK, far)
    await opened(house)
    noon = TUESDAY + timedelta(hours=12)
    await leave(house, "Ben", TUESDAY, noon)

    await house.passes(noon - timedelta(minutes=1) - house.clock.now())
    early = await keys(house, "Ben")
    await house.passes(WEEK)

    assert not early
    assert len(await keys(house, "Ben")) == 2
    assert not await keys(house, "Tom")


async def test_a_moved_deadline_has_its_own_last_word_and_edits_the_first(house: House) -> None:
    vote = await opened(house)
    await house.passes(TUESDAY + timedelta(hours=12) - house.clock.now())
    await house.becomes(vote, closes_at=WEDNESDAY + timedelta(days=2), is_extended=True)
    for _ in range(2):
        await plan(house, vote)

    await house.passes(WEEK)

    found = await keys(house, "Tom")
    assert found[0] == found[1]
    assert len(found) == 3
    assert len(set(found)) == 2


async def test_in_a_short_vote_the_last_word_is_the_only_one(house: House) -> None:
    vote = await opened(house, closes_at=datetime(2026, 11, 2, 13, tzinfo=UTC))

    await house.passes(WEEK)

    [key] = await keys(house, "Tom")
    assert key is not None
    assert key.startswith(f"vote:{vote}:remind:1:last:{IDS['Tom']}:")
