"""Incidents on a meeting's agenda: those that touch hiring, no further than they may be told."""

from bot.context import Context
from workflows.agendas import calls as agendas
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Part, Reach
from workflows.incidents import access, codes, tables
from workflows.incidents import agenda_texts as texts
from workflows.incidents.rules import AffectsHiring, Tlp
from workflows.incidents.tables import Incident

#: What everybody in the company may be told.
_FOR_ALL = frozenset({Tlp.GREEN, Tlp.CLEAR})


@agendas.section(Part.INCIDENTS)
def affecting(ctx: Context, asked: Asked) -> list[Item]:
    """Return the incidents that touch hiring, the worst first."""
    found = [one for one in tables.affecting_hiring(ctx.session) if may_be_told(ctx, asked, one)]
    if asked.reach is not Reach.OUTSIDE:
        return [_item(one, one.affects_hiring) for one in found if one.affects_hiring]
    return [Item(key="incidents", line=texts.how_many(len(found)))] if found else []


def may_be_told(ctx: Context, asked: Asked, incident: Incident) -> bool:
    """Say whether an incident may be told where an agenda is read; TLP:RED is told nowhere."""
    id, tlp = incident.id or 0, incident.tlp
    if asked.reach is not Reach.KNOWN:
        return tlp in _FOR_ALL
    if tlp in _FOR_ALL:
        out = tables.excluded(ctx.session, id)
        return asked.all_may(lambda one: one.id not in out)
    return tlp is not Tlp.RED and asked.all_may(lambda one: access.may_read(ctx, id, one.id))


def _item(one: Incident, how: AffectsHiring) -> Item:
    line = texts.line(codes.code(one), one.state, one.severity, how)
    return Item(key=f"incident:{one.id}", line=line)
