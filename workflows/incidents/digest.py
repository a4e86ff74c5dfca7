"""Each working day: the mild incidents that are open, to who may read them, in their own hours."""

from collections import defaultdict

from bot.calendars import calendar_of
from bot.context import Context
from bot.ui import Items, Message, Text
from storage import people
from workflows.incidents import access, codes, tables
from workflows.incidents import digest_texts as texts
from workflows.incidents import texts as common
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER, State, Tlp
from workflows.incidents.tables import Incident
from workflows.reports.rules import Severity
from workflows.reports.texts import CATEGORIES


@it.timer("digest", every="mon-fri 09:00")
def digest(ctx: Context) -> None:
    """Have the digest sent to everybody for whom there is one, when they are at work."""
    readers: defaultdict[int, list[int]] = defaultdict(list)
    for incident in tables.incidents_in(ctx.session, set(State) - OVER):
        if _is_told(incident):
            for reader in access.readers(ctx, incident.id or 0):
                readers[reader.id].append(incident.id or 0)
    for id in readers:
        reader = people.by_id(ctx.session, id, now=ctx.now)
        at = calendar_of(ctx.session, reader, since=ctx.now).next_working(ctx.now)
        ctx.schedule(send, at, key=f"digest:{id}:{ctx.now:%Y-%m-%d}", person=id)


@it.timer("send_digest")
def send(ctx: Context, person: int) -> None:
    """Send somebody the lines of what is open now and theirs to read."""
    reader = people.by_id(ctx.session, person, now=ctx.now)
    found = [
        one
        for one in tables.incidents_in(ctx.session, set(State) - OVER)
        if _is_told(one) and access.may_read(ctx, one.id or 0, person)
    ]
    if not found or not reader.active:
        return
    lines = tuple(_line(one) for one in found)
    message = Message(
        text="\n".join((texts.HEADING, *lines)),
        blocks=(Text(text=texts.HEADING), Items(items=lines)),
    )
    ctx.send(reader, message, key=f"digest:{person}:{ctx.now:%Y-%m-%d}", sensitive=True)


def _is_told(incident: Incident) -> bool:
    """Say whether an incident stands in the digest: it is mild, and no colour forbids it."""
    return incident.severity is Severity.S4 and incident.tlp is not Tlp.RED


def _line(incident: Incident) -> str:
    state = common.STATES[incident.state]
    return texts.line(codes.code(incident), CATEGORIES[incident.category], state)
