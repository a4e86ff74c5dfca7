"""Each morning: whether everybody who would be called about something can be reached."""

from __future__ import annotations

from collections.abc import Collection

from bot.context import Context
from bot.roles import Role
from bot.ui import Message
from storage import accounts, people
from storage.people import Person
from workflows.incidents import roster_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import ALWAYS_AT_WORST, MATRIX, Part
from workflows.reports import roster


@it.timer("roster", every="daily 07:00")
def check_roster(ctx: Context) -> None:
    """Tell the heads of security, else the admins, of each role in which nobody is reached.

    Without anybody for triage no report would be looked at: both are told of that.
    """
    heads = roster.heads(ctx)
    admins = people.holders(ctx.session, Role.ADMIN, now=ctx.now)
    if not is_reached(ctx, roster.triage(ctx)):
        _tell(ctx, [*heads, *admins], texts.NO_TRIAGE, what="triage")
    missing = [one for one in needed() if not is_reached(ctx, roster.responders(ctx, one))]
    if missing:
        named = people.departments(ctx.session)
        text = texts.nobody_acts([(one, named.get(one, one)) for one in missing])
        _tell(ctx, heads or admins, text, what="departments")


def needed() -> list[str]:
    """Return the departments that some incident cannot do without."""
    found = {
        department
        for parts in MATRIX.values()
        for department, part in parts.items()
        if part is Part.RESPONDS
    }
    return sorted(found | {*ALWAYS_AT_WORST})


def is_reached(ctx: Context, asked: Collection[Person]) -> bool:
    """Say whether messages reach one of these people."""
    return any(
        people.accounts_of(ctx.session, one.id)
        and not accounts.is_out_of_reach(ctx.session, one.id)
        for one in asked
    )


def _tell(ctx: Context, to: Collection[Person], text: str, *, what: str) -> None:
    for someone in {one.id: one for one in to}.values():
        key = f"roster:{what}:{ctx.now:%Y-%m-%d}:{someone.id}"
        ctx.send(someone, Message(text=text), key=key)
