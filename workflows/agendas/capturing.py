"""Keeping what a meeting agrees: by a typed line in its thread, or from beside a message."""

from __future__ import annotations

from datetime import date

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.inbound import Place, QuotedMessage
from bot.text import Line, Ref, parse
from bot.ui import Choice, Date, Form, FormPart, LongText, Message, Option, PersonInput, Reply
from bot.workflow import NO_SUCH_THING
from workflows.agendas import (
    access,
    actions,
    actions_texts,
    capture_tables,
    codes,
    days,
    meant,
    minutes,
    tables,
)
from workflows.agendas import capturing_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.actions import Agreed
from workflows.agendas.rules import LONGEST_LINE, MinuteKind
from workflows.agendas.tables import Action, Meeting, Minute, Series
from workflows.people import asked as named

_DUE, _REF = "due", "ref"


@it.command("action", help=texts.HELP_ACTION, usage=texts.USAGE_ACTION)
def action(ctx: Context, text: str) -> Reply:
    """Keep an action as it was typed; without a name it is whoever's who typed it."""
    line = parse(text)
    series, meeting = meant.meeting(ctx, line)
    agreed = _agreed(ctx, line, days.today(series, ctx.now))
    return _agree(ctx, series, meeting, agreed)


@it.command("decision", help=texts.HELP_DECISION, usage=texts.USAGE_DECISION)
def decision(ctx: Context, text: str) -> Reply:
    """Keep a decision as it was typed."""
    return _typed(ctx, MinuteKind.DECISION, text)


@it.command("note", help=texts.HELP_NOTE, usage=texts.USAGE_NOTE)
def note(ctx: Context, text: str) -> Reply:
    """Keep a note as it was typed."""
    return _typed(ctx, MinuteKind.NOTE, text)


@it.shortcut("keep", title=texts.KEEP, help=texts.HELP_KEEP, read_only=True)
def keep(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Open the form with the words of a message; in an agenda's thread the meeting is known."""
    at = ctx.place
    place = Place(at.platform, at.tenant, at.channel, at.thread or quoted.id or None)
    where = f"{at.platform} {at.tenant} {at.channel} {quoted.id}"
    source = ctx.sealer.digest(where, purpose="agenda message") if quoted.id else ""
    meeting = _readable(ctx, meant.in_thread(ctx, place))
    if meeting is None and not tables.series_of(ctx.session, ctx.person.id):
        raise NotFound(texts.NO_SERIES)
    if source and (before := capture_tables.made_of(ctx.session, source)):
        raise _kept_already(ctx, before)
    form = write.open(ctx, meeting=meeting.id or 0 if meeting else 0, source=source)
    return _filled(form, quoted.text)


@it.form("keep_form")
def write(ctx: Context, meeting: int = 0, source: str = "") -> Form:
    """Ask what is kept, and of which meeting unless that is known."""
    kinds = tuple(Option(value=kind, label=label) for kind, label in texts.KINDS.items())
    which = () if _named(ctx, meeting) else (_which(ctx),)
    questions: tuple[FormPart, ...] = (
        *which,
        Choice(name="kind", label=texts.KIND, options=kinds, initial=texts.ACTION),
        LongText(name="what", label=texts.WHAT, max_length=LONGEST_LINE),
        PersonInput(name="who", label=texts.WHO, hint=texts.WHO_HINT, required=False),
        Date(name="due", label=texts.DUE, hint=texts.DUE_HINT, required=False),
    )
    return Form(title=texts.FORM, inputs=questions, submit=texts.SEND)


@write.submit
def take(ctx: Context, answers: Answers, meeting: int = 0, source: str = "") -> Reply:
    """Keep what the form says."""
    known = _named(ctx, meeting)
    series = meant.attended(ctx, known.series_id if known else int(answers.text("series")))
    of = tables.lock_meeting(ctx.session, meeting) if known else meant.latest(ctx, series)
    if source and (before := capture_tables.made_of(ctx.session, source)):
        raise _kept_already(ctx, before)
    what = _checked(answers.text("what"))
    if answers.text("kind") != texts.ACTION:
        return _keep(ctx, of, MinuteKind(answers.text("kind")), what, made_of=source or None)
    owner = named.picked_person(ctx, answers) if answers.text("who") else ctx.person
    due = answers.day("due")
    day = days.checked(due, days.today(series, ctx.now)) if due else None
    agreed = Agreed(text=what, owner=owner, due_on=day, made_of=source or None)
    return _agree(ctx, series, of, agreed)


def _agreed(ctx: Context, line: Line, today: date) -> Agreed:
    """Read an action as it was typed.

    Raises:
        Invalid: it says nothing, or something that cannot be read.
    """
    said = {**line.flags, **line.values}
    if line.rest is not None or said.keys() - {_DUE, _REF}:
        raise Invalid(texts.PIECES)
    words = [
        word for word in line.words if not actions.is_person(word) and not meant.is_series(word)
    ]
    if not words:
        raise Invalid(texts.SAY_WHAT)
    ref = said.get(_REF, "")
    about = Ref.parse(ref)
    if ref and about is None:
        raise Invalid(texts.NO_REF)
    return Agreed(
        text=_checked(" ".join(words)),
        owner=actions.owner_named(ctx, line) or ctx.person,
        due_on=days.named(said.get(_DUE, ""), today),
        ref=str(about) if about else "",
    )


def _agree(ctx: Context, series: Series, meeting: Meeting | None, agreed: Agreed) -> Message:
    kept = actions.agree(ctx, series, meeting, agreed)
    minutes.changed(ctx, meeting)
    code = codes.action(kept.id)
    if agreed.owner.id == ctx.person.id:
        return Message(text=actions_texts.yours(code, kept.due_on))
    return Message(text=actions_texts.kept(code, agreed.owner.name, kept.due_on))


def _typed(ctx: Context, kind: MinuteKind, text: str) -> Message:
    first, _, rest = text.strip().partition(" ")
    words = rest if meant.is_series(first) else text
    _, meeting = meant.meeting(ctx, parse(first if meant.is_series(first) else ""))
    line = parse(words)
    is_quoted = len(line.words) == 1 and line.rest is None and not (line.flags or line.values)
    what = _checked(line.words[0] if is_quoted else words)
    return _keep(ctx, meeting, kind, what)


def _keep(
    ctx: Context,
    meeting: Meeting | None,
    kind: MinuteKind,
    what: str,
    *,
    made_of: str | None = None,
) -> Message:
    if meeting is None:
        raise Conflict(texts.NO_MEETING)
    minutes.keep(ctx, meeting, kind, what, made_of=made_of)
    return Message(text=texts.kept(kind))


def _checked(text: str) -> str:
    """Return words on one line.

    Raises:
        Invalid: there are none, or too many.
    """
    line = " ".join(text.split())
    if not line:
        raise Invalid(texts.SAY_WORDS)
    if len(line) > LONGEST_LINE:
        raise Invalid(texts.TOO_LONG)
    return line


def _readable(ctx: Context, meeting: Meeting | None) -> Meeting | None:
    """Return a meeting if whoever asks comes to it."""
    series = tables.series(ctx.session, meeting.series_id) if meeting else None
    return meeting if series is not None and access.may_read(ctx, series) else None


def _named(ctx: Context, id: int) -> Meeting | None:
    """Return the meeting that a form is about; None when it asks for one.

    Raises:
        NotFound: it is none of theirs.
    """
    found = _readable(ctx, tables.meeting(ctx.session, id))
    if id and found is None:
        raise NotFound(NO_SUCH_THING)
    return found


def _which(ctx: Context) -> Choice:
    own = tables.series_of(ctx.session, ctx.person.id)
    if not own:
        raise NotFound(NO_SUCH_THING)
    options = tuple(
        Option(value=str(one.id), label=f"{codes.series(one.id)}, {one.name}") for one in own
    )
    first = access.posted_at(ctx, ctx.place)
    initial = next((option.value for option in options if int(option.value) in first), "")
    return Choice(name="series", label=texts.MEETING, options=options, initial=initial)


def _filled(form: Form, text: str) -> Form:
    """Return the form with the words of a message in it."""
    inputs = tuple(
        part.model_copy(update={"initial": text[:LONGEST_LINE]})
        if isinstance(part, LongText)
        else part
        for part in form.inputs
    )
    return form.model_copy(update={"inputs": inputs})


def _kept_already(ctx: Context, before: Action | Minute) -> Conflict:
    """Return that a message was kept before, and as what to those who come to that meeting."""
    if isinstance(before, Action):
        series = tables.series(ctx.session, before.series_id)
        is_theirs = series is not None and access.may_read(ctx, series)
        return Conflict(texts.kept_already(codes.action(before.id)) if is_theirs else texts.KEPT)
    meeting = tables.meeting(ctx.session, before.meeting_id)
    return Conflict(texts.kept_already() if _readable(ctx, meeting) else texts.KEPT)
