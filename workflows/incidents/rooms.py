"""The rooms of an incident on each platform: opened, filled with its readers, kept up with it.

Who may read the incident is in its rooms, and nobody else: before a line is shown, its platform
has everybody there, or says who reads. All of it goes by what is true when a timer looks.
"""

from collections.abc import Mapping

from sqlmodel import Session

from bot.asking import Gather, MakeChannel, Question, SeeReaders
from bot.context import Context
from bot.inbound import Place
from bot.workflow import Route
from storage import places
from workflows.incidents import (
    access,
    archiving,
    calls,
    codes,
    rendering,
    rooms_tables,
    rules,
    tables,
    timeline,
    views,
)
from workflows.incidents import rooms_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rooms_tables import Purpose, Room, RoomKind
from workflows.incidents.tables import Incident
from workflows.reports.rules import TRIAGE_ROOM

LONGEST_NAME = 60
STAKEHOLDERS_ENDING = "-news"


@calls.incidents_change
def look(ctx: Context, incident_id: int) -> None:
    """Look at an incident's rooms after the commit, when all of this transaction is there."""
    key = f"incident:{incident_id}:rooms:{ctx.request_id}"
    ctx.schedule(tend, ctx.now, key=key, incident=incident_id)
    for room in rooms_tables.rooms_of(ctx.session, incident_id):
        if not room.is_being_made:
            room.next_look = key


@calls.events_happen
def look_for_line(ctx: Context, event_id: int) -> None:
    """Look at the rooms of the incident whose timeline has a new line."""
    event = tables.event(ctx.session, event_id)
    if event is not None:
        look(ctx, event.incident_id)


@it.timer("tend_rooms")
def tend(ctx: Context, incident: int) -> None:
    """Open the rooms that an incident lacks, and bring the others up to date."""
    found = tables.lock_incident(ctx.session, incident)
    if found is None:
        return
    rooms = rooms_tables.rooms_of(ctx.session, incident)
    if found.state not in rules.OVER:
        there = {room.platform for room in rooms if room.purpose is Purpose.RESPONSE}
        for platform in sorted(ctx.platforms - there):
            make(ctx, found, platform)
    for room in rooms:
        _update(ctx, found, room)


@it.timer("room_made")
def made(ctx: Context, room: int, answer: Place | None = None) -> None:
    """Begin with the channel that was made, or with what there is instead of one."""
    own, incident = _locked(ctx, room)
    if own is None or incident is None:
        return
    if answer is None:
        _fall_back(ctx, incident, own)
    else:
        own.tenant, own.channel = answer.tenant, answer.channel
        _update(ctx, incident, own)


@it.timer("room_gathered")
def gathered(ctx: Context, room: int, asked: list[int], answer: list[int] | None = None) -> None:
    """Show what is new in a channel in which exactly those are who may read it.

    Whoever of those *asked* in was shut out meanwhile goes first.
    """
    own, incident = _locked(ctx, room)
    if own is None or incident is None:
        return
    readers = {one.id for one in access.readers(ctx, own.incident_id)}
    if answer is None:
        _fall_back(ctx, incident, own)
    elif not readers.issuperset(asked):
        _update(ctx, incident, own)
    else:
        own.missing = answer
        _show(ctx, incident, own)


@it.timer("room_seen")
def seen(ctx: Context, room: int, answer: list[int] | None = None) -> None:
    """Show what is new in a thread, if everybody who reads there may read the incident."""
    own, incident = _locked(ctx, room)
    if own is None or incident is None:
        return
    readers = {one.id for one in access.readers(ctx, own.incident_id)}
    if answer is None or not readers.issuperset(answer):
        _leave(ctx, incident, own)
        return
    own.missing = [one.id for one in rendering.unreached(ctx, incident, own, present=answer)]
    _show(ctx, incident, own)


@it.awaits
def rooms_that_lack_a_line(session: Session) -> Mapping[str, str]:
    """Return the rooms that do not show what they should, and what will change that."""
    return {
        f"incident:{room.incident_id}:room:{room.id}": room.next_look
        for room in rooms_tables.behind(session)
    }


def name_of(incident: Incident, purpose: Purpose = Purpose.RESPONSE) -> str:
    """Return what a channel of an incident is called: never by its title."""
    ending = "" if purpose is Purpose.RESPONSE else STAKEHOLDERS_ENDING
    name = f"sec-{incident.codename.replace(' ', '-')}"
    return f"{name[: LONGEST_NAME - len(ending)]}{ending}"


def make(
    ctx: Context, incident: Incident, platform: str, purpose: Purpose = Purpose.RESPONSE
) -> None:
    """Have a channel made for those who may read an incident."""
    room = _open(ctx, incident, platform, RoomKind.CHANNEL, purpose)
    _ask(ctx, room, MakeChannel(platform, name_of(incident, purpose)), made)


def use(ctx: Context, incident: Incident, place: Place, purpose: Purpose) -> None:
    """Have a room in a channel that is there, as long as all who read it may read the incident."""
    room = _open(ctx, incident, place.platform, RoomKind.THREAD, purpose)
    room.tenant, room.channel, room.thread = place.tenant, place.channel, place.thread
    _update(ctx, incident, room)


def _open(
    ctx: Context,
    incident: Incident,
    platform: str,
    kind: RoomKind,
    purpose: Purpose = Purpose.RESPONSE,
) -> Room:
    room = Room(
        incident_id=incident.id or 0,
        platform=platform,
        kind=kind,
        purpose=purpose,
        opened_at=ctx.now,
    )
    ctx.session.add(room)
    ctx.session.flush()
    return room


def _ask(ctx: Context, room: Room, question: Question, then: Route[...], **payload: object) -> None:
    room.next_look = f"incident:{room.incident_id}:room:{room.id}:{then.id}:{ctx.request_id}"
    ctx.ask(question, then, key=room.next_look, room=room.id, **payload)


def _update(ctx: Context, incident: Incident, room: Room) -> None:
    """Show what is new in a room, as soon as nobody but its readers would see it."""
    if room.kind is RoomKind.CHATS:
        _show(ctx, incident, room)
    elif room.kind is RoomKind.THREAD:
        _ask(ctx, room, SeeReaders(room.place), seen)
    elif not room.is_being_made:
        readers = [one.id for one in access.readers(ctx, room.incident_id)]
        _ask(ctx, room, Gather(room.place, tuple(readers)), gathered, asked=readers)


def _show(ctx: Context, incident: Incident, room: Room) -> None:
    rendering.catch_up(ctx, incident, room)
    archiving.plan(ctx, incident, room)


def _fall_back(ctx: Context, incident: Incident, room: Room) -> None:
    """Go on in threads where triage reads, since there is no channel; else in people's chats."""
    _end(ctx, incident, room)
    if room.purpose is Purpose.STAKEHOLDERS:
        timeline.note(ctx, incident, rules.Kind.DELIVERY, texts.NO_STAKEHOLDERS_ROOM)
        return
    threads = [
        place
        for place in places.places_of(ctx.session, TRIAGE_ROOM)
        if place.platform == room.platform
    ]
    for place in threads:
        thread = _open(ctx, incident, room.platform, RoomKind.THREAD)
        thread.tenant, thread.channel, thread.thread = place.tenant, place.channel, place.thread
        _update(ctx, incident, thread)
    if not threads:
        _update(ctx, incident, _open(ctx, incident, room.platform, RoomKind.CHATS))


def _leave(ctx: Context, incident: Incident, room: Room) -> None:
    """Go on in people's chats, since others would read along."""
    _end(ctx, incident, room)
    if room.purpose is Purpose.STAKEHOLDERS:
        timeline.note(ctx, incident, rules.Kind.DELIVERY, texts.OTHERS_READ_ALONG)
        return
    others = rooms_tables.rooms_of(ctx.session, room.incident_id)
    own = [other for other in others if other.purpose is room.purpose]
    if all(other.platform != room.platform for other in own):
        _update(ctx, incident, _open(ctx, incident, room.platform, RoomKind.CHATS))


def _end(ctx: Context, incident: Incident, room: Room) -> None:
    """Use a room no more; what was said there is taken back, since others may read it."""
    rendering.hush(ctx, incident, room, views.stub(codes.code(incident), incident))
    room.closed_at = ctx.now
    ctx.session.flush()


def _locked(ctx: Context, id: int) -> tuple[Room | None, Incident | None]:
    """Return a room that is in use and its incident, which nobody else changes meanwhile."""
    room = rooms_tables.room(ctx.session, id)
    incident = tables.lock_incident(ctx.session, room.incident_id) if room else None
    return room, incident
