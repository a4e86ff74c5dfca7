"""Who is asked first, second and last: holders of roles as they are now, in the order of rank."""

from collections.abc import Collection

from bot.context import Context
from bot.roles import Role
from storage import people
from storage.people import Person
from workflows.reports.rules import SECURITY


def triage(ctx: Context, *, without: Collection[int] = ()) -> list[Person]:
    """Return who looks at reports, the one on duty first."""
    return _in_order(ctx, Role.TRIAGE, SECURITY, without)


def heads(
    ctx: Context, department: str = SECURITY, *, without: Collection[int] = ()
) -> list[Person]:
    """Return who heads a department."""
    return _in_order(ctx, Role.DIRECTOR, department, without)


def responders(ctx: Context, department: str, *, without: Collection[int] = ()) -> list[Person]:
    """Return who acts for a department in an incident: the primary, the deputies, the head."""
    own = _in_order(ctx, Role.RESPONDER, department, without)
    known = {one.id for one in own}
    return [*own, *(one for one in heads(ctx, department, without=without) if one.id not in known)]


def of_department(ctx: Context, department: str) -> list[Person]:
    """Return who is asked in a department, the first first; in security, whoever is on duty."""
    return [*_on_duty(ctx, department), *responders(ctx, department)]


def first_of(ctx: Context, department: str) -> Person | None:
    """Return who is asked first in a department."""
    return next(iter(_on_duty(ctx, department) or responders(ctx, department)), None)


def _on_duty(ctx: Context, department: str) -> list[Person]:
    return triage(ctx) if department == SECURITY else []


def _in_order(ctx: Context, role: str, department: str, without: Collection[int]) -> list[Person]:
    holding = people.holders(ctx.session, role, department=department, now=ctx.now)
    return [one for one in holding if one.active and one.id not in without]
