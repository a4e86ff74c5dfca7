"""How much each department weighs: what both owners agreed on, for each kind of dispute."""

from collections.abc import Mapping

from sqlmodel import Session

from bot.context import Context
from bot.errors import Conflict, Invalid, NotAllowed, NotFound
from bot.roles import Role
from bot.text import Line, parse
from bot.ui import Button, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.votes import opening_texts as texts
from workflows.votes import opening_views as views
from workflows.votes import tables
from workflows.votes import workflow as it
from workflows.votes.rules import SECURITY, TALENT, WEIGHTS, Dispute
from workflows.votes.tables import Weighting

#: The department that has to agree to what an owner of the first one suggests.
OTHER = {SECURITY: TALENT, TALENT: SECURITY}
_ALL = 100


def in_force(session: Session, dispute: Dispute) -> dict[str, int]:
    """Return the weights of votes that are opened now, in percent by department."""
    agreed = tables.agreed_weighting(session, dispute)
    return dict(agreed.weights if agreed else WEIGHTS[dispute])


def read(session: Session, line: Line) -> dict[str, int]:
    """Return the weights that somebody typed, such as security=55 ta=45.

    Raises:
        Invalid: they are not 100 in all, or of a department that is not there.
    """
    weights = {key: _percent(said) for key, said in line.values.items()}
    known = people.departments(session)
    if unknown := [key for key in weights if key not in known]:
        raise Invalid(texts.unknown_departments(unknown, known))
    if sum(weights.values()) != _ALL:
        raise Invalid(texts.BAD_WEIGHTS)
    return weights


@it.command("vote weights", help=texts.HELP_WEIGHTS, usage=texts.USAGE_WEIGHTS)
def weigh(ctx: Context, text: str) -> Reply:
    """Show what is in force, or suggest other weights for one kind of dispute."""
    line = parse(text)
    if not line.text:
        return views.weights({each: in_force(ctx.session, each) for each in Dispute})
    dispute = dispute_named(next(iter(line.words), ""))
    department = _department_of(ctx.person)
    return _suggest(ctx, dispute, read(ctx.session, line), department)


@it.action("agree_weights", allow=Role.OWNER)
def agree(ctx: Context, weighting: int) -> Reply:
    """Let weights that the other department suggested be in force from now on."""
    found = tables.lock_weighting(ctx.session, weighting)
    # Two departments agree by two people, also where one of them owns both.
    if (
        found is None
        or not ctx.person.holds(Role.OWNER, OTHER[found.department])
        or ctx.person.id == found.proposed_by
    ):
        raise NotFound(NO_SUCH_THING)
    if tables.newest_weighting(ctx.session, found.dispute) != found.id or found.agreed_at:
        raise Conflict(texts.OVERTAKEN)
    ctx.record(f"weighting:{found.dispute}", before=in_force(ctx.session, found.dispute))
    found.agreed_by, found.agreed_at = ctx.person.id, ctx.now
    ctx.record(f"weighting:{found.dispute}", after=found.weights)
    said = texts.agreed(ctx.person.name, found.dispute, found.weights)
    _tell(ctx, found, said)
    return Message(text=said)


def dispute_named(word: str) -> Dispute:
    """Return the kind of dispute that somebody typed.

    Raises:
        Invalid: there is no such kind.
    """
    said = word.casefold()
    if said not in set(Dispute):
        raise Invalid(texts.which_type(Dispute))
    return Dispute(said)


def _suggest(ctx: Context, dispute: Dispute, weights: Mapping[str, int], department: str) -> Reply:
    if weights == in_force(ctx.session, dispute):
        raise Conflict(texts.SAME_WEIGHTS)
    new = Weighting(
        dispute=dispute,
        weights=dict(weights),
        proposed_by=ctx.person.id,
        department=department,
        proposed_at=ctx.now,
    )
    ctx.session.add(new)
    ctx.session.flush()
    ctx.record(f"weighting:{dispute}", after=("suggested", weights))
    said = texts.suggested(ctx.person.name, dispute, weights)
    owners = _tell(ctx, new, said, agree.button(texts.AGREE, weighting=new.id or 0).primary())
    return Message(text=texts.suggestion_sent([one.name for one in owners]))


def _tell(ctx: Context, about: Weighting, said: str, *buttons: Button) -> list[Person]:
    """Write to the owners of the other department and, when it is settled, to who suggested it."""
    asked = people.holders(ctx.session, Role.OWNER, department=OTHER[about.department], now=ctx.now)
    told = {one.id: one for one in asked if one.id != about.proposed_by}
    owners = list(told.values())
    if about.agreed_at and about.proposed_by:
        someone = people.by_id(ctx.session, about.proposed_by, now=ctx.now)
        told |= {someone.id: someone} if someone.active else {}
    for one in told.values():
        key = f"votes:weighting:{about.id}"
        ctx.send(one, views.asking(said, buttons), key=key, about=f"weighting:{about.dispute}")
    return owners


def _department_of(person: Person) -> str:
    """Return the department for which somebody suggests weights.

    Raises:
        NotAllowed: they own neither of the two.
    """
    owned = [one for one in OTHER if person.holds(Role.OWNER, one)]
    if not owned:
        raise NotAllowed(texts.NOT_AN_OWNER)
    return person.department if person.department in owned else owned[0]


def _percent(said: str) -> int:
    digits = said.removesuffix("%")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(_ALL)):
        raise Invalid(texts.BAD_WEIGHTS)
    return int(digits)
