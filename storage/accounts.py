"""What platforms say of the accounts that people have: whose they are, and what reaches them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from storage.people import Account, account, person
from storage.prepared import Prepared

#: The platform's word for why nothing reaches an account; NULL while everything does.
_LOST = account.c.lost


@dataclass(frozen=True, slots=True)
class Noted:
    """What was last noted of somebody's account, and when."""

    name: str
    account: Account
    note: str
    at: datetime
    email: str = ""  #: by which its platform knows it


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an account is, and whether they still work here."""

    person: int
    is_active: bool


_OWNER = Prepared(
    sa.select(person.c.id, person.c.active)
    .select_from(account.join(person))
    .where(
        account.c.platform == sa.bindparam("platform"),
        account.c.tenant == sa.bindparam("tenant"),
        account.c.user == sa.bindparam("user"),
    )
)
_REACHED = Prepared(
    sa.update(account)
    .where(
        account.c.person_id == sa.bindparam("of"),
        account.c.platform == sa.bindparam("through"),
        _LOST.is_not(None),
    )
    .values(lost=None, lost_at=None)
)


def owner(session: Session, of: Account) -> Owner | None:
    """Return whose an account is, active or not."""
    found = _OWNER.rows(session, platform=of.platform, tenant=of.tenant, user=of.user)
    return Owner(found[0][0], bool(found[0][1])) if found else None


def note_standing(
    session: Session, of: Account, standing: str, *, now: datetime, email: str = ""
) -> None:
    """Keep how an account belongs to the company, and by which address the company knows it.

    Of an account that is nobody's here nothing is kept.
    """
    said = {"standing": standing, "standing_at": now, "email": email or None}
    session.connection().execute(_one(of).values(said))


def standings(session: Session) -> list[Noted]:
    """Return how each account belongs, as far as a platform has said."""
    return _noted(session, account.c.standing, account.c.standing_at)


def belonging_otherwise(session: Session, than: str) -> list[Noted]:
    """Return the accounts of active people that belong in another way *than* this one, by name."""
    wanted = (person.c.active, account.c.standing != than)
    return _noted(session, account.c.standing, account.c.standing_at, *wanted)


def lose(session: Session, lost: Account, code: str, *, now: datetime) -> None:
    """Note that nothing reaches an account, since now unless that was known before."""
    since = sa.func.coalesce(account.c.lost_at, now)
    session.connection().execute(_one(lost).values(lost=code, lost_at=since))


def reached(session: Session, person_id: int, platform: str) -> None:
    """Forget that nothing reached a person's account on this platform: something did."""
    _REACHED.changed(session, of=person_id, through=platform)


def heard_from(session: Session, heard: Mapping[Account, datetime]) -> None:
    """Forget that nothing reached the accounts that were *heard* from since then."""
    for noted in _noted(session, _LOST, account.c.lost_at):
        if noted.at < heard.get(noted.account, noted.at):
            session.connection().execute(_one(noted.account).values(lost=None, lost_at=None))


def out_of_reach(session: Session) -> list[Noted]:
    """Return the lost accounts of active people who have no other, by name."""
    other = account.alias("other")
    has_another = sa.exists().where(other.c.person_id == person.c.id, other.c.lost.is_(None))
    return _noted(session, _LOST, account.c.lost_at, person.c.active, ~has_another)


def is_out_of_reach(session: Session, person_id: int) -> bool:
    """Say whether somebody has no account that messages reach."""
    reached = sa.select(account.c.id).where(account.c.person_id == person_id, _LOST.is_(None))
    return session.connection().scalar(reached.limit(1)) is None


def _noted(
    session: Session,
    note: sa.Column[str],
    at: sa.Column[datetime],
    *wanted: sa.ColumnElement[bool],
) -> list[Noted]:
    columns = (account.c.platform, account.c.tenant, account.c.user)
    rows = session.connection().execute(
        sa.select(person.c.name, *columns, note, at, account.c.email)
        .select_from(account.join(person))
        .where(note.is_not(None), *wanted)
        .order_by(person.c.name, account.c.id)
    )
    return [
        Noted(name, Account(*whose), said, when, email or "")
        for name, *whose, said, when, email in rows
    ]


def _one(wanted: Account) -> sa.Update:
    return sa.update(account).where(
        account.c.platform == wanted.platform,
        account.c.tenant == wanted.tenant,
        account.c.user == wanted.user,
    )
