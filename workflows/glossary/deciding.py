"""Deciding about suggestions: cards for the owners, approval by two, undo, history."""

from collections.abc import Sequence
from typing import NoReturn
from zoneinfo import ZoneInfo

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.menu import say_button
from bot.roles import Role
from bot.text import parse
from bot.ui import Button, Form, LongText, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.glossary import (
    carrying_out,
    proposal_views,
    publishing,
    rules,
    shelf,
    tables,
    typed,
    views,
)
from workflows.glossary import proposal_texts as said
from workflows.glossary import workflow as it
from workflows.glossary.rules import Act, Remark, RemarkKind
from workflows.glossary.tables import Approval, Proposal, Sense, Standing

VERSIONS_SHOWN = 5


def propose(ctx: Context, proposal: Proposal, *, own: Sequence[str] = ()) -> Message:
    """Store *proposal*, ask the owners, and thank; *own* are names that its words may use."""
    remarks = _remarks(proposal, own)
    index = shelf.shelf(ctx.session).index
    unknown = [
        found.detail
        for found in remarks
        if found.kind is RemarkKind.ACRONYM and index.named(found.detail) is None
    ]
    ctx.session.add(proposal)
    ctx.session.flush()
    ctx.record(f"proposal:{proposal.id}", after=proposal.content)
    names = ask_owners(ctx, proposal)
    return proposal_views.receipt(
        said.asked_owners(names, proposal.seats), remarks, _define_buttons(unknown)
    )


def ask_owners(ctx: Context, proposal: Proposal) -> list[str]:
    """Send the card to every owner who can decide, and return their names.

    An admin is told of each department in which nobody can.
    """
    owners: dict[int, Person] = {}
    for seat in proposal.seats:
        able = [
            owner
            for owner in people.holders(ctx.session, Role.OWNER, department=seat, now=ctx.now)
            if owner.id != proposal.proposer_id
        ]
        owners |= {owner.id: owner for owner in able}
        if not able:
            _tell_admins(ctx, proposal, seat)
    proposal.asked = sorted({*proposal.asked, *owners})
    _send_cards(ctx, proposal)
    return [owner.name for owner in owners.values()]


def remind_owners(ctx: Context, proposal: Proposal) -> None:
    """Tell the owners that a suggestion has waited for long."""
    about = f"proposal:{proposal.id}"
    for id in proposal.asked:
        owner = _person(ctx, id)
        if owner.active:
            text = Message(text=said.waiting_long(proposal.label))
            ctx.send(owner, text, key=f"glossary:{about}:waiting", about=about)


@it.action("approve", allow=Role.OWNER)
def approve(ctx: Context, proposal: int) -> Reply:
    """Agree to a suggestion for one's department; the last one needed publishes it."""
    case = _open_case(ctx, proposal)
    ctx.require(case.proposer_id != ctx.person.id, said.OWN_PROPOSAL)
    given = _agreed(ctx, case)
    ctx.require(ctx.person.id not in given.values(), said.SEAT_TAKEN)
    seat = rules.seat_to_take(
        needed=case.seats, given=given, person=ctx.person.id, owns=_owned(ctx, case)
    )
    if seat is None:
        raise Conflict(said.SEAT_FILLED)
    # In the place of one that counts no more.
    agreed = Approval(proposal_id=proposal, seat=seat, person_id=ctx.person.id, at=ctx.now)
    ctx.session.merge(agreed)
    ctx.session.flush()
    if left := [other for other in case.seats if other not in given and other != seat]:
        _send_cards(ctx, case)
        return Message(text=said.half_agreed(left))
    return _publish(ctx, case)


@it.form("decline", allow=Role.OWNER)
def decline(ctx: Context, proposal: int) -> Form:
    """Ask why a suggestion is declined."""
    case = _visible_case(ctx, ctx.session.get(Proposal, proposal))
    why = LongText(name="note", label=said.WHY, hint=said.HINT_WHY, max_length=500)
    heading = proposal_views.heading(case)
    return Form(title=said.FORM_DECLINE, inputs=(heading, why), submit=said.DECLINE)


@decline.submit
def send_refusal(ctx: Context, answers: Answers, proposal: int) -> Reply:
    """Decline a suggestion and tell why."""
    case = _open_case(ctx, proposal)
    case.note = answers.text("note")
    _settle(ctx, case, Standing.DECLINED)
    proposer = _person(ctx, case.proposer_id)
    _tell_proposer(ctx, case, said.declined(case.label, ctx.person.name, case.note))
    reply = Message(text=said.declined_receipt(proposer.name))
    return views.with_buttons(reply, [undo.button(said.UNDO, proposal=proposal)])


@it.action("undo", allow=Role.OWNER)
def undo(ctx: Context, proposal: int) -> Reply:
    """Take one's decision back within ten minutes; the suggestion waits again."""
    case = _visible_case(ctx, tables.lock_proposal(ctx.session, proposal))
    if case.decided_by != ctx.person.id or not rules.can_undo(case.decided_at, ctx.now):
        raise Conflict(said.CANNOT_UNDO)
    if case.standing is Standing.APPROVED:
        edit = publishing.begin(ctx.session, ctx.now, person=ctx.person.id)
        carrying_out.take_back(edit, case)
    for approval in tables.approvals_by(ctx.session, proposal, ctx.person.id):
        ctx.session.delete(approval)
    case.standing, case.note = Standing.OPEN, ""
    case.decided_by = case.decided_at = None
    ctx.record(f"proposal:{proposal}", after=case.standing)
    ctx.session.flush()
    _send_cards(ctx, case)
    _tell_proposer(ctx, case, said.REOPENED)
    return Message(text=said.REOPENED)


@it.command("term history", help=said.HELP_HISTORY, usage="<term or number>", read_only=True)
def history(ctx: Context, text: str) -> Reply:
    """Show earlier wordings; owners can bring one back."""
    sense, term = typed.sense(ctx, parse(text), "history")
    versions = tables.history(ctx.session, sense.id or 0)[:VERSIONS_SHOWN]
    buttons: list[Button] = []
    if owns_sense(ctx.person, sense):
        buttons = [
            revert.button(
                f"{said.REVERT}: {version.version}", sense=sense.id or 0, version=version.version
            )
            for version in versions
            if version.version != sense.version
        ]
    return proposal_views.history(term.label, versions, buttons)


@it.action("revert", allow=Role.OWNER)
def revert(ctx: Context, sense: int, version: int) -> Reply:
    """Publish an earlier wording again; two people approved it once, so one is enough now."""
    edit = publishing.begin(ctx.session, ctx.now, person=ctx.person.id)
    chosen = tables.sense_with_term(ctx.session, sense)
    if chosen is None or not owns_sense(ctx.person, chosen[0]):
        raise NotFound(NO_SUCH_THING)
    before = chosen[0].version
    publishing.go_back(edit, chosen[0], version)
    ctx.record(f"sense:{sense}", before=before, after=chosen[0].version)
    return Message(text=said.reverted(chosen[1].label, version))


def waiting_for(ctx: Context) -> list[Proposal]:
    """Return the suggestions that this person can decide now, the oldest first."""
    return [case for case in tables.open_proposals(ctx.session) if _can_agree(ctx, case)]


def _can_agree(ctx: Context, case: Proposal) -> bool:
    owned = _owned(ctx, case)
    if not owned or case.proposer_id == ctx.person.id:
        return False
    given = _agreed(ctx, case)
    seat = rules.seat_to_take(needed=case.seats, given=given, person=ctx.person.id, owns=owned)
    return seat is not None


def owns_sense(person: Person, sense: Sense) -> bool:
    """Tell whether *person* looks after a sense."""
    return any(
        person.holds(Role.OWNER, department=seat) for seat in rules.seats([sense.department])
    )


def _publish(ctx: Context, case: Proposal) -> Message:
    edit = publishing.begin(ctx.session, ctx.now, person=ctx.person.id)
    carrying_out.carry_out(edit, case)
    shelf.write_down(ctx.session)
    _settle(ctx, case, Standing.APPROVED)
    _tell_proposer(ctx, case, said.approved_for_you(case.label, ctx.person.name))
    reply = Message(text=said.approved(case.label))
    if case.act is Act.IMPORT:
        return reply
    return views.with_buttons(reply, [undo.button(said.UNDO, proposal=case.id or 0)])


def _settle(ctx: Context, case: Proposal, standing: Standing) -> None:
    ctx.record(f"proposal:{case.id}", before=case.standing, after=standing)
    case.standing, case.decided_by, case.decided_at = standing, ctx.person.id, ctx.now
    ctx.session.flush()
    _send_cards(ctx, case)


def _visible_case(ctx: Context, case: Proposal | None) -> Proposal:
    """Return *case* to those who may decide it; to all others it does not exist."""
    if case is None or case.standing is Standing.DRAFT or not _owned(ctx, case):
        raise NotFound(NO_SUCH_THING)
    return case


def _open_case(ctx: Context, proposal: int) -> Proposal:
    case = _visible_case(ctx, tables.lock_proposal(ctx.session, proposal))
    if case.standing is not Standing.OPEN:
        _refuse_late(ctx, case)
    return case


def _refuse_late(ctx: Context, case: Proposal) -> NoReturn:
    verb = said.APPROVED_VERB if case.standing is Standing.APPROVED else said.DECLINED_VERB
    at = case.decided_at or ctx.now
    local = at.astimezone(ZoneInfo(ctx.person.timezone))
    name = _person(ctx, case.decided_by or 0).name
    raise Conflict(said.too_late(name, verb, f"{local:%A}, {local.day} {local:%B at %H:%M %Z}"))


def _agreed(ctx: Context, case: Proposal) -> dict[str, int]:
    """Return the seats that have agreed, by the people as they are now."""
    given = tables.approvals(ctx.session, case.id or 0)
    return rules.counting(given, proposer=case.proposer_id)


def _owned(ctx: Context, case: Proposal) -> list[str]:
    return [seat for seat in case.seats if ctx.person.holds(Role.OWNER, department=seat)]


def _person(ctx: Context, id: int) -> Person:
    return people.by_id(ctx.session, id, now=ctx.now)


def _send_cards(ctx: Context, case: Proposal) -> None:
    """Send or edit the card of everybody who was asked, and the proposer's own copy of it."""
    about = f"proposal:{case.id}"
    for id in (*case.asked, case.proposer_id):
        reader = _person(ctx, id)
        if reader.active:
            buttons = () if id == case.proposer_id else _decisions(case)
            ctx.send(reader, _card(ctx, case, buttons), key=f"glossary:{about}", about=about)


def _decisions(case: Proposal) -> Sequence[Button]:
    """Return what an owner can do with a suggestion; with a decided one, nothing."""
    if case.standing is not Standing.OPEN:
        return ()
    return (
        approve.button(said.APPROVE, proposal=case.id or 0).primary(),
        decline.button(said.DECLINE, proposal=case.id or 0),
    )


def _card(ctx: Context, case: Proposal, buttons: Sequence[Button]) -> Message:
    given = _agreed(ctx, case)
    current = ctx.session.get(Sense, case.sense_id) if case.sense_id else None
    return proposal_views.card(
        case,
        proposer=_person(ctx, case.proposer_id).name,
        agreed={seat: _person(ctx, id).name for seat, id in given.items()},
        decider=_person(ctx, case.decided_by).name if case.decided_by else "",
        current=current,
        buttons=buttons,
    )


def _tell_proposer(ctx: Context, case: Proposal, text: str) -> None:
    proposer = _person(ctx, case.proposer_id)
    if proposer.active:
        about = f"proposal:{case.id}"
        ctx.send(proposer, Message(text=text), key=f"glossary:{about}:answer", about=about)


def _tell_admins(ctx: Context, case: Proposal, seat: str) -> None:
    about = f"proposal:{case.id}"
    for admin in people.holders(ctx.session, Role.ADMIN, now=ctx.now):
        text = Message(text=said.nobody_owns(seat))
        ctx.send(admin, text, key=f"glossary:{about}:nobody:{seat}", about=about)


def _remarks(proposal: Proposal, own: Sequence[str]) -> list[Remark]:
    wording = proposal.content.get("wording")
    return rules.lint(wording["plain"], own=own) if wording else []


def _define_buttons(words: Sequence[str]) -> list[Button]:
    # By words, since the form that suggests a meaning leads here.
    return [say_button(said.define(word), f"term add {word}") for word in words]
