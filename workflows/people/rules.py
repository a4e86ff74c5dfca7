"""Pure decisions about people: what can be given, how it is written, when it would be missed."""

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import IntEnum

from bot.clock import as_utc, zone_named
from bot.errors import Invalid
from bot.roles import Role
from storage.people import Account, Grant, Person
from storage.roster import Holding
from workflows.people import texts

#: Of letters and digits that look alike, none is among them; fifteen of them are 68 bits.
CODE_LETTERS = "34679ACDEFGHJKMNPQRTVWXY"
CODE_LENGTH = 15
_CODE_GROUP = 5

#: Everybody is a stranger, and every person a member, without a grant.
GRANTABLE = tuple(role for role in Role if role not in {Role.STRANGER, Role.MEMBER})
LONGEST_KEY = 30  #: characters


class Rank(IntEnum):
    """Who of several holders of a role is asked first."""

    PRIMARY = 1
    DEPUTY = 2
    BACKUP = 3


def account(text: str, *, near: Account | None = None) -> Account:
    """Read `platform:tenant:user`, or `@user` for somebody on the platform of *near*.

    Raises:
        Invalid: it is not written so.
    """
    if near and text.startswith("@") and not any(map(str.isspace, text)):
        return Account(near.platform, near.tenant, text.removeprefix("@"))
    parts = text.strip().split(":")
    if len(parts) != len(Account.__slots__) or not all(parts):
        raise Invalid(texts.bad_account(text))
    return Account(*parts)


def grant(text: str, departments: Iterable[str], *, rank: int = Rank.PRIMARY) -> Grant:
    """Read `admin` or `owner@security`.

    Raises:
        Invalid: there is no such role or department.
    """
    role, _, department = text.strip().partition("@")
    if role.casefold() not in GRANTABLE:
        raise Invalid(texts.no_role(role, GRANTABLE))
    return Grant(role.casefold(), department_named(department, departments), rank)


def rank_named(text: str) -> Rank:
    """Read a rank by its name or its number; the first when nothing is said.

    Raises:
        Invalid: there is no such rank.
    """
    named = {rank.name.casefold(): rank for rank in Rank} | {str(int(rank)): rank for rank in Rank}
    rank = named.get(text.strip().casefold() or "1")
    if rank is None:
        raise Invalid(texts.no_such("rank", text, [rank.name.casefold() for rank in Rank]))
    return rank


def department_named(text: str, departments: Iterable[str]) -> str | None:
    """Return a department's key; None for an empty text.

    Raises:
        Invalid: there is no such department.
    """
    key, known = text.strip().casefold(), sorted(departments)
    if key and key not in known:
        raise Invalid(texts.no_such("department", text, known))
    return key or None


def department_key(text: str) -> str:
    """Return *text* as the key of a new department.

    Raises:
        Invalid: it cannot be typed after a role.
    """
    key = text.strip().casefold()
    if not key.replace("-", "").isalnum() or not key.isascii() or len(key) > LONGEST_KEY:
        raise Invalid(texts.bad_key(LONGEST_KEY))
    return key


def zone(text: str) -> str | None:
    """Return a time zone's name; None for an empty text.

    Raises:
        Invalid: there is no such zone.
    """
    name = text.strip()
    return zone_named(name).key if name else None


def end_of(day: date | None, *, zone: str, now: datetime) -> datetime | None:
    """Return the moment at which *day* is over in *zone*; None for no day.

    Raises:
        Invalid: that moment has passed.
    """
    if day is None:
        return None
    ends_at = as_utc(datetime.combine(day, time.max, zone_named(zone)))
    if ends_at <= now:
        raise Invalid(texts.has_passed(day))
    return ends_at


def day_named(text: str) -> date | None:
    """Read a day such as 2027-03-31; None for an empty text.

    Raises:
        Invalid: it is none.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(texts.bad_day(text)) from None


def written_code(code: str) -> str:
    """Return *code* as it is easy to type, in groups."""
    groups = range(0, CODE_LENGTH, _CODE_GROUP)
    return "-".join(code[start : start + _CODE_GROUP] for start in groups)


def typed_code(text: str) -> str:
    """Return the code in what somebody typed, however they grouped it and in any case."""
    return "".join(filter(str.isalnum, text.upper()))[: CODE_LENGTH + 1]


def outlasts(one: Person, other: Person) -> bool:
    """Say whether *one* stays when two turn out to be one: the one whom the operator knows."""
    return bool(one.email) or not other.email


def weakens(before: Iterable[Holding], after: Iterable[Holding]) -> bool:
    """Say whether nobody would hold a role any more, or nobody for good, that somebody does."""
    return _strength(after) < _strength(before)


def _strength(holdings: Iterable[Holding]) -> int:
    """Return 2 when somebody holds a role without an end, 1 when somebody holds it at all."""
    return max((2 if held.ends_at is None else 1 for held in holdings), default=0)
