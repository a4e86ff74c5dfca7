"""Who leads the response: one person, who decides for all who act on it."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict
from bot.roles import Role
from bot.ui import Button, Form, Message, Reply
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    cards,
    choosing,
    codes,
    leading_views,
    moving,
    parts,
    tables,
    telling,
    timeline,
    waiting,
)
from workflows.incidents import leading_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER, Kind, Move, Reason, State
from workflows.incidents.tables import Incident
from workflows.reports.codes import stamp
from workflows.reports.rules import SECURITY


def appoint(ctx: Context, incident: Incident, someone: Person) -> None:
    """Have somebody lead a locked incident; whoever led it can still read it.

    Raises:
        Conflict: the incident is over, or they are to learn nothing of it.
    """
    code = codes.code(incident)
    if incident.state in OVER:
        raise Conflict(texts.is_over(code, incident.state))
    if tables.is_excluded(ctx.session, incident.id or 0, someone.id):
        raise Conflict(texts.not_them(someone.name, code))
    role, before = parts.role_of(ctx, incident), incident.lead_id
    if before is not None and before != someone.id:
        access.resign(ctx, incident, before)
    incident.lead_id = someone.id
    access.let_in(ctx, incident, [someone.id], Reason.LEADS)
    ctx.record(codes.entity(incident.id or 0), before=before, after=someone.id)
    timeline.note(ctx, incident, Kind.LEAD, texts.HAS_A_LEAD, role=role)
    if incident.state is State.DECLARED:
        moving.move(ctx, incident, Move.ASSIGN_LEAD, role=role)
    else:
        waiting.look_anew(ctx, incident)
    if someone.id != ctx.person.id:
        told = cards.with_look(incident, texts.you_lead(code))
        telling.tell(ctx, incident, [someone], told, what=f"lead:{stamp(ctx)}")


@it.command("security lead", help=texts.HELP_LEAD, usage=texts.USAGE)
def say_lead(ctx: Context, text: str) -> Reply:
    """Open the form in which an incident is given to a lead."""
    return give.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.action("take")
def take(ctx: Context, incident: int) -> Reply:
    """Lead an incident that nobody leads."""
    found = access.readable(ctx, incident)
    choosing.check_part(ctx, found)
    code = codes.code(found)
    if waiting.is_led(ctx, found):
        raise Conflict(texts.led_already(code))
    appoint(ctx, found, ctx.person)
    return Message(text=texts.now_you_lead(code))


@it.form("give")
def give(ctx: Context, incident: int) -> Form:
    """Ask who is to lead it."""
    found = access.shown(ctx, incident)
    ctx.require(may_give(ctx, found), texts.NOT_YOURS_TO_GIVE)
    return leading_views.give(codes.code(found))


@give.submit
def send_give(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Have somebody lead an incident, and tell them."""
    found = access.readable(ctx, incident)
    ctx.require(may_give(ctx, found), texts.NOT_YOURS_TO_GIVE)
    someone = choosing.picked(ctx, answers)
    appoint(ctx, found, someone)
    return Message(text=texts.given(someone.name, codes.code(found)))


def may_give(ctx: Context, incident: Incident) -> bool:
    """Say whether whoever asks chooses the lead of an incident that they may read.

    The present lead and a head of security do; while nobody leads, all who have a part in it.
    """
    if access.leads(ctx, incident) or ctx.person.holds(Role.DIRECTOR, SECURITY):
        return True
    return not waiting.is_led(ctx, incident) and choosing.acts(ctx, incident)


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer to lead what nobody leads."""
    if incident.state in OVER or waiting.is_led(ctx, incident):
        return []
    id = incident.id or 0
    return [
        take.button(texts.TAKE, incident=id).primary(),
        give.button(texts.GIVE, incident=id),
    ]
