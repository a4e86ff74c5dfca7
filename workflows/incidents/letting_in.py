"""Who is let into an incident, who is shut out of it, and who may be told of it."""

from collections.abc import Collection

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.text import parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    cards,
    choosing,
    codes,
    letting_in_views,
    parts,
    shutting_out,
    tables,
    telling,
    timeline,
)
from workflows.incidents import letting_in_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import NAMED, OVER, Kind, Reason, Tlp
from workflows.incidents.tables import Incident
from workflows.reports import roster
from workflows.reports.codes import stamp
from workflows.reports.rules import SECURITY


def let_in(ctx: Context, incident: Incident, person_ids: Collection[int], reason: Reason) -> None:
    """Let people read an incident, and note how many are new."""
    new = access.let_in(ctx, incident, person_ids, reason)
    if new:
        said = texts.let_in(len(new), reason)
        timeline.note(ctx, incident, Kind.ACCESS, said, role=parts.role_of(ctx, incident))
        calls.incident_changed(ctx, incident.id or 0)


def check_not_merged(ctx: Context, incident: Incident) -> None:
    """Refuse to change what is merged: that is done where it is part of now.

    Raises:
        Conflict: it is merged.
    """
    if incident.merged_into is not None:
        raise Conflict(texts.MERGED)


@it.command("security invite", help=texts.HELP_INVITE, usage=texts.USAGE)
def say_invite(ctx: Context, text: str) -> Reply:
    """Open the form in which the lead lets somebody in."""
    return invite.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("invite")
def invite(ctx: Context, incident: int) -> Form:
    """Ask the lead whom to let in."""
    found = access.shown(ctx, incident)
    choosing.check_lead(ctx, found)
    return letting_in_views.invite(codes.code(found))


@invite.submit
def send_invite(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Let somebody in, unless they are to learn nothing of it, and tell them."""
    found = access.readable(ctx, incident)
    choosing.check_lead(ctx, found)
    check_not_merged(ctx, found)
    someone, code = choosing.picked(ctx, answers), codes.code(found)
    if tables.is_excluded(ctx.session, incident, someone.id):
        raise Conflict(texts.excluded_before(someone.name, code))
    let_in(ctx, found, [someone.id], Reason.INVITED)
    told = cards.with_look(found, texts.you_are_in(code))
    telling.tell(ctx, found, [someone], told, what=f"invited:{stamp(ctx)}")
    return Message(text=texts.invited(someone.name, code))


@it.command("security exclude", help=texts.HELP_EXCLUDE, usage=texts.USAGE)
def say_exclude(ctx: Context, text: str) -> Reply:
    """Open the form in which the lead shuts somebody out."""
    return exclude.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("exclude")
def exclude(ctx: Context, incident: int) -> Form:
    """Ask the lead who is to learn nothing more of it."""
    found = access.shown(ctx, incident)
    choosing.check_lead(ctx, found)
    return letting_in_views.exclude(codes.code(found))


@exclude.submit
def send_exclude(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Shut somebody out, whatever they hold; who comes after them in a department is asked."""
    found = access.readable(ctx, incident)
    choosing.check_lead(ctx, found)
    check_not_merged(ctx, found)
    someone = choosing.picked(ctx, answers)
    if someone.id == found.lead_id:
        raise Conflict(texts.LEAD_STAYS)
    shutting_out.shut_out(ctx, found, someone.id)
    return Message(text=texts.excluded(someone.name, codes.code(found)))


@it.command("security follow", help=texts.HELP_FOLLOW, usage=texts.USAGE)
def follow(ctx: Context, text: str) -> Reply:
    """Let somebody who acts for an engaged department hear of it: never more than they may read."""
    found = tables.lock_incident(ctx.session, codes.named(parse(text)))
    if found is None or not may_follow(ctx, found):
        raise NotFound(NO_SUCH_THING)
    let_in(ctx, found, [ctx.person.id], Reason.FOLLOWS)
    return cards.with_look(found, texts.you_follow(codes.code(found)))


@it.command("security unfollow", help=texts.HELP_UNFOLLOW, usage=texts.USAGE)
def unfollow(ctx: Context, text: str) -> Reply:
    """End what somebody hears because they asked for it."""
    found = access.readable(ctx, codes.named(parse(text)))
    own = tables.pass_of(ctx.session, found.id or 0, ctx.person.id)
    if own is None or own.reason is not Reason.FOLLOWS:
        raise Conflict(texts.not_only_following(codes.code(found)))
    access.forget(ctx, own)
    telling.take_back(ctx, found, [ctx.person.id])
    return Message(text=texts.you_follow_no_more(codes.code(found)))


def may_follow(ctx: Context, incident: Incident) -> bool:
    """Say whether somebody may follow: its readers, and unless it is RED, who acts in its roles.

    Whom a merge or TLP:RED took it from comes back by a click of the lead alone.
    """
    id = incident.id or 0
    if tables.is_excluded(ctx.session, id, ctx.person.id):
        return False
    if access.may_read(ctx, id):
        return True
    was_let_go = tables.pass_of(ctx.session, id, ctx.person.id) is not None
    if was_let_go or incident.tlp is Tlp.RED or incident.state in OVER:
        return False
    departments = {SECURITY, *(one.department for one in tables.engagements(ctx.session, id))}
    acting = (one.id for each in departments for one in roster.of_department(ctx, each))
    return ctx.person.id in set(acting)


@it.command("security tlp", help=texts.HELP_TLP, usage=texts.USAGE)
def say_tlp(ctx: Context, text: str) -> Reply:
    """Open the form in which the lead says who may be told."""
    return tlp.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("tlp")
def tlp(ctx: Context, incident: int) -> Form:
    """Ask the lead who may be told, and say who would lose what they can read."""
    found = access.shown(ctx, incident)
    choosing.check_lead(ctx, found)
    losing = [one.name for one in _not_named(ctx, found)]
    return letting_in_views.tlp(codes.code(found), found.tlp, losing)


@tlp.submit
def send_tlp(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Change who may be told; under TLP:RED only those stay whom the lead has named."""
    found = access.readable(ctx, incident)
    choosing.check_lead(ctx, found)
    check_not_merged(ctx, found)
    wanted = Tlp(answers.text("tlp"))
    lost = _not_named(ctx, found) if wanted is Tlp.RED else []
    set_tlp(ctx, found, wanted)
    return Message(text=texts.tlp_is(codes.code(found), wanted, [one.name for one in lost]))


def set_tlp(ctx: Context, incident: Incident, wanted: Tlp) -> None:
    """Change who may be told of a locked incident, and take back what others were sent."""
    if wanted is incident.tlp:
        return
    ctx.record(codes.entity(incident.id or 0), before=incident.tlp, after=wanted)
    incident.tlp = wanted
    said = texts.tlp_now(wanted)
    timeline.note(ctx, incident, Kind.TLP, said, role=parts.role_of(ctx, incident))
    if wanted is Tlp.RED:
        shutting_out.let_go(ctx, incident, [one.id for one in _not_named(ctx, incident)])
    calls.incident_changed(ctx, incident.id or 0)


def _not_named(ctx: Context, incident: Incident) -> list[Person]:
    """Return who may read an incident now without the lead having named them."""
    passes = {one.person_id: one for one in tables.passes(ctx.session, incident.id or 0)}
    readers = access.readers(ctx, incident.id or 0)
    return [one for one in readers if passes[one.id].reason not in NAMED]


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer the lead to let somebody in, and to say who may be told."""
    id = incident.id or 0
    if incident.lead_id != reader.id or incident.state in OVER:
        return []
    return [invite.button(texts.INVITE, incident=id), tlp.button(texts.TLP, incident=id)]
