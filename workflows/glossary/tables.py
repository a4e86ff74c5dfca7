"""The glossary's tables and every query on them."""

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import storage.people  # noqa: F401 - declares the table that our foreign keys point to
from storage.columns import closed
from storage.prepared import Prepared
from workflows.glossary.index import Entry, Meaning
from workflows.glossary.rules import Act, Hit, Status
from workflows.glossary.transfer import Row, SenseKey
from workflows.glossary.wording import Wording

#: The kinds of answer after which a reader had no meaning.
UNANSWERED = (Hit.NEAR, Hit.NONE)
LOOKUPS_SHOWN = timedelta(days=30)
_PERSON = "person.id"


class Standing(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"


class Edition(SQLModel, table=True):
    """One row: how often the glossary has changed; *epoch* tells two databases apart."""

    __tablename__ = "glossary_version"

    id: int = Field(default=1, primary_key=True)
    epoch: str
    number: int


class Term(SQLModel, table=True):
    """A word or a phrase; *changed* is the edition that changed it last."""

    __tablename__ = "glossary_term"

    id: int | None = Field(default=None, primary_key=True)
    label: str
    key_norm: str = Field(unique=True)
    changed: int = Field(default=0, index=True)


class Alias(SQLModel, table=True):
    """Another name under which a term is found."""

    __tablename__ = "glossary_alias"

    key_norm: str = Field(primary_key=True)
    label: str
    term_id: int = Field(foreign_key="glossary_term.id", index=True)


class Sense(SQLModel, table=True):
    """What a term means to one department; *keeper_id* is asked when a review is due."""

    __tablename__ = "glossary_sense"
    # A button that names a withdrawn sense must never mean another one.
    __table_args__ = (
        UniqueConstraint("term_id", "department"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    term_id: int = Field(foreign_key="glossary_term.id")
    department: str
    wording: dict[str, Any] = Field(sa_type=sa.JSON)
    owner_group: str
    approver_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    keeper_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    status: Status = Field(sa_type=closed(Status))
    replaced_by: str = ""
    version: int = 1
    approved_at: datetime
    review_due: datetime | None = Field(default=None, index=True)
    reminded_at: datetime | None = None

    def words(self) -> Wording:
        """Return the wording as a value."""
        return Wording.from_json(self.wording)


class SenseVersion(SQLModel, table=True):
    """What a sense said in one of its versions."""

    __tablename__ = "glossary_sense_version"

    sense_id: int = Field(foreign_key="glossary_sense.id", primary_key=True, ondelete="CASCADE")
    version: int = Field(primary_key=True)
    wording: dict[str, Any] = Field(sa_type=sa.JSON)
    status: Status = Field(sa_type=closed(Status))
    approver_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


class Proposal(SQLModel, table=True):
    """A change that somebody suggests; *seats* are the departments that must agree.

    *asked* are the people who got a card, so that all cards can be edited.
    """

    __tablename__ = "glossary_proposal"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    act: Act = Field(sa_type=closed(Act))
    label: str
    department: str
    sense_id: int | None = Field(default=None, index=True)
    content: dict[str, Any] = Field(sa_type=sa.JSON)
    seats: list[str] = Field(sa_type=sa.JSON)
    asked: list[int] = Field(default_factory=list, sa_type=sa.JSON)
    proposer_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE")
    standing: Standing = Field(default=Standing.OPEN, sa_type=closed(Standing), index=True)
    decided_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    decided_at: datetime | None = None
    note: str = ""
    created_at: datetime
    flagged_at: datetime | None = None


class Approval(SQLModel, table=True):
    """One department's yes to a proposal."""

    __tablename__ = "glossary_approval"

    proposal_id: int = Field(
        foreign_key="glossary_proposal.id", primary_key=True, ondelete="CASCADE"
    )
    seat: str = Field(primary_key=True)
    person_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE")
    at: datetime


class LookupCount(SQLModel, table=True):
    """How often a key was looked up on a day from a department; never by whom."""

    __tablename__ = "glossary_lookup"

    key_norm: str = Field(primary_key=True)
    hit: Hit = Field(sa_type=closed(Hit), primary_key=True)
    department: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    count: int


class Tally(NamedTuple):
    """What is counted of a lookup."""

    key: str
    hit: Hit
    department: str
    day: date


def _table(model: type[SQLModel]) -> sa.Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


_edition, _term, _alias = _table(Edition), _table(Term), _table(Alias)
_sense, _lookup = _table(Sense), _table(LookupCount)


# The edition ------------------------------------------------------------------------------

_EDITION = Prepared(sa.select(_edition.c.epoch, _edition.c.number))


def edition(session: Session) -> tuple[str, int]:
    """Return the epoch and the number of the glossary's present edition."""
    rows = _EDITION.rows(session)
    return (rows[0][0], rows[0][1]) if rows else ("", 0)


def next_edition(session: Session) -> int:
    """Begin a new edition and return its number; others who write wait until it is saved."""
    first = postgresql.insert(_edition).values(id=1, epoch=secrets.token_hex(8), number=0)
    session.execute(first.on_conflict_do_nothing())
    session.execute(sa.update(_edition).values(number=_edition.c.number + 1))
    return edition(session)[1]


def entries_since(session: Session, number: int) -> Iterator[Entry]:
    """Yield every term that changed after edition *number*, as readers see it."""
    changed = _term.c.changed > number
    terms = session.execute(sa.select(_term.c.id, _term.c.label).where(changed)).all()
    aliases = _aliases(session, changed)
    meanings = _meanings(session, changed)
    for id, label in terms:
        yield Entry(id, label, tuple(aliases.get(id, ())), tuple(meanings.get(id, ())))


def _aliases(session: Session, *wanted: sa.ColumnElement[bool]) -> Mapping[int, list[str]]:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    found = sa.select(_alias.c.term_id, _alias.c.label).select_from(_alias.join(_term))
    for term_id, label in session.execute(found.where(*wanted).order_by(_alias.c.key_norm)):
        aliases[term_id].append(label)
    return aliases


def _meanings(session: Session, *wanted: sa.ColumnElement[bool]) -> Mapping[int, list[Meaning]]:
    meanings: defaultdict[int, list[Meaning]] = defaultdict(list)
    columns = ("id", "department", "status", "version", "approved_at", "review_due", "replaced_by")
    found = sa.select(
        _sense.c.term_id, _sense.c.wording, *(_sense.c[name] for name in columns)
    ).select_from(_sense.join(_term))
    for row in session.execute(found.where(*wanted).order_by(_sense.c.id)).mappings():
        told = {name: row[name] for name in columns}
        meanings[row["term_id"]].append(Meaning(**told, wording=Wording.from_json(row["wording"])))
    return meanings


# Terms and senses ---------------------------------------------------------------------------


def term_named(session: Session, key: str) -> Term | None:
    """Return the term whose label or alias has *key*."""
    alias = session.get(Alias, key)
    if alias:
        return session.get(Term, alias.term_id)
    return session.exec(select(Term).where(Term.key_norm == key)).first()


def sense_of(session: Session, term: Term, department: str) -> Sense | None:
    """Return what *term* means to *department*."""
    wanted = select(Sense).where(Sense.term_id == term.id, Sense.department == department)
    return session.exec(wanted).first()


def senses_of(session: Session, term_id: int) -> list[Sense]:
    """Return what a term means to every department."""
    return list(session.exec(select(Sense).where(Sense.term_id == term_id)))


def aliases_of(session: Session, term_id: int) -> list[Alias]:
    """Return a term's further names."""
    return list(session.exec(select(Alias).where(Alias.term_id == term_id)))


def sense_with_term(session: Session, id: int) -> tuple[Sense, Term] | None:
    """Return a sense and its term."""
    sense = session.get(Sense, id)
    term = session.get(Term, sense.term_id) if sense else None
    return (sense, term) if sense and term else None


def history(session: Session, sense_id: int) -> list[SenseVersion]:
    """Return a sense's versions, the newest first."""
    versions = select(SenseVersion).where(SenseVersion.sense_id == sense_id)
    return list(session.exec(versions.order_by(col(SenseVersion.version).desc())))


def due_for_review(session: Session, now: datetime, *, only_new: bool = False) -> list[Sense]:
    """Return the senses whose review is due; *only_new* leaves out those already announced."""
    due = select(Sense).where(
        col(Sense.review_due) <= now,
        col(Sense.status).in_([Status.APPROVED, Status.STALE]),
    )
    if only_new:
        due = due.where(col(Sense.reminded_at).is_(None))
    return list(session.exec(due.order_by(col(Sense.review_due), col(Sense.id))))


def rows(session: Session, *, department: str | None = None) -> Iterator[Row]:
    """Yield every sense as a file's row, by key and department."""
    aliases = _aliases(session)
    wanted = select(Sense, Term).join(Term)
    if department:
        wanted = wanted.where(Sense.department == department)
    # Sorted here, since the two databases would each sort in a way of their own.
    found = sorted(session.exec(wanted).all(), key=lambda row: (row[1].key_norm, row[0].department))
    for sense, term in found:
        yield Row(
            term=term.label,
            department=sense.department,
            wording=sense.words(),
            aliases=tuple(aliases.get(sense.term_id, ())),
            owner=sense.owner_group,
            status=sense.status,
            review_due=sense.review_due.date() if sense.review_due else None,
        )


def rows_by_key(session: Session) -> dict[SenseKey, Row]:
    """Return every sense as a file's row, by what makes it the same sense."""
    return {row.key: row for row in rows(session)}


def term_ids(session: Session) -> dict[str, int]:
    """Return the terms' ids by their keys."""
    found = session.execute(sa.select(_term.c.key_norm, _term.c.id))
    return {key: int(id) for key, id in found}


def sense_ids(session: Session) -> dict[tuple[int, str], int]:
    """Return the senses' ids by term and department."""
    found = session.execute(sa.select(_sense.c.term_id, _sense.c.department, _sense.c.id))
    return {(term_id, department): id for term_id, department, id in found}


def names(session: Session) -> dict[str, str]:
    """Return every key in use, labels and aliases, with the key of its term."""
    aliases = sa.select(_alias.c.key_norm, _term.c.key_norm).select_from(_alias.join(_term))
    labels = {key: key for key in term_ids(session)}
    return {**labels, **{alias: str(key) for alias, key in session.execute(aliases)}}


# Proposals ------------------------------------------------------------------------------------


def lock_proposal(session: Session, id: int) -> Proposal | None:
    """Return a proposal that nobody else can decide before this transaction ends."""
    return session.get(Proposal, id, with_for_update=True)


def open_proposals(session: Session) -> list[Proposal]:
    """Return the proposals nobody has decided, the oldest first."""
    waiting = select(Proposal).where(Proposal.standing == Standing.OPEN)
    return list(session.exec(waiting.order_by(col(Proposal.created_at), col(Proposal.id))))


def approvals(session: Session, proposal_id: int) -> dict[str, int]:
    """Return the seats that agreed by name, with who filled them."""
    given = select(Approval).where(Approval.proposal_id == proposal_id)
    # The two databases would each give them in an order of their own.
    in_order = given.order_by(col(Approval.seat))
    return {approval.seat: approval.person_id for approval in session.exec(in_order)}


def approvals_by(session: Session, proposal_id: int, person_id: int) -> list[Approval]:
    """Return what one person agreed to on a proposal."""
    given = select(Approval).where(
        Approval.proposal_id == proposal_id, Approval.person_id == person_id
    )
    return list(session.exec(given))


# Lookups --------------------------------------------------------------------------------------


def add_lookups(session: Session, counts: Mapping[Tally, int]) -> None:
    """Add *counts* to what was counted before."""
    if not counts:
        return
    added = postgresql.insert(_lookup)
    together = added.on_conflict_do_update(
        index_elements=list(_lookup.primary_key.columns),
        set_={"count": _lookup.c["count"] + added.excluded["count"]},
    )
    values = [
        {"key_norm": t.key, "hit": t.hit, "department": t.department, "day": t.day, "count": count}
        for t, count in sorted(counts.items())
    ]
    session.execute(together, values)


def most_missed(session: Session, today: date, limit: int) -> list[tuple[str, int]]:
    """Return what was looked up in vain in the last 30 days, the most often asked first."""
    total = sa.func.sum(_lookup.c["count"])
    missed = (
        sa.select(_lookup.c.key_norm, total)
        .where(_lookup.c.hit.in_(UNANSWERED), _lookup.c.day > today - LOOKUPS_SHOWN)
        .group_by(_lookup.c.key_norm)
        .order_by(total.desc(), _lookup.c.key_norm)
        .limit(limit)
    )
    return [(key, int(count)) for key, count in session.execute(missed)]


def forget_lookups(session: Session, before: date) -> None:
    """Delete the counts of days before *before*."""
    session.execute(sa.delete(_lookup).where(_lookup.c.day < before))
