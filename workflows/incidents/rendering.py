"""The timeline in the rooms of an incident: each line once, and the same in all of them."""

from collections.abc import Collection, Iterator

from bot.context import Context
from bot.ui import Button, Message
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    audience,
    card_texts,
    cards,
    codes,
    keeping,
    notes_texts,
    noting,
    rooms_tables,
    rooms_texts,
    rooms_views,
    sharing,
    sheet_tables,
    tables,
    telling,
)
from workflows.incidents.rooms_tables import Purpose, Rendered, Room, RoomKind
from workflows.incidents.rules import Kind, Tlp
from workflows.incidents.sheet_tables import Standing
from workflows.incidents.tables import Event, Incident


def catch_up(ctx: Context, incident: Incident, room: Room) -> None:
    """Let a room show every line of the timeline that it lacks and may show."""
    id = room.id or 0
    known = rooms_tables.rendered(ctx.session, id)
    if not known:
        say(ctx, incident, room, _root(incident, room), what=rooms_tables.ROOTS[room.purpose])
    for event in rooms_tables.unrendered(ctx.session, room):
        held = sharing.is_withheld(incident, event, room)
        known.append(Rendered(room_id=id, event_id=event.id or 0, is_withheld=held))
    shown = {one.event_id for one in known if one.at is not None}
    for one in known:
        one.is_withheld = one.is_withheld and incident.tlp is Tlp.RED
        if one.at is None and not one.is_withheld:
            one.at = ctx.now
            _show(ctx, incident, room, one.event_id, shown=shown)
    ctx.session.add_all(known)
    if room.purpose is Purpose.STAKEHOLDERS and incident.tlp is not Tlp.RED:
        _show_words(ctx, incident, room)
    room.next_look = ""
    ctx.session.flush()


def say(ctx: Context, incident: Incident, room: Room, message: Message, *, what: str) -> None:
    """Say something in a room, and to whom it does not reach; the same *what* again edits it."""
    if room.kind is not RoomKind.CHATS:
        _post(ctx, room, message, what)
    telling.tell(ctx, incident, _in_chats(ctx, incident, room), message, what=what)


def hush(ctx: Context, incident: Incident, room: Room, message: Message) -> None:
    """Leave nothing but *message* of what stands in a room, where somebody may read it now."""
    shown = [one for one in rooms_tables.rendered(ctx.session, room.id or 0) if one.at]
    for one in shown:
        _post(ctx, room, message, _what(one.event_id), is_sensitive=False)
    for what in room.told:
        _post(ctx, room, message, what, is_sensitive=False)
    if shown:
        _post(ctx, room, message, rooms_tables.ROOTS[room.purpose], is_sensitive=False)


def unreached(
    ctx: Context, incident: Incident, room: Room, *, present: Collection[int] = ()
) -> list[Person]:
    """Return who may read an incident, has an account on a room's platform, and is in no room."""
    elsewhere = set(_in_other_channels(ctx, incident, room))
    return [
        one
        for one in access.readers(ctx, incident.id or 0)
        if one.id not in elsewhere and one.id not in present and _is_on(ctx, one.id, room.platform)
    ]


def _root(incident: Incident, room: Room) -> Message:
    label = card_texts.LOOK.format(code=codes.code(incident))
    look = cards.look.button(label, incident=room.incident_id)
    if room.purpose is Purpose.STAKEHOLDERS:
        return rooms_views.stakeholders_root(incident, look)
    return rooms_views.root(incident, look)


def _show_words(ctx: Context, incident: Incident, room: Room) -> None:
    """Show what each department is told, once it is, and again when it reads otherwise."""
    told = dict(room.told)
    for words in sheet_tables.all_words(ctx.session, room.incident_id):
        if words.standing is Standing.DRAFT:
            continue
        card, what = audience.card(ctx, incident, words), f"told:{words.department}:{words.edition}"
        digest = ctx.digest_of(card)
        if told.get(what) != digest:
            told[what] = digest
            _post(ctx, room, card, what)
    room.told = told


def _show(
    ctx: Context, incident: Incident, room: Room, event_id: int, *, shown: Collection[int]
) -> None:
    """Show a line; what it corrects says so from now on, where it was *shown* before."""
    event = tables.event(ctx.session, event_id)
    if event is None:
        return
    say(ctx, incident, room, _card(ctx, incident, event), what=_what(event_id))
    if event.supersedes_id is not None and event.supersedes_id in shown:
        _show(ctx, incident, room, event.supersedes_id, shown=())


def _card(ctx: Context, incident: Incident, event: Event) -> Message:
    return rooms_views.line(
        event,
        keeping.event(ctx.sealer, event),
        is_corrected=rooms_tables.superseding(ctx.session, event.id or 0) is not None,
        buttons=tuple(_buttons(ctx, incident, event)),
    )


def _buttons(ctx: Context, incident: Incident, event: Event) -> Iterator[Button]:
    id = event.id or 0
    if event.kind is Kind.NOTE and rooms_tables.superseding(ctx.session, id) is None:
        yield noting.write.button(notes_texts.CORRECT, incident=event.incident_id, corrects=id)
    rooms = rooms_tables.rooms_of(ctx.session, event.incident_id)
    if any(sharing.is_withheld(incident, event, room) for room in rooms):
        yield sharing.show_everywhere.button(rooms_texts.SHOW_EVERYWHERE, event=id)


def _post(
    ctx: Context, room: Room, message: Message, what: str, *, is_sensitive: bool = True
) -> None:
    root = rooms_tables.root_key(room.incident_id, room.purpose)
    is_reply = (
        room.kind is RoomKind.THREAD
        and room.thread is None
        and what not in rooms_tables.ROOTS.values()
    )
    ctx.send(
        room.place,
        message,
        key=f"incident:{room.incident_id}:{what}",
        about=codes.entity(room.incident_id),
        sensitive=is_sensitive,
        under=root if is_reply else "",
    )


def _what(event_id: int) -> str:
    return f"event:{event_id}"


def _in_chats(ctx: Context, incident: Incident, room: Room) -> list[Person]:
    if room.purpose is Purpose.STAKEHOLDERS:  # the others already read each line of it elsewhere
        return []
    if room.kind is RoomKind.CHATS:
        return unreached(ctx, incident, room)
    return [one for one in access.readers(ctx, incident.id or 0) if one.id in room.missing]


def _in_other_channels(ctx: Context, incident: Incident, room: Room) -> Iterator[int]:
    readers = access.readers(ctx, incident.id or 0)
    for other in rooms_tables.rooms_of(ctx.session, incident.id or 0):
        # Also one that is still made: whoever cannot come into it is told from there.
        is_alike = other.id != room.id and other.purpose is room.purpose
        if is_alike and other.kind is RoomKind.CHANNEL:
            yield from (
                one.id
                for one in readers
                if one.id not in other.missing and _is_on(ctx, one.id, other.platform)
            )


def _is_on(ctx: Context, person_id: int, platform: str) -> bool:
    return any(own.platform == platform for own in people.accounts_of(ctx.session, person_id))
