"""Lines that people write into a timeline, or correct; talk is copied nowhere by itself."""

from collections.abc import Mapping
from datetime import datetime

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.inbound import QuotedMessage
from bot.text import Ref, parse
from bot.ui import Choice, DateTime, Form, Input, LongText, Message, Option, Reply
from bot.workflow import NO_SUCH_THING
from workflows.incidents import access, codes, keeping, parts, rooms_tables, tables, timeline
from workflows.incidents import notes_texts as texts
from workflows.incidents import texts as common
from workflows.incidents import workflow as it
from workflows.incidents.rules import Kind
from workflows.incidents.tables import Event, Incident
from workflows.reports.defanging import defang

#: So many incidents stand in a list to choose from.
_MOST = 100


@it.command("security note", help=texts.HELP_NOTE, usage=texts.USAGE_NOTE)
def note(ctx: Context, text: str) -> Reply:
    """Add what was typed; in a room its incident need not be named, and without words ask."""
    first, _, rest = text.strip().partition(" ")
    if Ref.parse(first) is None:
        first, rest = "", text.strip()
    id = codes.named(parse(first)) if first else _incident_here(ctx)
    incident = access.readable(ctx, id)
    return add(ctx, incident, rest.strip()) if rest.strip() else write.open(ctx, incident=id)


@it.shortcut("mark", title=texts.MARK, help=texts.HELP_MARK, read_only=True)
def mark(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Open the form with the words of a message; in a room its incident is chosen."""
    here = rooms_tables.incident_at(ctx.session, ctx.place)
    if not _choosable(ctx):
        raise NotFound(texts.NO_INCIDENTS)
    values: dict[str, object] = {"what": quoted.text[: texts.LONGEST], "at": quoted.sent_at}
    if here is not None and access.may_read(ctx, here):
        values["incident"] = str(here)
    return _filled(choose.open(ctx), values)


@it.form("note")
def write(ctx: Context, incident: int, corrects: int = 0) -> Form:
    """Ask for a line; one that corrects another begins with what that says."""
    found = access.shown(ctx, incident)
    if not corrects:
        return Form(title=texts.FORM_NOTE, inputs=_questions(), submit=texts.SEND)
    line = _correctable(ctx, found, corrects)
    inputs = _questions(keeping.event(ctx.sealer, line), line.occurred_at)
    return Form(title=texts.FORM_CORRECT, inputs=inputs, submit=texts.SEND)


@write.submit
def take(ctx: Context, answers: Answers, incident: int, corrects: int = 0) -> Message:
    """Add a line, or a better one in the place of another."""
    found = access.readable(ctx, incident)
    if corrects:
        _correctable(ctx, found, corrects)
    return add(ctx, found, answers.text("what"), at=_when(ctx, answers), corrects=corrects)


@it.form("choose_incident")
def choose(ctx: Context) -> Form:
    """Ask for a line and for its incident."""
    known = _choosable(ctx)
    if not known:
        raise NotFound(NO_SUCH_THING)
    options = tuple(
        Option(value=str(one.id), label=f"{codes.code(one)}, {one.codename}") for one in known
    )
    which = Choice(name="incident", label=texts.INCIDENT, options=options)
    return Form(title=texts.FORM_NOTE, inputs=(which, *_questions()), submit=texts.SEND)


@choose.submit
def take_chosen(ctx: Context, answers: Answers) -> Message:
    """Add a line to the incident that was chosen."""
    incident = access.readable(ctx, int(answers.text("incident")))
    return add(ctx, incident, answers.text("what"), at=_when(ctx, answers))


def add(
    ctx: Context,
    incident: Incident,
    text: str,
    *,
    at: datetime | None = None,
    corrects: int = 0,
) -> Message:
    """Add a line that whoever asks wrote; addresses in it are made harmless.

    Raises:
        Invalid: it is too long.
    """
    if len(text) > texts.LONGEST:
        raise Invalid(texts.TOO_LONG)
    timeline.note(
        ctx,
        incident,
        Kind.NOTE,
        defang(text),
        role=parts.role_of(ctx, incident),
        occurred_at=at,
        supersedes=corrects or None,
    )
    ctx.record(codes.entity(incident.id or 0), after=text)
    return Message(text=texts.added(codes.code(incident)))


def _questions(text: str = "", at: datetime | None = None) -> tuple[LongText, DateTime]:
    return (
        LongText(
            name="what",
            label=texts.WHAT,
            hint=texts.WHAT_HINT,
            initial=text,
            max_length=texts.LONGEST,
        ),
        DateTime(name="at", label=texts.WHEN, hint=texts.WHEN_HINT, initial=at, required=False),
    )


def _filled(form: Form, values: Mapping[str, object]) -> Form:
    """Return a form whose inputs begin with these values."""
    inputs = tuple(
        part.model_copy(update={"initial": values[part.name]})
        if isinstance(part, Input) and values.get(part.name)
        else part
        for part in form.inputs
    )
    return form.model_copy(update={"inputs": inputs})


def _when(ctx: Context, answers: Answers) -> datetime | None:
    at = answers["at"]
    if not isinstance(at, datetime):
        return None
    if at > ctx.now:
        raise Invalid(fields={"at": texts.NOT_YET})
    return at


def _correctable(ctx: Context, incident: Incident, event_id: int) -> Event:
    """Return a line of an incident that nothing has corrected yet."""
    line = tables.event(ctx.session, event_id)
    if line is None or line.incident_id != incident.id:
        raise NotFound(NO_SUCH_THING)
    if rooms_tables.superseding(ctx.session, event_id) is not None:
        raise Conflict(texts.CORRECTED_ALREADY)
    return line


def _choosable(ctx: Context) -> list[Incident]:
    return tables.open_for(ctx.session, ctx.person.id, now=ctx.now, limit=_MOST)


def _incident_here(ctx: Context) -> int:
    here = rooms_tables.incident_at(ctx.session, ctx.place)
    if here is None:
        raise Invalid(common.WHICH_INCIDENT)
    return here
