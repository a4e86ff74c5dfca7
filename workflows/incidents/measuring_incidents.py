"""The figures of incidents: how fast they were contained and resolved, and what was learned."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.business_time import BusinessCalendar
from bot.context import Context
from storage import jobs
from workflows.incidents import measuring_tables as tables
from workflows.incidents import roster_check
from workflows.incidents.measures import Count, Figure, Metric, Share, Spans, share
from workflows.incidents.review_tables import Action, Cause, Review
from workflows.incidents.rules import Part, State
from workflows.incidents.tables import Engagement, Incident
from workflows.reports import hours, roster
from workflows.reports.paces import PACES
from workflows.reports.rules import Category

#: An incident with the moment at which the first of its reports was received.
Began = tuple[Incident, datetime]
#: Of which kind and cause an incident is, and when it was declared.
Known = tuple[tuple[Category, Cause], datetime]
_RESOLVED = frozenset({State.RESOLVED, State.IN_REVIEW, State.CLOSED})
_CONTAINED = _RESOLVED | {State.CONTAINED}
#: What happens again within so long is a repeat.
SOON = timedelta(days=90)
_LATER = {Metric.ACTIONS_30: 30, Metric.ACTIONS_60: 60, Metric.ACTIONS_90: 90}


def figures(
    ctx: Context, incidents: Sequence[Began], *, earlier: Sequence[Began]
) -> Iterator[Figure]:
    """Yield every figure of these incidents, and whether those who act can be reached.

    *earlier* are these and those that they may repeat.
    """
    ids = [one.id or 0 for one, _ in incidents]
    reviews = {one.incident_id: one for one in tables.reviews(ctx.session, ids)}
    yield _contained(incidents)
    yield _resolved(incidents)
    yield Count(Metric.REOPENED, sum(one.reopened_count for one, _ in incidents))
    yield from _departments(ctx, {one.id or 0: one for one, _ in incidents})
    yield _updates(ctx, incidents)
    yield _reviews(ctx.now, list(reviews.values()))
    yield from _actions(ctx.now, reviews, tables.actions(ctx.session, ids))
    yield _repeats(ctx, incidents, earlier)
    yield Count(Metric.GAVE_UP, jobs.counts(ctx.session)[jobs.State.DEAD])
    yield Count(Metric.OUT_OF_REACH, _out_of_reach(ctx))


def _contained(incidents: Sequence[Began]) -> Spans:
    spans = (
        one.contained_at - began
        for one, began in incidents
        if one.state in _CONTAINED and one.contained_at is not None
    )
    return Spans(Metric.CONTAINED, tuple(spans))


def _resolved(incidents: Sequence[Began]) -> Spans:
    """Return how long each took to its last resolution; one that goes on again has none yet."""
    spans = (
        one.resolved_at - one.declared_at
        for one, _ in incidents
        if one.state in _RESOLVED and one.resolved_at is not None
    )
    return Spans(Metric.RESOLVED, tuple(spans))


def _departments(ctx: Context, incidents: Mapping[int, Incident]) -> Iterator[Share]:
    """Yield for each department how many of its acknowledgements that were due came in time."""
    found: dict[str, list[bool]] = defaultdict(list)
    working: dict[str, BusinessCalendar] = {}
    for own in tables.engagements(ctx.session, list(incidents)):
        wait = PACES[incidents[own.incident_id].severity].department
        if own.part is not Part.RESPONDS or wait is None:
            continue
        if own.department not in working:
            working[own.department] = hours.calendar(ctx, own.department)
        due = hours.ends(working[own.department], own.notified_at, wait)
        if own.acknowledged_at is not None or due < ctx.now:
            found[own.department].append(_is_by(own, due))
    for department, hits in sorted(found.items()):
        yield share(Metric.DEPARTMENT, hits, department)


def _is_by(own: Engagement, due: datetime) -> bool:
    return own.acknowledged_at is not None and own.acknowledged_at <= due


def _updates(ctx: Context, incidents: Sequence[Began]) -> Share:
    """Return how many updates came by when they were due; one that is overdue did not."""
    told = tables.cadences(ctx.session, [one.id or 0 for one, _ in incidents])
    due = [one.next_update_at for one, _ in incidents if one.next_update_at is not None]
    late = sum(at < ctx.now for at in due)
    return Share(
        Metric.UPDATES, sum(one.in_time for one in told), sum(one.updates for one in told) + late
    )


def _reviews(now: datetime, reviews: Sequence[Review]) -> Share:
    due = [one for one in reviews if one.published_at is not None or one.due_at < now]
    return share(
        Metric.REVIEWS,
        [one.published_at is not None and one.published_at <= one.due_at for one in due],
    )


def _actions(
    now: datetime, reviews: Mapping[int, Review], actions: Sequence[Action]
) -> Iterator[Share]:
    """Yield how many actions were done so many days after their review was published."""
    published = {id: one.published_at for id, one in reviews.items() if one.published_at}
    for metric, days in _LATER.items():
        span = timedelta(days=days)
        old = [one for one in actions if _is_older(published.get(one.incident_id), span, now)]
        ends = (published[one.incident_id] + span for one in old)
        done = [
            bool(one.done_at and one.done_at <= end) for one, end in zip(old, ends, strict=True)
        ]
        yield share(metric, done)


def _is_older(published: datetime | None, span: timedelta, now: datetime) -> bool:
    return published is not None and published + span <= now


def _repeats(ctx: Context, incidents: Sequence[Began], earlier: Sequence[Began]) -> Share:
    """Return how many of those with a known cause followed another of the same kind and cause."""
    reviews = tables.reviews(ctx.session, [one.id or 0 for one, _ in earlier])
    causes = {one.incident_id: one.cause for one in reviews if one.cause is not Cause.UNKNOWN}
    before = list(_known(earlier, causes))
    return share(Metric.REPEAT, [_is_repeat(one, before) for one in _known(incidents, causes)])


def _known(incidents: Sequence[Began], causes: Mapping[int, Cause]) -> Iterator[Known]:
    for one, _ in incidents:
        if one.id is not None and one.id in causes:
            yield (one.category, causes[one.id]), one.declared_at


def _is_repeat(one: Known, known: Sequence[Known]) -> bool:
    alike, at = one
    return any(alike == other and timedelta(0) < at - before <= SOON for other, before in known)


def _out_of_reach(ctx: Context) -> int:
    """Return how many who are asked in an incident no message reaches."""
    asked = {one.id: one for one in roster.triage(ctx)}
    for department in roster_check.needed():
        asked |= {one.id: one for one in roster.responders(ctx, department)}
    return sum(not roster_check.is_reached(ctx, [one]) for one in asked.values())
