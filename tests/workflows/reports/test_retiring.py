"""What people wrote in a report goes when its time is over; that there was one stays."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session

from bot.context import Context
from bot.inbound import Place, QuotedMessage
from storage import audit, posts
from tests.workflows.acting import SLACK, said
from tests.workflows.reports.house import SEEN, House
from workflows.reports import (
    calls,
    closing,
    evidence_tables,
    keeping,
    moving,
    retiring,
    tables,
)
from workflows.reports.rules import Move, Outcome, Remark

MESSAGE = QuotedMessage(id="1.0", text="Look at http://evil.example/", author="USAM")
NOTE = "The reporter called back."


async def ended(house: House, outcome: Outcome | None) -> int:
    """Let a report be over, with evidence and additions; without an outcome it is withdrawn."""
    id = await house.keeps(MESSAGE)

    def end(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        keeping.add_remark(ctx, report, Remark.NOTE, NOTE)
        keeping.add_remark(ctx, report, Remark.AS_SENT, f"{SEEN} hunter2")
        if outcome is None:
            moving.move(ctx, report, Move.WITHDRAW)
        else:
            closing.close(ctx, report, outcome, words="Nothing to worry about.", department="hr")

    await house.within(end)
    return id


async def wait(house: House, id: int, days: int) -> None:
    """Let it be so many days since a report was over, and what is due be erased."""
    closed_at = (await house.report(id)).closed_at
    assert closed_at is not None
    house.clock.move_to(closed_at + timedelta(days=days))
    await house.within(retiring.retire.handler)
    await house.passes(timedelta(0))


async def words(house: House, id: int) -> list[str]:
    """Return all that is kept of what people wrote in a report."""

    def read(session: Session) -> list[str]:
        kept = [tables.report(session, id), *tables.said(session, id)]
        found = [one.text for one in kept if one is not None]
        found += [one.facts for one in evidence_tables.evidence_of(session, id)]
        found += [one.value for one in evidence_tables.indicators_of(session, id)]
        return [one for one in found if one]

    return await house.database.read(read)


@pytest.mark.parametrize(
    ("outcome", "days"),
    [(None, 30), (Outcome.HARMLESS_EXPECTED, 90), (Outcome.ROUTED, 90), (Outcome.STOPPED, 730)],
)
async def test_all_that_was_written_is_erased_when_its_time_is_over(
    house: House, outcome: Outcome | None, days: int
) -> None:
    id = await ended(house, outcome)

    await wait(house, id, days - 1)
    before = await words(house, id)
    await wait(house, id, days + 1)
    await wait(house, id, days + 2)

    assert len(before) >= 5
    assert await words(house, id) == []
    assert (await house.report(id)).closed_at is not None
    assert await house.database.read(lambda session: audit.verify(session, house.sealer).intact)


async def test_what_is_kept_for_another_reason_is_not_erased(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await ended(house, None)
    monkeypatch.setattr(calls.keeps, "_hooked", [lambda _ctx, report: report == id])

    await wait(house, id, 800)

    assert await words(house, id)


@pytest.mark.parametrize(
    ("outcome", "told"), [(None, "30 days"), (Outcome.HARMLESS_UNCLEAR, "90 days")]
)
async def test_whoever_reads_it_learns_that_it_was_erased(
    house: House, outcome: Outcome | None, told: str
) -> None:
    id = await ended(house, outcome)
    await wait(house, id, 91)

    for name, verb in (
        ("Tess", "security show"),
        ("Tess", "security evidence"),
        ("Tess", "security verify"),
        ("Tess", "security original"),
        ("Rita", "report status"),
    ):
        answer = said(await house.says(name, f"{verb} R-{id}", privately=True))
        assert f"erased {told} after" in answer, verb


async def test_what_is_opened_again_afterwards_says_so_and_is_erased_once_more(
    house: House,
) -> None:
    id = await ended(house, Outcome.HARMLESS_EXPECTED)
    await wait(house, id, 91)

    await house.says("Tess", f"security reopen R-{id} It came back.")
    shown = said(await house.says("Tess", f"security show R-{id}", privately=True))
    await house.says("Tess", f"security close R-{id} expected It was the same.")
    await wait(house, id, 91)

    assert "erased when its time was over" in shown
    assert await words(house, id) == []


async def test_what_showed_it_is_taken_down_and_the_reporters_own_chat_is_left(
    house: House,
) -> None:
    id = await ended(house, Outcome.ROUTED)
    for message, is_sensitive in (("1.1", True), ("1.2", False)):
        shown = posts.Post(
            platform=SLACK,
            tenant="T1",
            channel="C1",
            message=message,
            key=f"report:{id}:{message}",
            posted_at=house.clock.now(),
            entity=f"report:{id}",
            sensitive=is_sensitive,
        )
        await house.database.write(partial(posts.record, posted=shown))

    await wait(house, id, 91)

    amended = [one for one in await house.sent() if one.envelope.amends]
    [(key, place, text)] = [(one.envelope.key, one.place, one.message.text) for one in amended]
    assert (key, place) == (f"report:{id}:1.1", Place(SLACK, "T1", "C1"))
    assert "erased 90 days after" in text
