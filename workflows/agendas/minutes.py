"""The minutes: what a meeting decided, agreed and put off, in its thread once it is over."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from bot.asking import SeeColleagues
from bot.clock import zone_named
from bot.context import Context
from bot.inbound import Place
from bot.shown import one_line
from bot.text import parse
from bot.ui import Message, Reply
from storage import people, posts
from workflows.agendas import (
    actions,
    actions_views,
    calls,
    capture_tables,
    codes,
    copying,
    days,
    keeping,
    meant,
    minutes_views,
    publishing,
    tables,
)
from workflows.agendas import minutes_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.actions_views import Shown
from workflows.agendas.minutes_views import Kept
from workflows.agendas.rules import ActionState, MinuteKind, Reach, State, TopicState
from workflows.agendas.tables import Action, Meeting, Minute, Series


def keep(
    ctx: Context, meeting: Meeting, kind: MinuteKind, text: str, *, made_of: str | None = None
) -> None:
    """Keep a decision or a note of a locked meeting."""
    row = Minute(
        meeting_id=meeting.id or 0,
        kind=kind,
        by=ctx.person.id or None,
        at=ctx.now,
        made_of=made_of,
    )
    keeping.seal(ctx, row, text)
    ctx.record(codes.entity(meeting.id), after=(kind, text))
    changed(ctx, meeting)


def changed(ctx: Context, meeting: Meeting | None) -> None:
    """Show the minutes of a meeting anew, if it is over."""
    if meeting is None or meeting.state is not State.OVER:
        return
    for place in publishing.places_of(ctx, meeting.series_id):
        at = copying.spot_of(place)
        key = f"{codes.entity(meeting.id)}:minutes:{ctx.request_id}:{at}"
        ctx.ask(SeeColleagues(place), post, key=key, meeting=meeting.id, at=at)


@it.timer("post_minutes")
def post(ctx: Context, meeting: int, at: str, answer: list[int] | None = None) -> None:
    """Post the minutes below the agenda, as all who read there may know them."""
    found = tables.meeting(ctx.session, meeting)
    series = tables.series(ctx.session, found.series_id) if found else None
    place = copying.place_at(at)
    if found is None or series is None:
        return
    if place not in publishing.places_of(ctx, found.series_id):
        return
    reach = publishing.reach_of(answer)
    kept, is_outside = _kept(ctx, series, found, reach), reach is Reach.OUTSIDE
    ctx.send(
        _below(ctx, found, place),
        minutes_views.reduced(kept) if is_outside else minutes_views.card(kept),
        key=f"minutes:{meeting}",
        about=codes.entity(meeting),
        sensitive=not is_outside,
    )


@calls.meetings_move
def close(ctx: Context, meeting: Meeting) -> None:
    """Post the minutes of a meeting that is over, and tell everybody what they took home."""
    if meeting.state is not State.OVER:
        return
    changed(ctx, meeting)
    own: defaultdict[int, list[Action]] = defaultdict(list)
    for action in capture_tables.agreed_in(ctx.session, meeting.id or 0):
        if action.state is ActionState.OPEN and action.owner_id is not None:
            own[action.owner_id].append(action)
    series = tables.series(ctx.session, meeting.series_id)
    for owner, agreed in own.items():
        if series is not None:
            _hand_out(ctx, series, meeting, owner, agreed)


@it.command("agenda minutes", help=texts.HELP, usage=texts.USAGE, read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show the minutes to somebody who comes to the meeting."""
    series, meeting = meant.shown(ctx, parse(text))
    if meeting is None:
        return Message(text=texts.NO_MEETING)
    return minutes_views.card(_kept(ctx, series, meeting))


def _kept(ctx: Context, series: Series, meeting: Meeting, reach: Reach = Reach.KNOWN) -> Kept:
    """Return what was kept; people are named where everybody who reads is known."""
    rows = [(row.kind, keeping.text(ctx.sealer, row)) for row in _rows(ctx, meeting)]
    topics = tables.topics(ctx.session, series.id or 0, TopicState.PARKED, TopicState.OPEN)
    return Kept(
        code=codes.series(series.id),
        name=series.name,
        day=_day(series, meeting),
        decisions=[one_line(text) for kind, text in rows if kind is MinuteKind.DECISION],
        notes=[one_line(text) for kind, text in rows if kind is MinuteKind.NOTE],
        actions=[
            actions_views.line(_shown(ctx, one, reach), days.today(series, ctx.now))
            for one in capture_tables.agreed_in(ctx.session, meeting.id or 0)
        ],
        # What was not talked about by its end stands on the next agenda.
        parked=[
            f"{codes.topic(one.id)}: {one_line(keeping.text(ctx.sealer, one))}"
            for one in topics
            if one.added_at <= meeting.ends_at
            and (one.state is TopicState.PARKED or meeting.state is State.OVER)
        ],
    )


def _rows(ctx: Context, meeting: Meeting) -> list[Minute]:
    return tables.minutes(ctx.session, meeting.id or 0)


def _shown(ctx: Context, action: Action, reach: Reach) -> Shown:
    told = actions.name_of if reach is Reach.KNOWN else actions.department_of
    return Shown(action, keeping.text(ctx.sealer, action), told(ctx, action.owner_id))


def _hand_out(
    ctx: Context, series: Series, meeting: Meeting, owner: int, agreed: list[Action]
) -> None:
    """Tell somebody in one message what they agreed to do."""
    today = days.today(series, ctx.now)
    lines = [actions_views.line(Shown(one, keeping.text(ctx.sealer, one)), today) for one in agreed]
    heading = texts.yours(series.name, _day(series, meeting))
    buttons = actions.buttons(agreed[0]) if len(agreed) == 1 else actions.done_buttons(agreed)
    message = actions_views.listing(heading, lines, buttons)
    to = people.by_id(ctx.session, owner, now=ctx.now)
    entity = codes.entity(meeting.id)
    ctx.send(to, message, key=f"{entity}:actions:{owner}", about=entity, sensitive=True)


def _day(series: Series, meeting: Meeting) -> date:
    return meeting.starts_at.astimezone(zone_named(series.timezone)).date()


def _below(ctx: Context, meeting: Meeting, place: Place) -> Place:
    """Return the thread of the agenda in a place; where it is not, the place itself."""
    heads = (
        one.message
        for one in posts.about(ctx.session, codes.entity(meeting.id))
        if (one.platform, one.tenant, one.channel) == (place.platform, place.tenant, place.channel)
        and one.thread is None
        and not one.dead
    )
    head = next(heads, None) if place.thread is None else None
    return replace(place, thread=head) if head else place
