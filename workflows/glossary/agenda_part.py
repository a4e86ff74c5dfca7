"""The glossary on a meeting's agenda: words without a meaning, and suggestions that wait."""

from bot.context import Context
from bot.roles import Role
from storage.people import Person
from workflows.agendas import calls as agendas
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import BOXES, Part, Reach
from workflows.glossary import agenda_texts as texts
from workflows.glossary import tables
from workflows.glossary.tables import Proposal

_MOST = BOXES[Part.WORDS].most


@agendas.section(Part.WORDS)
def missing(ctx: Context, asked: Asked) -> list[Item]:
    """Return what was looked up in vain most often; everybody in the company may ask for that."""
    found = tables.most_missed(ctx.session, ctx.now.date(), _MOST)
    if asked.reach is Reach.OUTSIDE:
        return [Item(key="words", line=texts.words(len(found)))] if found else []
    return [Item(key=f"word:{key}", line=texts.missing(key, count)) for key, count in found]


@agendas.section(Part.WORDS)
def proposals(ctx: Context, asked: Asked) -> list[Item]:
    """Return the suggestions that wait for an owner, the oldest first."""
    found = tables.open_proposals(ctx.session)
    if asked.reach is not Reach.KNOWN:
        return [Item(key="proposals", line=texts.proposals(len(found)))] if found else []
    return [_item(ctx, one) for one in found if _is_for_all(asked, one)]


def _is_for_all(asked: Asked, one: Proposal) -> bool:
    return asked.all_may(lambda reader: _has_part(reader, one))


def _has_part(person: Person, one: Proposal) -> bool:
    """Say whether somebody made a suggestion, or owns a vocabulary that it is for."""
    owns = any(person.holds(Role.OWNER, department=seat) for seat in one.seats)
    return owns or person.id == one.proposer_id


def _item(ctx: Context, one: Proposal) -> Item:
    line = texts.proposal(one.label, (ctx.now - one.created_at).days)
    return Item(key=f"proposal:{one.id}", line=line)
