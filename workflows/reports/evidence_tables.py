"""What is kept of reported messages: the tables of evidence, and every query on them."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from storage.columns import closed
from storage.secrets import sealed
from workflows.reports.evidence import Handling, Kind, Standing
from workflows.reports.indicators import Trace
from workflows.reports.retention import HARMLESS_KEPT, REAL, REAL_KEPT, WITHDRAWN_KEPT
from workflows.reports.rules import OVER, State
from workflows.reports.tables import Report, Said

_PERSON = "person.id"
_REPORT = "reports_report.id"
_EVIDENCE = "reports_evidence.id"
#: Something that everybody has, such as a well-known host, stands in many reports.
MOST = 500
_COUNTS_ON = {"sqlite_autoincrement": True}


class Evidence(SQLModel, table=True):
    """A message, what was said before it, or a file, as it was when it was reported."""

    __tablename__ = "reports_evidence"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key=_REPORT, ondelete="CASCADE", index=True)
    kind: Kind = Field(sa_type=closed(Kind))
    standing: Standing = Field(sa_type=closed(Standing))
    #: The message itself, or what is known of a file: sealed JSON.
    facts: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    #: A keyed digest of the platform's own name for the message.
    source: str | None = Field(default=None, index=True)
    #: Of a file's content, else of the facts.
    sha256: str | None = Field(default=None, index=True)
    size: int = 0  #: bytes
    is_image: bool = False
    captured_at: datetime
    #: Why it is not there, in the platform's word.
    why: str = ""


class Piece(SQLModel, table=True):
    """A part of a file's content, sealed as base64."""

    __tablename__ = "reports_piece"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key=_EVIDENCE, ondelete="CASCADE", index=True)
    content: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})


class Custody(SQLModel, table=True):
    """That something was done with a piece of evidence; never changed after that."""

    __tablename__ = "reports_custody"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key=_EVIDENCE, ondelete="CASCADE", index=True)
    handling: Handling = Field(sa_type=closed(Handling))
    #: Who did it; None when Parley did by itself.
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


class Indicator(SQLModel, table=True):
    """Something by which the same attack is recognised in two reports."""

    __tablename__ = "reports_indicator"
    __table_args__ = (UniqueConstraint("report_id", "trace", "digest"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key=_REPORT, ondelete="CASCADE")
    trace: Trace = Field(sa_type=closed(Trace))
    value: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    #: Keyed: equal values are found by it, and nothing else is.
    digest: str = Field(index=True)


class Harmless(SQLModel, table=True):
    """A domain of the company's own, or the hash of a file that says nothing."""

    __tablename__ = "reports_harmless"

    value: str = Field(primary_key=True)


# Evidence ---------------------------------------------------------------------------------


def evidence_of(session: Session, report_id: int) -> list[Evidence]:
    """Return what is kept of a report, the first captured first."""
    found = select(Evidence).where(Evidence.report_id == report_id)
    return list(session.exec(found.order_by(col(Evidence.id))))


def lock_evidence(session: Session, id: int) -> Evidence | None:
    """Return a piece of evidence that nobody else changes before this transaction ends."""
    return session.get(Evidence, id, populate_existing=True, with_for_update=True)


def pieces(session: Session, evidence_id: int) -> list[Piece]:
    """Return the parts of a file, the first first."""
    found = select(Piece).where(Piece.evidence_id == evidence_id)
    return list(session.exec(found.order_by(col(Piece.id))))


def custody_of(session: Session, evidence_id: int) -> list[Custody]:
    """Return what was done with a piece of evidence, the first first."""
    found = select(Custody).where(Custody.evidence_id == evidence_id)
    return list(session.exec(found.order_by(col(Custody.id))))


def with_old_words(session: Session, now: datetime) -> list[int]:
    """Return the numbers of the reports that hold what people wrote for longer than it is kept."""
    ended, is_real = col(Report.closed_at), col(Report.outcome).in_(list(REAL))
    is_past = sa.or_(
        (col(Report.state) == State.WITHDRAWN) & (ended < now - WITHDRAWN_KEPT),
        ~is_real & (ended < now - HARMLESS_KEPT),
        ended < now - REAL_KEPT,
    )
    is_left = sa.or_(
        col(Report.text).is_not(None),
        col(Report.id).in_(select(Evidence.report_id)),
        col(Report.id).in_(select(Said.report_id).where(col(Said.text).is_not(None))),
    )
    found = select(Report.id).where(col(Report.state).in_(list(OVER)), is_past, is_left)
    return [id for id in session.exec(found.order_by(col(Report.id))) if id is not None]


# What reports have in common --------------------------------------------------------------


def indicators_of(session: Session, report_id: int) -> list[Indicator]:
    """Return what a report is recognised by, in the order in which it was found."""
    found = select(Indicator).where(Indicator.report_id == report_id)
    return list(session.exec(found.order_by(col(Indicator.id))))


def with_source(session: Session, sources: Iterable[str], since: datetime) -> list[Report]:
    """Return the reports of the same messages since then, the newest first."""
    own = col(Evidence.source).in_(list(sources))
    return _reports_with(session, own, since)


def with_file(session: Session, hashes: Iterable[str], since: datetime) -> list[Report]:
    """Return the reports with the same files since then, the newest first."""
    own = (col(Evidence.kind) == Kind.FILE) & col(Evidence.sha256).in_(list(hashes))
    return _reports_with(session, own, since)


def with_indicator(
    session: Session, digests: Iterable[str], since: datetime
) -> list[tuple[Report, Indicator]]:
    """Return the reports since then that share an indicator, each with what it shares."""
    found = (
        select(Report, Indicator)
        .join(Indicator, col(Indicator.report_id) == col(Report.id))
        .where(col(Indicator.digest).in_(list(digests)), col(Report.received_at) >= since)
    )
    newest = found.order_by(col(Report.id).desc(), col(Indicator.id)).limit(MOST)
    return list(session.exec(newest))


def harmless(session: Session) -> list[str]:
    """Return the company's own domains, and the hashes of files that say nothing."""
    return list(session.exec(select(Harmless.value).order_by(col(Harmless.value))))


def _reports_with(session: Session, own: sa.ColumnElement[bool], since: datetime) -> list[Report]:
    ids = select(Evidence.report_id).where(own)
    found = select(Report).where(col(Report.id).in_(ids), col(Report.received_at) >= since)
    return list(session.exec(found.order_by(col(Report.id).desc()).limit(MOST)))
