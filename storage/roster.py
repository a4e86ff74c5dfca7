"""The list of people as an operator keeps it: everybody, whose an account is, corrections."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from storage import people
from storage.people import Account, Person


def everybody(session: Session, *, now: datetime) -> list[Person]:
    """Return all people by name, those who left included."""
    ids = session.connection().scalars(
        sa.select(people.person.c.id).order_by(people.person.c.name, people.person.c.id)
    )
    return [people.by_id(session, id, now=now) for id in ids.all()]


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


def correct(session: Session, person: Person) -> None:
    """Store a person's name, address, department and time zone as they are in *person*."""
    session.connection().execute(
        sa.update(people.person)
        .where(people.person.c.id == person.id)
        .values(
            name=person.name,
            email=person.email.casefold() if person.email else None,
            department=person.department,
            timezone=person.timezone,
        )
    )
