"""The figures of reports: how fast they were looked at, decided and answered."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.business_time import BusinessCalendar
from bot.context import Context
from storage import people, posts
from workflows.incidents import roster_check, tables
from workflows.incidents.measures import Count, Figure, Metric, Share, Spans, share
from workflows.reports import access, closing, hours
from workflows.reports.paces import CLOSING_NOTE, PACES
from workflows.reports.rules import Outcome, Privacy, State
from workflows.reports.tables import Report

#: What was an attack.
_REAL = frozenset({Outcome.INCIDENT, Outcome.STOPPED})
#: What says nothing of whether it was one.
_NEITHER = frozenset({Outcome.DUPLICATE, Outcome.ROUTED, Outcome.INSUFFICIENT_INFO, Outcome.DRILL})


def figures(ctx: Context, reports: Sequence[Report]) -> Iterator[Figure]:
    """Yield every figure of these reports."""
    working = hours.calendar(ctx)
    elapsed = working.elapsed
    yield _spans(Metric.RECEIPT, reports, _received, _receipt)
    yield _spans(Metric.ACKNOWLEDGED, reports, _received, _acknowledged)
    yield _spans(Metric.ACKNOWLEDGED_WORKING, reports, _received, _acknowledged, elapsed)
    yield _spans(Metric.ACKNOWLEDGED_SINCE_EVENT, reports, _event, _acknowledged)
    yield from _waiting(ctx, working, reports)
    yield _spans(Metric.DECIDED, reports, _received, _decided)
    yield _spans(Metric.DELAY, reports, _event, _received)
    yield _signal(reports)
    yield _loop_closed(ctx, working, reports)
    yield share(Metric.AGAIN, [one.would_again for one in reports if one.would_again is not None])


Moment = Callable[[Report], datetime | None]


def _received(report: Report) -> datetime | None:
    return report.received_at


def _receipt(report: Report) -> datetime | None:
    return report.receipt_at


def _acknowledged(report: Report) -> datetime | None:
    return report.acknowledged_at


def _decided(report: Report) -> datetime | None:
    return report.decided_at


def _event(report: Report) -> datetime | None:
    return report.event_at


def _wall(start: datetime, end: datetime) -> timedelta:
    return end - start


def _spans(
    metric: Metric,
    reports: Sequence[Report],
    start: Moment,
    end: Moment,
    elapsed: Callable[[datetime, datetime], timedelta] = _wall,
) -> Spans:
    """Return how long it took from one moment to another, where both are known."""
    known = ((start(one), end(one)) for one in reports)
    return Spans(metric, tuple(elapsed(one, other) for one, other in known if one and other))


def _waiting(
    ctx: Context, working: BusinessCalendar, reports: Sequence[Report]
) -> Iterator[Figure]:
    """Yield what nobody has looked at: it is counted apart, and never dropped.

    A plain number of what is restricted would tell that there is such a report, and since when.
    """
    unseen = [one for one in reports if one.acknowledged_at is None]
    waiting = [one for one in unseen if one.decided_at is None]
    seen = [one for one in reports if one.acknowledged_at is not None]
    late = [one for one in waiting if _due(working, one) < ctx.now]
    in_time = [(_acknowledged(one) or ctx.now) <= _due(working, one) for one in seen]
    yield share(Metric.ACKNOWLEDGED_IN_TIME, [*in_time, *(False for _ in late)])
    known = [one for one in waiting if not one.is_restricted or access.may_read(ctx, one)]
    oldest = max((ctx.now - one.received_at for one in known), default=None)
    yield Count(Metric.OPEN, len(known), oldest)
    yield Count(Metric.LINKED_ALONE, sum(_joined(ctx, one) for one in unseen))


def _joined(ctx: Context, report: Report) -> bool:
    """Say whether a report became part of an incident without anybody's look at it."""
    return report.decided_at is not None and tables.link_of(ctx.session, report.id or 0) is not None


def _due(working: BusinessCalendar, report: Report) -> datetime:
    return hours.ends(working, report.received_at, PACES[report.severity].acknowledge)


def _signal(reports: Sequence[Report]) -> Share:
    closed = [one for one in reports if one.state is State.CLOSED and one.outcome]
    return share(
        Metric.SIGNAL, [one.outcome in _REAL for one in closed if one.outcome not in _NEITHER]
    )


def _loop_closed(ctx: Context, working: BusinessCalendar, reports: Sequence[Report]) -> Share:
    """Return how many reporters whom something reaches were told in time how it ended."""
    closed = [one for one in reports if one.state is State.CLOSED and _is_reached(ctx, one)]
    return share(Metric.LOOP_CLOSED, [_was_told(ctx, working, one) for one in closed])


def _is_reached(ctx: Context, report: Report) -> bool:
    if report.privacy is Privacy.ANONYMOUS:
        return False
    if report.reporter_id is None:
        return report.account_digest is not None
    reporter = people.by_id(ctx.session, report.reporter_id, now=ctx.now)
    return reporter.active and roster_check.is_reached(ctx, [reporter])


def _was_told(ctx: Context, working: BusinessCalendar, report: Report) -> bool:
    """Say whether the closing note stood in time where the reporter reads it."""
    if report.closed_at is None:
        return False
    end = hours.ends(working, report.closed_at, CLOSING_NOTE)
    key = closing.note_key(report)
    return any(one.posted_at <= end for one in posts.all_for(ctx.session, key))
