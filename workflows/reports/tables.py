"""Reports' tables and every query on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import workflows.hiring.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.columns import closed, ranked
from storage.reading import Reading
from storage.secrets import sealed
from workflows.reports.rules import (
    Category,
    Interaction,
    Outcome,
    Privacy,
    Remark,
    Scope,
    Severity,
    Source,
    State,
)

_PERSON = "person.id"
_REPORT = "reports_report.id"
_COUNTS_ON = {"sqlite_autoincrement": True}


class Report(SQLModel, table=True):
    """What somebody noticed.

    Of an anonymous one nothing here says whose it is: no person, no account, no place, and its
    times are those of a coarse clock. A reporter whom Parley does not know has an *account*.
    """

    __tablename__ = "reports_report"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    source: Source = Field(sa_type=closed(Source))
    platform: str  #: "" of an anonymous one
    received_at: datetime
    event_at: datetime | None = None
    category: Category = Field(default=Category.UNSURE, sa_type=closed(Category))
    #: Sealed, at most 3,000 characters.
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    interaction: Interaction = Field(default=Interaction.NONE, sa_type=closed(Interaction))
    is_ongoing: bool | None = None
    scope: Scope = Field(default=Scope.UNKNOWN, sa_type=closed(Scope))
    privacy: Privacy = Field(default=Privacy.NAMED, sa_type=closed(Privacy))
    reporter_id: int | None = Field(
        default=None, foreign_key=_PERSON, ondelete="SET NULL", index=True
    )
    #: The account of a reporter whom Parley does not know, sealed.
    account: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    #: Keyed digests: of that account, and of the code that an anonymous reporter came away with.
    account_digest: str | None = Field(default=None, index=True)
    claim_digest: str | None = Field(default=None, unique=True)
    #: Who it was reported for, where a colleague does so: a department, perhaps no person.
    on_behalf_of: str = ""
    candidate_id: int | None = Field(
        default=None, foreign_key="hiring_candidate.id", ondelete="SET NULL"
    )
    severity: Severity = Field(sa_type=ranked(Severity))
    is_urgent: bool = False
    #: Read by named people alone, and in no room.
    is_restricted: bool = False
    #: The reporter had a part in it and says so: read by triage and the lead, counted nowhere.
    is_self_report: bool = False
    state: State = Field(default=State.RECEIVED, sa_type=closed(State), index=True)
    outcome: Outcome | None = Field(default=None, sa_type=closed(Outcome))
    #: The department that it was passed on to.
    routed_to: str = ""
    duplicate_of: int | None = Field(default=None, foreign_key=_REPORT, ondelete="SET NULL")
    holder_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    #: When whoever holds it did something with it last.
    touched_at: datetime | None = None
    receipt_at: datetime | None = None
    acknowledged_at: datetime | None = None  #: by a person, the first time
    decided_at: datetime | None = None
    #: When those above are told that it is still undecided; None once they were.
    decide_by: datetime | None = None
    closed_at: datetime | None = None
    told_at: datetime | None = None  #: the reporter was told how it ended
    is_helpful: bool | None = None  #: what the reporter said of the answer
    would_again: bool | None = None  #: whether they would report again
    #: Where it was posted: {"platform": …, "tenant": …, "channel": …, "thread": …}.
    place: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    #: A keyed digest of the post that it came by: a message is reported once.
    posted_as: str | None = Field(default=None, unique=True)
    #: The key of the timer that goes on with it.
    next_look: str = ""
    #: How many steps of the chain of calls have been made; it resumes at the next one.
    step: int = 0


class Party(SQLModel, table=True):
    """Somebody who may read a report by name, or is kept out of it.

    By name read those of a restricted one, and whoever was called about one. Kept out are those
    whom a report is about and those whom the lead names; that wins.
    """

    __tablename__ = "reports_party"

    report_id: int = Field(foreign_key=_REPORT, primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE", index=True)
    is_kept_out: bool = False
    is_subject: bool = False


class Said(SQLModel, table=True):
    """Something that was added to a report; never changed after that."""

    __tablename__ = "reports_said"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key=_REPORT, ondelete="CASCADE", index=True)
    kind: Remark = Field(sa_type=closed(Remark))
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    #: Who wrote it, of those who triage; never a reporter.
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


class Called(SQLModel, table=True):
    """That somebody was called about a report, at a step of the chain; *late* in seconds.

    Without a person it was triage's room.
    """

    __tablename__ = "reports_called"
    __table_args__ = (UniqueConstraint("report_id", "step", "person_id"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key=_REPORT, ondelete="CASCADE")
    step: int
    person_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime
    late: int = 0
    #: Nobody waits for them any more, and what they were sent says so.
    is_over: bool = False


class Quote(SQLModel, table=True):
    """A message that somebody is about to report, as it was when they chose it; for a day."""

    __tablename__ = "reports_quote"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    account_digest: str
    content: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    at: datetime


# Reports ----------------------------------------------------------------------------------


def report(session: Session, id: int) -> Report | None:
    """Return a report."""
    return session.get(Report, id)


def lock_report(session: Session, id: int) -> Report | None:
    """Return a report that nobody else changes before this transaction ends."""
    return session.get(Report, id, populate_existing=True, with_for_update=True)


def reports_in(session: Session, states: Iterable[State]) -> list[Report]:
    """Return the reports that stand so, the oldest first."""
    found = select(Report).where(col(Report.state).in_(list(states)))
    return list(session.exec(found.order_by(col(Report.id))))


def by_claim(session: Session, digest: str) -> Report | None:
    """Return the anonymous report whose code has this digest."""
    return session.exec(select(Report).where(Report.claim_digest == digest)).first()


def lock_by_post(session: Session, digest: str) -> Report | None:
    """Return the report that came by the post of this digest, locked."""
    found = select(Report).where(Report.posted_as == digest).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).first()


def count_by_account(session: Session, account_digest: str, since: datetime) -> int:
    """Return how often an account that nobody knows has reported something since then."""
    own = (col(Report.account_digest) == account_digest, col(Report.received_at) >= since)
    return session.exec(select(sa.func.count()).select_from(Report).where(*own)).one()


def reported_by(
    session: Session, *, person_id: int | None = None, account_digest: str | None = None
) -> list[Report]:
    """Return what one person, or one account that nobody knows, has reported, the newest first."""
    own: sa.ColumnElement[bool] = (
        col(Report.reporter_id) == person_id
        if person_id
        else col(Report.account_digest) == account_digest
    )
    return list(session.exec(select(Report).where(own).order_by(col(Report.id).desc())))


def count_alike(session: Session, report: Report) -> int:
    """Return how many other reports tell the same, as far as somebody has said so."""
    first = report.duplicate_of or report.id
    same = (col(Report.id) == first) | (col(Report.duplicate_of) == first)
    found = select(sa.func.count()).select_from(Report).where(same, Report.id != report.id)
    return session.exec(found).one()


# What belongs to one ----------------------------------------------------------------------


_PARTIES = Reading(
    sa.select(Party)
    .where(col(Party.report_id) == sa.bindparam("report"))
    .order_by(col(Party.person_id))
)


def parties(session: Session, report_id: int) -> list[Party]:
    """Return who may read a restricted report, and who is kept out of it; to look at only."""
    return [party for (party,) in _PARTIES.rows(session, report=report_id)]


def party(session: Session, report_id: int, person_id: int) -> Party | None:
    """Return how somebody stands to a report."""
    return session.get(Party, (report_id, person_id))


def parties_of(session: Session, person_id: int) -> dict[int, Party]:
    """Return how somebody stands to each report by name."""
    found = session.exec(select(Party).where(Party.person_id == person_id))
    return {one.report_id: one for one in found}


def kept_out(session: Session, report_id: int) -> set[int]:
    """Return who must learn nothing of a report."""
    return {one.person_id for one in parties(session, report_id) if one.is_kept_out}


def said(session: Session, report_id: int, *kinds: Remark) -> list[Said]:
    """Return what was added to a report, the oldest first; all of it, or of these kinds."""
    found = select(Said).where(Said.report_id == report_id)
    if kinds:
        found = found.where(col(Said.kind).in_(kinds))
    return list(session.exec(found.order_by(col(Said.id))))


def calls_of(session: Session, report_id: int) -> list[Called]:
    """Return who was called about a report, the first first."""
    found = select(Called).where(Called.report_id == report_id)
    return list(session.exec(found.order_by(col(Called.id))))


def open_calls(session: Session, report_id: int) -> list[Called]:
    """Return the calls about a report of which nobody was told yet that they are over."""
    found = select(Called).where(Called.report_id == report_id, ~col(Called.is_over))
    return list(session.exec(found.order_by(col(Called.id))))
