"""What figures are made of: queries on reports and incidents, read and never changed."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workflows.incidents.cadence_tables import Cadence
from workflows.incidents.review_tables import Action, Review
from workflows.incidents.rules import State
from workflows.incidents.tables import Engagement, Exclusion, Incident, Link
from workflows.reports.rules import Outcome
from workflows.reports.rules import State as ReportState
from workflows.reports.tables import Party, Report


def reports_since(session: Session, since: datetime, *, without: int) -> list[Report]:
    """Return what counts: not withdrawn, no exercise, and nothing that *without* is kept out of."""
    out = select(Party.report_id).where(Party.person_id == without, col(Party.is_kept_out))
    is_real = sa.or_(col(Report.outcome).is_(None), col(Report.outcome) != Outcome.DRILL)
    found = (
        select(Report)
        .where(col(Report.received_at) >= since, col(Report.state) != ReportState.WITHDRAWN)
        .where(is_real, col(Report.id).not_in(out))
    )
    return list(session.exec(found.order_by(col(Report.id))))


def incidents_since(
    session: Session, since: datetime, *, without: int
) -> list[tuple[Incident, datetime]]:
    """Return the incidents that count, each with when the first of its reports was received.

    Without reports that is when it was declared. Merged ones count as what they are part of, and
    what was stood down was none.
    """
    first = (
        select(sa.func.min(Report.received_at))
        .join(Link, col(Link.report_id) == col(Report.id))
        .where(Link.incident_id == Incident.id, col(Report.state) != ReportState.WITHDRAWN)
        .scalar_subquery()
    )
    began = sa.func.coalesce(first, col(Incident.declared_at))
    out = select(Exclusion.incident_id).where(Exclusion.person_id == without)
    is_one = sa.or_(col(Incident.outcome).is_(None), col(Incident.outcome) == Outcome.INCIDENT)
    found = (
        select(Incident, began)
        .where(began >= since, col(Incident.state) != State.MERGED)
        .where(is_one, col(Incident.id).not_in(out))
    )
    return list(session.exec(found.order_by(col(Incident.id))))


def engagements(session: Session, incidents: Collection[int]) -> list[Engagement]:
    """Return the parts of departments in these incidents."""
    return list(session.exec(select(Engagement).where(col(Engagement.incident_id).in_(incidents))))


def cadences(session: Session, incidents: Collection[int]) -> list[Cadence]:
    """Return at what pace these incidents were told of."""
    return list(session.exec(select(Cadence).where(col(Cadence.incident_id).in_(incidents))))


def reviews(session: Session, incidents: Collection[int]) -> list[Review]:
    """Return the reviews of these incidents."""
    return list(session.exec(select(Review).where(col(Review.incident_id).in_(incidents))))


def actions(session: Session, incidents: Collection[int]) -> list[Action]:
    """Return what is, or was, to be done after these incidents."""
    return list(session.exec(select(Action).where(col(Action.incident_id).in_(incidents))))
