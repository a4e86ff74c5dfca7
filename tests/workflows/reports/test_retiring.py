"""What was kept of a report goes when its time is over."""

from datetime import timedelta

import pytest

from bot.context import Context
from bot.inbound import QuotedMessage
from tests.workflows.reports.house import House
from workflows.reports import calls, evidence_tables, keeping, moving, retiring, tables
from workflows.reports.rules import Move, Outcome, State

MESSAGE = QuotedMessage(id="1.0", text="Look at http://evil.example/", author="USAM")


@pytest.mark.parametrize(
    ("move", "outcome", "days"),
    [
        (Move.WITHDRAW, None, 30),
        (Move.CLOSE, Outcome.HARMLESS_EXPECTED, 90),
        (Move.CLOSE, Outcome.STOPPED, 730),
    ],
)
async def test_evidence_is_erased_when_its_time_is_over(
    house: House, move: Move, outcome: Outcome | None, days: int
) -> None:
    id = await house.keeps(MESSAGE)

    def end(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        report.outcome = outcome
        moving.move(ctx, report, move)

    await house.within(end)

    assert [await left(house, id, days - 1), await left(house, id, days + 1)] == [True, False]


async def test_what_is_kept_for_another_reason_is_not_erased(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await house.keeps(MESSAGE)

    def end(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        moving.move(ctx, report, Move.WITHDRAW)

    await house.within(end)
    monkeypatch.setattr(calls, "_holds", [lambda _ctx, report: report == id])

    assert await left(house, id, 800)


async def left(house: House, id: int, days: int) -> bool:
    """Say whether anything is kept of a report so many days after it was over."""

    def look(ctx: Context) -> bool:
        report = tables.report(ctx.session, id)
        assert report is not None
        assert report.closed_at is not None
        ctx.now = report.closed_at + timedelta(days=days)
        retiring.retire.handler(ctx)
        ctx.session.flush()
        kept = evidence_tables.evidence_of(ctx.session, id)
        known = evidence_tables.indicators_of(ctx.session, id)
        text = keeping.text(ctx.sealer, report)
        assert bool(kept) == bool(known)
        assert report.state is not State.WITHDRAWN or bool(text) == bool(kept)
        return bool(kept)

    return await house.within(look)
