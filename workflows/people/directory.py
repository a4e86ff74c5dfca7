"""Colleagues as they stand in a file or a form, and how they become people."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from bot.errors import Conflict, Invalid
from storage import people, roster
from storage.people import Account, Grant, Person
from workflows.people import rules, texts

COLUMNS = ("name", "email", "department", "roles", "timezone", "accounts")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to be known, with accounts and roles; what is left empty stays as it is."""

    name: str
    email: str | None = None
    department: str | None = None
    timezone: str | None = None
    accounts: tuple[Account, ...] = ()
    grants: tuple[Grant, ...] = ()


class Fate(StrEnum):
    """What became, or would become, of a colleague."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


def read(text: str, departments: Iterable[str]) -> list[Colleague]:
    """Return the colleagues of a file.

    Raises:
        Invalid: lines cannot be taken; the text names each with its reason.
    """
    # Strict, so that a quote which is never closed is told instead of swallowing the rest.
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    known = frozenset(departments)
    found: list[Colleague] = []
    problems: list[str] = []
    try:
        _check_columns(reader.fieldnames or ())
        for cells in reader:
            try:
                found.append(_colleague(cells, known))
            except Invalid as problem:
                problems.append(texts.in_line(reader.line_num, str(problem)))
    except csv.Error:
        problems.append(texts.in_line(reader.line_num, texts.LINE_NOT_CSV))
    if problems:
        raise Invalid("\n".join([*problems, texts.MEND_LINES]))
    return found


def add(session: Session, colleague: Colleague, *, now: datetime) -> Person:
    """Make somebody known who is new, or who had left: they come back without a role.

    Raises:
        Conflict: somebody with that account or address is known already.
        Invalid: there is nothing by which to recognise the colleague.
    """
    if not (colleague.email or colleague.accounts):
        raise Invalid(texts.NOT_RECOGNISABLE)
    known = _known(session, colleague, now)
    if known is None:
        return _add(session, colleague)
    if known.active:
        raise Conflict(texts.known_already(known.name, known.id))
    roster.bring_back(session, known.id)
    _correct(session, known, colleague)
    return people.by_id(session, known.id, now=now)


def settle(session: Session, colleague: Colleague, *, now: datetime) -> Fate:
    """Make the colleague known as written; doing so again changes nothing.

    Somebody is recognised by an account or by the e-mail address, never by the name.
    Whoever has left stays away.

    Raises:
        Conflict: the accounts and the address belong to different people.
        AccountTaken: the person has another account on that platform.
    """
    known = _known(session, colleague, now)
    if known is None:
        _add(session, colleague)
        return Fate.ADDED
    return Fate.CHANGED if _correct(session, known, colleague) else Fate.SAME


def _add(session: Session, colleague: Colleague) -> Person:
    added = people.add_person(
        session,
        colleague.name,
        email=colleague.email,
        department=colleague.department,
        timezone=colleague.timezone or "UTC",
    )
    _link(session, added, colleague.accounts)
    _grant(session, added, colleague.grants)
    return added


def _correct(session: Session, someone: Person, colleague: Colleague) -> bool:
    """Store what differs; False when nothing does."""
    wanted = replace(
        someone,
        name=colleague.name,
        email=someone.email or (colleague.email and colleague.email.casefold()),
        department=colleague.department or someone.department,
        timezone=colleague.timezone or someone.timezone,
    )
    is_news = wanted != someone
    if is_news:
        roster.correct(session, wanted)
    is_news |= _link(session, someone, colleague.accounts)
    is_news |= someone.active and _grant(session, someone, colleague.grants)
    return is_news


def _known(session: Session, colleague: Colleague, now: datetime) -> Person | None:
    found = [roster.owner_of(session, one, now=now) for one in colleague.accounts]
    if colleague.email:
        found.append(people.by_email(session, colleague.email, now=now))
    owners = {person.id: person for person in found if person}
    if len(owners) > 1:
        names = sorted(person.name for person in owners.values())
        raise Conflict(texts.several_people(colleague.name, names))
    return next(iter(owners.values()), None)


def _link(session: Session, someone: Person, accounts: Iterable[Account]) -> bool:
    present = people.accounts_of(session, someone.id)
    missing = [one for one in accounts if one not in present]
    for one in missing:
        people.link_account(session, someone.id, one.platform, one.tenant, one.user)
    return bool(missing)


def _grant(session: Session, someone: Person, grants: Iterable[Grant]) -> bool:
    present = {(held.role, held.department) for held in someone.grants}
    missing = [one for one in grants if (one.role, one.department) not in present]
    for one in missing:
        people.grant(session, someone.id, one.role, department=one.department, rank=one.rank)
    return bool(missing)


def _check_columns(names: Iterable[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise Invalid(texts.columns_missing(missing, COLUMNS))


def _colleague(cells: Mapping[str, str | None], departments: frozenset[str]) -> Colleague:
    cell = {name: (cells[name] or "").strip() for name in COLUMNS}
    if not cell["name"]:
        raise Invalid(texts.LINE_HAS_NO_NAME)
    if not (cell["email"] or cell["accounts"]):
        raise Invalid(texts.LINE_NOT_RECOGNISABLE)
    return Colleague(
        name=cell["name"],
        email=cell["email"] or None,
        department=rules.department_named(cell["department"], departments),
        timezone=rules.zone(cell["timezone"]),
        accounts=tuple(rules.account(one) for one in _listed(cell["accounts"])),
        grants=tuple(rules.grant(one, departments) for one in _listed(cell["roles"])),
    )


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part.strip()]
