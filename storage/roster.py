"""The list of people as it is kept: everybody, whose an account is, corrections, who holds what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from storage import people
from storage.people import Account, Grant, Person, person, role_grant


@dataclass(frozen=True, slots=True)
class Holding:
    """A role that somebody holds now, and the moment at which it ends by itself."""

    person: int
    grant: Grant
    ends_at: datetime | None


def everybody(session: Session, *, now: datetime) -> list[Person]:
    """Return all people by name, those who left included."""
    ids = session.connection().scalars(sa.select(person.c.id).order_by(person.c.name, person.c.id))
    return [people.by_id(session, id, now=now) for id in ids.all()]


def names(session: Session) -> list[tuple[int, str, str | None]]:
    """Return everybody's number, name and address, those who left included."""
    found = session.connection().execute(sa.select(person.c.id, person.c.name, person.c.email))
    return [(row.id, row.name, row.email) for row in found]


def owner_of(session: Session, account: Account, *, now: datetime) -> Person | None:
    """Return whose account this is, active or not."""
    id = session.connection().scalar(
        sa.select(people.account.c.person_id).where(
            people.account.c.platform == account.platform,
            people.account.c.tenant == account.tenant,
            people.account.c.user == account.user,
        )
    )
    return None if id is None else people.by_id(session, id, now=now)


def correct(session: Session, someone: Person) -> None:
    """Store a person's name, address, department and time zone as they are in *someone*."""
    session.connection().execute(
        sa.update(person)
        .where(person.c.id == someone.id)
        .values(
            name=someone.name,
            email=someone.email.casefold() if someone.email else None,
            department=someone.department,
            timezone=someone.timezone,
        )
    )


def bring_back(session: Session, person_id: int) -> None:
    """Let a person who left be known again."""
    back = sa.update(person).where(person.c.id == person_id).values(active=True)
    session.connection().execute(back)


def revoke_all(session: Session, person_id: int) -> None:
    """Take back every role of a person."""
    session.connection().execute(sa.delete(role_grant).where(role_grant.c.person_id == person_id))


def held_by(session: Session, person_id: int, *, now: datetime) -> list[Holding]:
    """Return what a person holds now, the primary roles first."""
    return _holdings(session, _holding(now).where(role_grant.c.person_id == person_id))


def everything_held(session: Session, *, now: datetime) -> list[Holding]:
    """Return what active people hold now, the primary roles first."""
    return _holdings(session, _holding(now).where(person.c.active))


def lock_holders(session: Session, role: str, *, now: datetime) -> list[Holding]:
    """Return what active people hold of *role*; nobody else changes it before this is saved."""
    held = _holding(now).where(role_grant.c.role == role, person.c.active)
    return _holdings(session, held.with_for_update(of=role_grant))


def _holding(now: datetime) -> sa.Select[Any]:
    columns = role_grant.c
    valid = sa.or_(columns.ends_at.is_(None), columns.ends_at > now)
    return (
        sa.select(
            columns.person_id, columns.role, columns.department, columns.rank, columns.ends_at
        )
        .select_from(role_grant.join(person))
        .where(valid)
        .order_by(columns.rank, columns.id)
    )


def _holdings(session: Session, wanted: sa.Select[Any]) -> list[Holding]:
    rows = session.connection().execute(wanted)
    return [
        Holding(row.person_id, Grant(row.role, row.department, row.rank), row.ends_at)
        for row in rows
    ]
