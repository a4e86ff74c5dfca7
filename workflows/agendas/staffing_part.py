"""Who leaves a role soon, and which duty rests on one person: what departments need next."""

from __future__ import annotations

from collections.abc import Iterable

from bot.context import Context
from bot.roles import Role
from storage import people, roster
from storage.people import Person
from storage.roster import Holding
from workflows.agendas import calls
from workflows.agendas import staffing_texts as texts
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import AHEAD, Part, Reach

#: Somebody must stand in for whoever has one of these duties.
_DUTIES = frozenset({Role.TRIAGE, Role.RESPONDER})


@calls.section(Part.NEEDS)
def staffing(ctx: Context, asked: Asked) -> list[Item]:
    """Return the roles that end soon, the first first, then the duties without a deputy.

    Where a company is thin is nothing for others, not even as a number.
    """
    held = roster.everything_held(ctx.session, now=ctx.now)
    ending = [one for one in held if one.ends_at and one.ends_at <= ctx.now + AHEAD]
    ending.sort(key=lambda one: one.ends_at or ctx.now)
    alone = _alone(held)
    if asked.reach is Reach.KNOWN:
        leaving = [_leaving(ctx, one) for one in ending if _is_for_all(asked, one)]
        return leaving + [_resting(one) for one in alone if _is_for_all(asked, one)]
    count = len(ending) + len(alone)
    if asked.reach is Reach.OUTSIDE or not count:
        return []
    return [Item(key="staffing", line=texts.how_many(count))]


def _alone(held: Iterable[Holding]) -> list[Holding]:
    """Return who has a duty in a department that nobody else has."""
    holders: dict[tuple[str, str | None], dict[int, Holding]] = {}
    for one in held:
        if one.grant.role in _DUTIES:
            duty = (one.grant.role, one.grant.department)
            holders.setdefault(duty, {})[one.person] = one
    return [one for each in holders.values() if len(each) == 1 for one in each.values()]


def _is_for_all(asked: Asked, held: Holding) -> bool:
    return asked.all_may(lambda reader: _reads(reader, held))


def _reads(reader: Person, held: Holding) -> bool:
    """Say whether somebody may know what a person holds: an admin, the head, or themselves."""
    heads = reader.holds(Role.DIRECTOR, held.grant.department)
    return reader.id == held.person or heads or reader.holds(Role.ADMIN)


def _leaving(ctx: Context, held: Holding) -> Item:
    name = people.by_id(ctx.session, held.person, now=ctx.now).name
    line = texts.ends(name, _role(held), (held.ends_at or ctx.now).date())
    return Item(key=f"ends:{held.person}:{_role(held)}", line=line)


def _resting(held: Holding) -> Item:
    return Item(key=f"alone:{_role(held)}", line=texts.rests_on_one(_role(held)))


def _role(held: Holding) -> str:
    where = held.grant.department
    return f"{held.grant.role}@{where}" if where else held.grant.role
