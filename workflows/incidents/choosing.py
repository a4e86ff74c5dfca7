"""Whom and which incident somebody means, who types or picks."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.text import parse
from storage import people, roster
from storage.people import Account, Person
from workflows.incidents import access, codes, merging_texts, tables, texts
from workflows.incidents.rules import ALSO, INCIDENT, Reason
from workflows.incidents.tables import Incident


def said(ctx: Context, text: str) -> Incident:
    """Return the incident that somebody typed, locked; of a merged one, what it is part of now."""
    return present(ctx, codes.named(parse(text)))


def two(text: str) -> tuple[int, int]:
    """Return the numbers of the two incidents that somebody typed, in order.

    Raises:
        Invalid: they named fewer, or more.
    """
    numbers = [ref.number for ref in parse(text).refs if ref.kind in {INCIDENT, ALSO}]
    if len(numbers) != len(("source", "target")):
        raise Invalid(merging_texts.WHICH_TWO)
    return numbers[0], numbers[1]


def present(ctx: Context, id: int) -> Incident:
    """Return an incident, locked, for whoever may read it.

    In the place of a merged one stands what it is part of now, for who may read that as well.

    Raises:
        NotFound: there is none, or it is none of their business.
    """
    found = tables.incident(ctx.session, id)
    target = found.merged_into if found is not None and access.may_read(ctx, id) else None
    if target is not None and access.may_read(ctx, target):
        return present(ctx, target)
    return access.readable(ctx, id)


def picked(ctx: Context, answers: Answers, name: str = "who") -> Person:
    """Return the colleague whose account somebody picked in a form.

    Raises:
        Invalid: the account is no colleague's.
    """
    account = Account(ctx.user.platform, ctx.user.tenant, answers.text(name))
    found = roster.owner_of(ctx.session, account, now=ctx.now)
    if found is None or not found.active or not people.works_here(ctx.session, found.id):
        raise Invalid(fields={name: texts.NOBODY_KNOWN})
    return found


def acts(ctx: Context, incident: Incident) -> bool:
    """Say whether whoever asks has a part in the response, more than following it."""
    own = tables.pass_of(ctx.session, incident.id or 0, ctx.person.id)
    return own is not None and own.reason is not Reason.FOLLOWS


def check_lead(ctx: Context, incident: Incident) -> None:
    """Refuse who may read an incident and does not lead it.

    Raises:
        NotAllowed: they do not.
    """
    ctx.require(access.leads(ctx, incident), texts.LEADS_ONLY)


def check_part(ctx: Context, incident: Incident) -> None:
    """Refuse who may read an incident and only follows it.

    Raises:
        NotAllowed: they do.
    """
    ctx.require(acts(ctx, incident), texts.ACTS_ONLY)
