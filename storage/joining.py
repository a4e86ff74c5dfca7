"""Two people who turn out to be one: everything that refers to one refers to the other after."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from storage import people
from storage.people import NoSuchPerson, joined, person, role_grant

_BOTH_ACTED = "Both have done the same thing once. Nothing was changed."


class TwoPeople(Exception):
    """They cannot be one: each has an account on the same platform."""


class BothActed(TwoPeople):
    """They cannot be one: each has done, on their own, what a person does once."""


#: Says whether two people have each done, on their own, what one person does once.
Objection = Callable[[Session, int, int], bool]
_objections: list[Objection] = []


def objects(objection: Objection) -> Objection:
    """Have *objection* asked before two people become one: what it sees, no unique key tells."""
    _objections.append(objection)
    return objection


def join(session: Session, kept: int, gone: int) -> None:
    """Let all that *gone* has be *kept*'s; the number *gone* leads to *kept* from now on.

    A role that both hold stays once, with the better rank and the later end. What both are part
    of, such as a panel, they are part of once; who leads it in one of the two, leads it.

    Raises:
        NoSuchPerson: one of them is not there any more.
        TwoPeople: both have an account on one platform; nothing was changed.
        BothActed: both have, say, a scorecard for one interview; nothing was changed.
    """
    session.flush()
    _lock(session, kept, gone)
    _refuse_two_accounts(session, kept, gone)
    _refuse_two_acts(session, kept, gone)
    _join_grants(session, kept, gone)
    _join_parts(session, kept, gone)
    for column in references():
        moved = sa.update(column.table).where(column == gone).values({column.name: kept})
        session.connection().execute(moved)
    _fill(session, kept, gone)
    session.connection().execute(sa.insert(joined).values(gone=gone, person_id=kept))
    # What the session has read may still name the number that is gone.
    session.expire_all()


def references() -> list[sa.Column[int]]:
    """Return every column, of all tables that are imported, that holds a person's number."""
    return [
        key.parent
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is person.c.id
    ]


def _lock(session: Session, *ids: int) -> None:
    # In one order, so that two who join the same people at once do not wait for each other.
    wanted = sa.select(person.c.id).where(person.c.id.in_(ids)).order_by(person.c.id)
    present = session.connection().scalars(wanted.with_for_update()).all()
    if len(present) < len(ids):
        raise NoSuchPerson("One of the two is not known any more. Nothing was changed.")


def _refuse_two_accounts(session: Session, kept: int, gone: int) -> None:
    here, there = (
        {account.platform for account in people.accounts_of(session, id)} for id in (kept, gone)
    )
    if here & there:
        raise TwoPeople("Both have an account on the same platform. Nothing was changed.")


def _refuse_two_acts(session: Session, kept: int, gone: int) -> None:
    for column in references():
        for key in column.table.constraints:
            if isinstance(key, sa.UniqueConstraint) and column in set(key.columns):
                clashing = _clashing(column, key.columns, kept, gone)
                if session.connection().execute(sa.select(clashing.exists())).scalar():
                    raise BothActed(_BOTH_ACTED)
    if any(objection(session, kept, gone) for objection in _objections):
        raise BothActed(_BOTH_ACTED)


def _join_parts(session: Session, kept: int, gone: int) -> None:
    """Leave *gone* no row whose key is that of a row of *kept*: it says the same of both."""
    for column in references():
        if column.primary_key:
            _keep_marks(session, column, kept, gone)
            clashing = _clashing(column, column.table.primary_key.columns, kept, gone)
            twice = sa.delete(column.table).where(column == gone, clashing.exists())
            session.connection().execute(twice)


def _keep_marks(session: Session, column: sa.Column[int], kept: int, gone: int) -> None:
    """Let what is true of *gone*, such as leading a panel, be true of *kept* beside them."""
    own = column.table
    theirs = own.alias("theirs")
    same = [theirs.c[one.name] == one for one in own.primary_key.columns if one is not column]
    for mark in own.columns:
        if isinstance(mark.type, sa.Boolean):
            is_marked = sa.exists().where(theirs.c[column.name] == gone, theirs.c[mark.name], *same)
            marked = sa.update(own).where(column == kept, is_marked).values({mark.name: True})
            session.connection().execute(marked)


def _clashing(
    column: sa.Column[int], key: Iterable[sa.Column[Any]], kept: int, gone: int
) -> sa.Select[Any]:
    """Select the rows of *kept* that have, but for the person, the key of a row of *gone*."""
    own, others = column.table, [one for one in key if one is not column]
    theirs = own.alias("theirs")
    same = [theirs.c[one.name] == one for one in others]
    wanted = (theirs.c[column.name] == kept, column == gone, *same)
    return sa.select(theirs.c[column.name]).where(*wanted)


def _join_grants(session: Session, kept: int, gone: int) -> None:
    """Leave *gone* no role that *kept* holds as well."""
    theirs = {(row.role, row.department): row for row in _grants(session, kept)}
    for held in _grants(session, gone):
        same = theirs.get((held.role, held.department))
        if same is None:
            continue
        people.revoke(session, gone, held.role, department=held.department)
        people.grant(
            session,
            kept,
            held.role,
            department=held.department,
            rank=min(held.rank, same.rank),
            ends_at=_later(held.ends_at, same.ends_at),
        )


def _grants(session: Session, id: int) -> list[sa.Row[tuple[str, str | None, int, datetime]]]:
    columns = role_grant.c
    wanted = sa.select(columns.role, columns.department, columns.rank, columns.ends_at)
    return list(session.connection().execute(wanted.where(columns.person_id == id)))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later end; a role without one never ends."""
    return None if one is None or other is None else max(one, other)


def _fill(session: Session, kept: int, gone: int) -> None:
    """Give *kept* what only *gone* had, and remove the row of *gone*."""
    columns = (person.c.email, person.c.department)
    had = session.connection().execute(sa.select(*columns).where(person.c.id == gone))
    values = had.mappings().one()
    session.connection().execute(sa.delete(person).where(person.c.id == gone))
    blank = {name: sa.func.coalesce(person.c[name], value) for name, value in values.items()}
    session.connection().execute(sa.update(person).where(person.c.id == kept).values(blank))
