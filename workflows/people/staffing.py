"""Changes to what people may do, the same from chat and from the command line."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.errors import Conflict, Invalid, NotFound
from bot.payload import INTEGER_BITS
from bot.roles import Role
from storage import linking, people, roster
from storage.people import Account, Grant, NoSuchPerson, Person
from storage.roster import Holding
from workflows.people import rules, texts


def find(session: Session, who: str, *, now: datetime, near: Account | None = None) -> Person:
    """Return the person meant by a number, an address or an account, `@user` for one near *near*.

    Names mean nobody: two people may have the same.

    Raises:
        NotFound: nobody is known by it.
        Invalid: it is nothing by which people are known.
    """
    if who.isdecimal():
        return _numbered(session, who, now)
    if "@" in who.strip("@"):
        person = people.by_email(session, who, now=now)
    else:
        person = roster.owner_of(session, rules.account(who, near=near), now=now)
    if person is None:
        raise NotFound(texts.nobody(who))
    return person


def give(
    session: Session,
    someone: Person,
    grant: Grant,
    *,
    until: datetime | None = None,
    now: datetime,
) -> None:
    """Give a person a role, until a moment or for good; it replaces the same role there.

    Raises:
        Conflict: they have left, or nobody would be an admin for good any more.
    """
    if not someone.active:
        raise Conflict(texts.has_left(someone.name))
    given = Holding(someone.id, grant, until)
    if grant.role == Role.ADMIN:
        _keep_admins(session, someone, now, lambda held: [*_without(held, given), given])
    people.grant(
        session,
        someone.id,
        grant.role,
        department=grant.department,
        rank=grant.rank,
        ends_at=until,
    )


def take_back(session: Session, someone: Person, grant: Grant, *, now: datetime) -> None:
    """Take a role back, exactly as it was given; it ends with the person's next act.

    Raises:
        NotFound: they do not have it.
        Conflict: nobody would be an admin any more.
    """
    if grant.role == Role.ADMIN:
        taken = Holding(someone.id, grant, None)
        _keep_admins(session, someone, now, lambda held: _without(held, taken))
    if not people.revoke(session, someone.id, grant.role, department=grant.department):
        raise NotFound(texts.not_held(someone.name, grant, someone.grants))


def move(session: Session, someone: Person, department: str | None) -> None:
    """Let a person work in another department; roles stay as they are."""
    roster.correct(session, replace(someone, department=department))


def leave(session: Session, someone: Person, *, now: datetime) -> None:
    """Let a person go: no role, and a stranger from their next act on.

    What waits to be sent to them is not sent any more.

    Raises:
        Conflict: they have left already, or nobody would be an admin any more.
    """
    if not someone.active:
        raise Conflict(texts.left_already(someone.name))
    _keep_admins(
        session, someone, now, lambda held: [one for one in held if one.person != someone.id]
    )
    roster.revoke_all(session, someone.id)
    linking.forget_codes(session, someone.id)
    people.deactivate(session, someone.id)


def add_department(session: Session, key: str, name: str) -> str:
    """Add a department, and return its key.

    Raises:
        Invalid: the key cannot be typed, or the name is missing.
        Conflict: there is one with this key.
    """
    new = rules.department_key(key)
    if not name.strip():
        raise Invalid(texts.DEPARTMENT_NAME)
    known = people.departments(session)
    if new in known:
        raise Conflict(texts.department_taken(new, known[new]))
    people.add_department(session, new, name.strip())
    return new


def _numbered(session: Session, who: str, now: datetime) -> Person:
    number = int(who)
    try:
        return people.by_id(session, number if number.bit_length() < INTEGER_BITS else 0, now=now)
    except NoSuchPerson:
        raise NotFound(texts.nobody(who)) from None


def _keep_admins(
    session: Session,
    someone: Person,
    now: datetime,
    after: Callable[[list[Holding]], Iterable[Holding]],
) -> None:
    """Refuse what would leave nobody who may configure Parley.

    The admins are locked: two who take each other's role at once do not both succeed.
    """
    held = roster.lock_holders(session, Role.ADMIN, now=now)
    if rules.weakens(held, after(held)):
        raise Conflict(texts.last_admin(someone.name))


def _without(held: Iterable[Holding], changed: Holding) -> list[Holding]:
    """Return *held* without the role of that person in that department."""
    return [
        one
        for one in held
        if (one.person, one.grant.department) != (changed.person, changed.grant.department)
    ]
