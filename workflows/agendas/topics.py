"""Topics that people put on the next agenda; what comes too late, or is put off, is parked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.shown import one_line
from bot.text import parse
from bot.ui import Form, Message, Number, PersonInput, Reply, ShortText
from bot.workflow import NO_SUCH_THING
from workflows.agendas import (
    absence,
    access,
    actions,
    actions_views,
    building,
    calls,
    codes,
    keeping,
    meant,
    tables,
    views,
)
from workflows.agendas import capture_tables as found_by
from workflows.agendas import topics_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.building import Readers
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import LONGEST_TOPIC, Part, Reach, State, TopicState
from workflows.agendas.tables import Meeting, Series, Topic
from workflows.people import asked as named

_MINUTES = re.compile(r"([0-9]{1,3})(?:m|min)")
_LONGEST = 240  #: minutes
#: From then on a topic comes too late for the meeting.
_SETTLED = (State.PUBLISHED, State.RUNNING)
_WAITING = (TopicState.OPEN, TopicState.PARKED)


@it.command("agenda add", help=texts.HELP_ADD, usage=texts.USAGE_ADD)
def add(ctx: Context, text: str) -> Reply:
    """Put a topic on the next agenda as it was typed; without words, open the form."""
    line = parse(text)
    series = meant.series(ctx, line)
    words = [
        word for word in line.words if not actions.is_person(word) and not meant.is_series(word)
    ]
    times = [match for word in words if (match := _MINUTES.fullmatch(word))]
    said = [word for word in words if not _MINUTES.fullmatch(word)]
    if not line.text or not (said or times or line.rest):
        return ask.open(ctx, series=series.id or 0)
    if line.rest is not None or line.flags or line.values or len(times) > 1:
        raise Invalid(texts.PIECES)
    speaker = actions.owner_named(ctx, line)
    topic = Topic(
        series_id=series.id or 0,
        minutes=_checked_minutes(int(times[0][1])) if times else None,
        owner_id=speaker.id if speaker else None,
        added_at=ctx.now,
    )
    return _add(ctx, series, topic, " ".join(said))


@it.form("suggest_topic")
def ask(ctx: Context, series: int) -> Form:
    """Ask for a topic."""
    access.readable(ctx, series)
    questions = (
        ShortText(name="topic", label=texts.TOPIC, max_length=LONGEST_TOPIC),
        Number(name="minutes", label=texts.MINUTES, minimum=1, maximum=_LONGEST, required=False),
        PersonInput(name="who", label=texts.WHO, required=False),
    )
    return Form(title=texts.FORM, inputs=questions, submit=texts.SEND)


@ask.submit
def take(ctx: Context, answers: Answers, series: int) -> Reply:
    """Put the topic of the form on the next agenda."""
    found = meant.attended(ctx, series)
    minutes = answers.number("minutes")
    speaker = named.picked_person(ctx, answers) if answers.text("who") else None
    topic = Topic(
        series_id=series,
        minutes=int(minutes) if minutes else None,
        owner_id=speaker.id if speaker else None,
        added_at=ctx.now,
    )
    return _add(ctx, found, topic, answers.text("topic"))


@it.command("agenda topics", help=texts.HELP_LIST, usage=texts.USAGE_SERIES, read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show the topics that wait."""
    series, _ = meant.shown(ctx, parse(text))
    lines = [
        texts.line(codes.topic(one.id), one_line(keeping.text(ctx.sealer, one)), one.state)
        for one in tables.topics(ctx.session, series.id or 0, *_WAITING)
    ]
    button = ask.button(texts.ADD, series=series.id or 0)
    if not lines:
        return views.said(texts.NONE, buttons=[button])
    heading = texts.waiting(series.name)
    return actions_views.listing(heading, lines, [button])


@it.command("agenda park", help=texts.HELP_PARK, usage=texts.USAGE)
def park(ctx: Context, text: str) -> Reply:
    """Put a topic off."""
    series, topic = _waiting(ctx, codes.named_topic(parse(text)))
    _settle(ctx, series, topic, TopicState.PARKED)
    return Message(text=texts.parked(codes.topic(topic.id)))


@it.command("agenda withdraw", help=texts.HELP_WITHDRAW, usage=texts.USAGE)
def withdraw(ctx: Context, text: str) -> Reply:
    """Take a topic back."""
    series, topic = _waiting(ctx, codes.named_topic(parse(text)))
    _settle(ctx, series, topic, TopicState.DROPPED)
    return Message(text=texts.withdrawn(codes.topic(topic.id)))


@calls.section(Part.ADDED)
def items(ctx: Context, asked: Asked) -> Sequence[Item]:
    """Return the topics of an agenda; where others read along, by their numbers alone."""
    is_outside = asked.reach is Reach.OUTSIDE
    return [
        Item(
            key=_key(one),
            line=codes.topic(one.id) if is_outside else one_line(keeping.text(ctx.sealer, one)),
            owner_id=one.owner_id if asked.reach is Reach.KNOWN else None,
            minutes=one.minutes,
        )
        for one in tables.topics(ctx.session, asked.series_id, TopicState.OPEN)
    ]


@calls.meetings_move
def close(ctx: Context, meeting: Meeting) -> None:
    """When a meeting is over, note what it talked about; the rest stands on the next agenda."""
    if meeting.state is State.OVER:
        shown = _shown(ctx, meeting)
        for topic in tables.topics(ctx.session, meeting.series_id, TopicState.OPEN):
            if _key(topic) in shown:
                topic.state = TopicState.DISCUSSED
    if meeting.state is State.OVER or _falls_out(ctx, meeting):
        for topic in tables.topics(ctx.session, meeting.series_id, TopicState.PARKED):
            topic.state = TopicState.OPEN
        _show_anew(ctx, meeting.series_id)


def _shown(ctx: Context, meeting: Meeting) -> set[str]:
    """Return the keys of what stood on an agenda: not left out, and not folded for lack of time."""
    series = tables.series(ctx.session, meeting.series_id)
    if series is None:
        return set()
    readers = Readers(Reach.KNOWN, absence.crew(ctx, series).owners)
    agenda = building.build(ctx, meeting, series, readers)
    return {item.key for section in agenda.sections for item in section.items}


def _falls_out(ctx: Context, meeting: Meeting) -> bool:
    """Say whether a meeting does not take place, and no other's agenda is out already."""
    if meeting.state not in {State.SKIPPED, State.MISSED}:
        return False
    return not tables.meetings_of(ctx.session, meeting.series_id, *_SETTLED)


def _add(ctx: Context, series: Series, topic: Topic, text: str) -> Message:
    words = " ".join(text.split())
    if not words:
        raise Invalid(texts.SAY_WHAT)
    if len(words) > LONGEST_TOPIC:
        raise Invalid(texts.TOO_LONG)
    topic.added_by = ctx.person.id
    meeting = meant.coming(ctx, series)
    is_late = meeting is not None and meeting.state in _SETTLED
    topic.state = TopicState.PARKED if is_late else TopicState.OPEN
    keeping.seal(ctx, topic, words)
    _changed(ctx, series, topic)
    code = codes.topic(topic.id)
    return Message(text=texts.too_late(code) if is_late else texts.added(code))


def _waiting(ctx: Context, id: int) -> tuple[Series, Topic]:
    """Return a topic that waits and its series, both locked, for whoever may change it."""
    found = found_by.topic(ctx.session, id)
    series = meant.attended(ctx, found.series_id if found else 0)
    topic = tables.lock_topic(ctx.session, id)
    if topic is None or not _may_change(ctx, series, topic):
        raise NotFound(NO_SUCH_THING)
    if topic.state not in _WAITING:
        raise Conflict(texts.OVER)
    return series, topic


def _may_change(ctx: Context, series: Series, topic: Topic) -> bool:
    meeting = meant.coming(ctx, series)
    theirs = {topic.added_by, topic.owner_id, meeting.facilitator_id if meeting else None}
    return ctx.person.id in theirs or access.may_change(ctx, series)


def _settle(ctx: Context, series: Series, topic: Topic, state: TopicState) -> None:
    topic.state = state
    _changed(ctx, series, topic)


def _changed(ctx: Context, series: Series, topic: Topic) -> None:
    ctx.record(f"agenda_topic:{topic.id}", after=topic.state)
    _show_anew(ctx, series.id or 0)


def _show_anew(ctx: Context, series_id: int) -> None:
    ctx.session.flush()
    for meeting in tables.open_meetings(ctx.session, series_id):
        calls.agenda_changed(ctx, meeting)


def _key(topic: Topic) -> str:
    return f"topic:{topic.id}"


def _checked_minutes(minutes: int) -> int:
    if not 1 <= minutes <= _LONGEST:
        raise Invalid(texts.NO_TIME)
    return minutes
