"""People: their accounts on the platforms, and what they may do at this moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.prepared import Prepared

#: What a platform says of the accounts of the company's own people, see accounts.py.
MEMBER = "member"

department = sa.Table(
    "department",
    SQLModel.metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
)
person = sa.Table(
    "person",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("email", sa.String, unique=True),
    sa.Column("department", sa.ForeignKey("department.key")),
    sa.Column("timezone", sa.String, nullable=False),
    sa.Column("locale", sa.String, nullable=False),
    sa.Column("working_days", sa.String, nullable=False),
    sa.Column("work_start", sa.String, nullable=False),
    sa.Column("work_end", sa.String, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    # A number that once meant somebody must never mean somebody else.
    sqlite_autoincrement=True,
)
account = sa.Table(
    "account",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    sa.Column("platform", sa.String, nullable=False),
    sa.Column("tenant", sa.String, nullable=False),
    sa.Column("user", sa.String, nullable=False),
    # What the platform last said of it, see accounts.py.
    sa.Column("standing", sa.String),
    sa.Column("standing_at", UTCDateTime),
    sa.Column("email", sa.String, index=True),
    sa.Column("lost", sa.String),
    sa.Column("lost_at", UTCDateTime),
    sa.UniqueConstraint("platform", "tenant", "user"),
    sa.UniqueConstraint("person_id", "platform"),
)
role_grant = sa.Table(
    "role_grant",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("role", sa.String, nullable=False, index=True),
    sa.Column("department", sa.ForeignKey("department.key")),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("ends_at", UTCDateTime),
)
#: Where the number of somebody leads who turned out to be somebody else, see joining.py.
joined = sa.Table(
    "joined_person",
    SQLModel.metadata,
    sa.Column("gone", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)


class NoSuchPerson(LookupError):
    """Nobody has this number."""


class AccountTaken(Exception):
    """The account is somebody else's, or the person has another one on that platform."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that a person holds, in one department or in all; rank 1 is the primary."""

    role: str
    department: str | None = None
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account on one platform."""

    platform: str
    tenant: str
    user: str


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When somebody works, on their own wall clock."""

    days: str = "mon,tue,wed,thu,fri"
    start: str = "09:00"
    end: str = "17:00"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, with the roles that are valid at the moment of asking."""

    id: int
    name: str
    email: str | None
    department: str | None
    timezone: str
    locale: str
    active: bool
    grants: tuple[Grant, ...]
    hours: WorkingHours = WorkingHours()

    def holds(self, role: str, department: str | None = None) -> bool:
        """Say whether the person holds *role*, in *department* if one is named.

        A grant without a department holds in each of them.
        """
        return bool(self.ranks(role, department))

    def ranks(self, role: str, department: str | None = None) -> list[int]:
        """Return the ranks of the grants by which the person holds *role*."""
        return [
            grant.rank
            for grant in self.grants
            if grant.role == role and (department is None or grant.department in (None, department))
        ]


def _with_grants(*wanted: sa.ColumnElement[bool], source: sa.FromClause = person) -> sa.Select[Any]:
    """Select people, one row for each grant that is valid at the bound time `now`."""
    valid = sa.or_(role_grant.c.ends_at.is_(None), role_grant.c.ends_at > sa.bindparam("now"))
    return (
        sa.select(
            person.c.id,
            person.c.name,
            person.c.email,
            person.c.department,
            person.c.timezone,
            person.c.locale,
            person.c.active,
            person.c.working_days,
            person.c.work_start,
            person.c.work_end,
            role_grant.c.role,
            role_grant.c.department,
            role_grant.c.rank,
        )
        .select_from(
            source.outerjoin(role_grant, sa.and_(role_grant.c.person_id == person.c.id, valid))
        )
        .where(*wanted)
        .order_by(person.c.id, role_grant.c.rank, role_grant.c.id)
    )


_BY_ACCOUNT = Prepared(
    _with_grants(
        account.c.platform == sa.bindparam("platform"),
        account.c.tenant == sa.bindparam("tenant"),
        account.c.user == sa.bindparam("user"),
        person.c.active,
        source=account.join(person),
    )
)
_BY_ID = Prepared(_with_grants(person.c.id == sa.bindparam("id")))
_BY_EMAIL = Prepared(_with_grants(person.c.email == sa.bindparam("email")))
_own = account.c.person_id == person.c.id
#: Whoever has accounts needs one that is a member's, or of which nobody has said otherwise.
_may_act = sa.or_(
    ~sa.exists().where(_own),
    sa.exists().where(_own, sa.or_(account.c.standing.is_(None), account.c.standing == MEMBER)),
)
_HOLDERS = Prepared(
    _with_grants(
        person.c.active,
        _may_act,
        person.c.id.in_(
            sa.select(role_grant.c.person_id).where(role_grant.c.role == sa.bindparam("role"))
        ),
    )
)
_WORKS_HERE = Prepared(
    sa.select(person.c.id).where(person.c.id == sa.bindparam("id"), person.c.active, _may_act)
)


def identify(
    session: Session, platform: str, tenant: str, user: str, *, now: datetime
) -> Person | None:
    """Return the active person behind an account; None is a stranger."""
    rows = _BY_ACCOUNT.rows(session, platform=platform, tenant=tenant, user=user, now=now)
    return next(_people(rows), None)


def by_id(session: Session, id: int, *, now: datetime) -> Person:
    """Return a person, active or not, also under a number that is theirs by joining.

    Raises:
        NoSuchPerson: nobody has this number.
    """
    found = next(_people(_BY_ID.rows(session, id=id, now=now)), None)
    if found is not None:
        return found
    leads_to = session.connection().scalar(sa.select(joined.c.person_id).where(joined.c.gone == id))
    if leads_to is None:
        raise NoSuchPerson(f"Nobody here has the number {id}.")
    return by_id(session, leads_to, now=now)


def by_email(session: Session, email: str, *, now: datetime) -> Person | None:
    """Return the person with this address, however it is capitalised."""
    return next(_people(_BY_EMAIL.rows(session, email=email.casefold(), now=now)), None)


def holders(
    session: Session, role: str, *, department: str | None = None, now: datetime
) -> list[Person]:
    """Return who can act in a role, the primary first, then by name; guests hold none."""
    ranked = [
        (min(ranks), someone.name, someone.id, someone)
        for someone in _people(_HOLDERS.rows(session, role=role, now=now))
        if (ranks := someone.ranks(role, department))
    ]
    return [someone for *_, someone in sorted(ranked, key=itemgetter(0, 1, 2))]


def accounts_of(session: Session, person_id: int) -> list[Account]:
    """Return a person's accounts: those that messages reach, then the first linked first."""
    leads_to = sa.select(joined.c.person_id).where(joined.c.gone == person_id).scalar_subquery()
    rows = session.connection().execute(
        sa.select(account.c.platform, account.c.tenant, account.c.user)
        .where(account.c.person_id == sa.func.coalesce(leads_to, person_id))
        .order_by(account.c.lost.is_not(None), account.c.id)
    )
    return [Account(*row) for row in rows]


def works_here(session: Session, person_id: int) -> bool:
    """Say whether somebody has not left and is no guest, as far as a platform has said."""
    return bool(_WORKS_HERE.rows(session, id=person_id))


def departments(session: Session) -> Mapping[str, str]:
    """Return the departments' names by their keys."""
    rows = session.connection().execute(sa.select(department.c.key, department.c.name))
    return {row.key: row.name for row in rows.all()}


def add_department(session: Session, key: str, name: str) -> None:
    """Add a department."""
    session.connection().execute(sa.insert(department).values(key=key, name=name))


def add_person(
    session: Session,
    name: str,
    *,
    email: str | None = None,
    department: str | None = None,
    timezone: str = "UTC",
    locale: str = "en",
    hours: WorkingHours = WorkingHours(),
) -> Person:
    """Add a person, without an account and without a role."""
    address = email.casefold() if email else None
    row = {
        "name": name,
        "email": address,
        "department": department,
        "timezone": timezone,
        "locale": locale,
        "active": True,
    }
    added = session.connection().execute(
        sa.insert(person)
        .values(**row, working_days=hours.days, work_start=hours.start, work_end=hours.end)
        .returning(person.c.id)
    )
    return Person(added.scalar_one(), name, address, department, timezone, locale, True, (), hours)


def link_account(
    session: Session, person_id: int, platform: str, tenant: str, user: str
) -> Account:
    """Give a person an account; doing so again changes nothing.

    Raises:
        AccountTaken: the account is somebody else's, or the person has another one there.
    """
    linked = Account(platform, tenant, user)
    if linked in accounts_of(session, person_id):
        return linked
    added = session.connection().execute(
        insert(account)
        .values(person_id=person_id, platform=platform, tenant=tenant, user=user)
        .on_conflict_do_nothing()
        .returning(account.c.id)
    )
    if added.first() is None:
        raise AccountTaken(
            f"This {platform} account belongs to somebody else, or the person already has one. "
            "Nothing was changed; unlink the other account first."
        )
    return linked


def unlink_account(session: Session, linked: Account) -> bool:
    """Take an account from whoever has it; False when nobody does."""
    taken = session.connection().execute(
        sa.delete(account).where(
            account.c.platform == linked.platform,
            account.c.tenant == linked.tenant,
            account.c.user == linked.user,
        )
    )
    return taken.rowcount > 0


def grant(
    session: Session,
    person_id: int,
    role: str,
    *,
    department: str | None = None,
    rank: int = 1,
    ends_at: datetime | None = None,
) -> None:
    """Give a person a role, in one department or in all; it replaces the same role there."""
    revoke(session, person_id, role, department=department)
    session.connection().execute(
        sa.insert(role_grant).values(
            person_id=person_id, role=role, department=department, rank=rank, ends_at=ends_at
        )
    )


def revoke(session: Session, person_id: int, role: str, *, department: str | None = None) -> bool:
    """Take a role back, exactly as it was granted; False when the person did not have it."""
    taken = session.connection().execute(
        sa.delete(role_grant).where(
            role_grant.c.person_id == person_id,
            role_grant.c.role == role,
            role_grant.c.department.is_not_distinct_from(department),
        )
    )
    return taken.rowcount > 0


def deactivate(session: Session, person_id: int) -> None:
    """Let a person leave: whatever they press from now on, they are a stranger."""
    session.connection().execute(
        sa.update(person).where(person.c.id == person_id).values(active=False)
    )


def _people(rows: Iterable[tuple[Any, ...]]) -> Iterator[Person]:
    """Gather each person's rows, which follow one another, one for each grant."""
    for _, group in groupby(rows, key=itemgetter(0)):
        own = list(group)
        id, name, email, department, timezone, locale, active, *hours = own[0][:10]
        grants = tuple(Grant(*row[10:]) for row in own if row[10] is not None)
        yield Person(
            id,
            name,
            email,
            department,
            timezone,
            locale,
            bool(active),
            grants,
            WorkingHours(*hours),
        )
