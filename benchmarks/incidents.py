"""Somebody who reports, and many open incidents that one person may read."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from benchmarks.people import add_colleague
from bot.roles import Role
from storage import people
from workflows.incidents.rules import Reason, Tlp
from workflows.incidents.tables import Incident, Pass
from workflows.reports.rules import SECURITY, Category, Severity


def add_reporter(session: Session, now: datetime) -> None:
    """Add somebody on Slack who may report, and a colleague who triages."""
    add_colleague(session, "Reporter", now)
    triager = people.add_person(session, "Triager", department=SECURITY)
    people.grant(session, triager.id, Role.TRIAGE, department=SECURITY)


def add_incidents(session: Session, count: int, now: datetime) -> None:
    """Add *count* open incidents; the first person may read each."""
    reader = people.add_person(session, "Reader").id
    incident = {
        "category": Category.PHISH,
        "severity": Severity.S3,
        "tlp": Tlp.AMBER_STRICT,
        "lead_id": reader,
        "declared_at": now,
        "touched_at": now,
    }
    rows = [{**incident, "codename": f"name {number}"} for number in range(1, count + 1)]
    session.execute(sa.insert(Incident), rows)
    own = {"person_id": reader, "reason": Reason.LEADS, "at": now}
    passes = [{**own, "incident_id": number} for number in range(1, count + 1)]
    session.execute(sa.insert(Pass), passes)
