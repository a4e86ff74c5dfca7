"""Reading a panel's summary, one scorecard, and who is waited for; each as far as one may."""

from collections.abc import Iterator
from datetime import datetime

from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.roles import Role
from bot.text import Line, Ref, parse
from bot.ui import Button, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage.people import Person
from workflows.feedback import reading, sight, summary_views, tables
from workflows.feedback import summary_texts as texts
from workflows.feedback import workflow as it
from workflows.feedback.reading import Summary, Voice
from workflows.feedback.rules import PENDING
from workflows.feedback.sight import Eyes
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Search
from workflows.hiring.rules import CANDIDATE, SEARCH
from workflows.votes import escalating


@it.command("feedback summary", help=texts.HELP_SUMMARY, usage=texts.USAGE_SUMMARY, read_only=True)
def summary(ctx: Context, text: str) -> Reply:
    """Show what the reader may know of a candidate's newest stage; earlier ones by a button."""
    seen = asked_for(ctx, parse(text), texts.WHICH_CANDIDATE)
    if len(seen) > 1:
        return summary_views.with_buttons(Message(text=texts.SEVERAL), list(map(_choice, seen)))
    return shown(ctx, seen[0], reading.stages(seen[0])[-1])


@it.action("read_summary", read_only=True)
def read_summary(ctx: Context, interview: int) -> Reply:
    """Show what whoever presses may know of an interview's round."""
    case = sight.case_of_interview(ctx.session, interview)
    if case is None:
        raise NotFound(NO_SUCH_THING)
    eyes = Eyes.of(ctx.session, ctx.person, case, ctx.now)
    _, stage = hiring.round_of(ctx.session, interview)
    if stage not in reading.stages(eyes):
        raise NotFound(NO_SUCH_THING)
    return shown(ctx, eyes, stage)


@it.action("read_card", read_only=True)
def read_card(ctx: Context, card: int) -> Reply:
    """Show one scorecard in full."""
    found = tables.scorecard(ctx.session, card)
    voice = reading.voice(ctx, found) if found else None
    if found is None or voice is None:
        raise NotFound(NO_SUCH_THING)
    case = sight.case_of_interview(ctx.session, found.interview_id)
    if case is None:
        raise NotFound(NO_SUCH_THING)
    shown = summary_views.scorecard(voice, reading.title(case, case.stage_of(found)))
    return shown.carrying(hiring.entity_of(case.meetings[0].candidate))


@it.action("count_revision")
def count_revision(ctx: Context, card: int, version: int) -> Reply:
    """Let the figures use another version of a scorecard; the panel's lead alone decides that."""
    found = tables.lock_scorecard(ctx.session, card)
    voice = reading.voice(ctx, found) if found else None
    case = sight.case_of_interview(ctx.session, found.interview_id) if found else None
    if found is None or voice is None or case is None:
        raise NotFound(NO_SUCH_THING)
    stage = case.stage_of(found)
    choices = [each.number for each in _countable(voice)]
    is_open = sight.is_revealed(case.round(stage), ctx.now)
    if not is_open or not reading.is_lead(ctx, case, stage) or version not in choices:
        raise NotFound(NO_SUCH_THING)
    ctx.record(f"scorecard:{card}", before=found.counted, after=version)
    found.counted = version
    return Message(text=texts.counted(voice.label, version))


@it.command("feedback status", help=texts.HELP_STATUS, usage=texts.USAGE_STATUS, read_only=True)
def status(ctx: Context, text: str) -> Reply:
    """Show who is waited for in a search, to those who look after it: names, never content."""
    number = _number(parse(text), SEARCH)
    if not number:
        raise Invalid(texts.WHICH_SEARCH)
    search = hiring.search(ctx.session, number)
    if search is None or not _looks_after(ctx.person, search):
        raise NotFound(NO_SUCH_THING)
    return summary_views.pending(hiring.code_of(search), list(_waits(ctx, number)), ctx.now)


def asked_for(ctx: Context, line: Line, otherwise: str) -> list[Eyes]:
    """Return the reader's eyes on the applications that a line names and that they may know of.

    Raises:
        Invalid: no candidate is named, with *otherwise* as its text.
        NotFound: there is nothing that they may know of.
    """
    candidate = _number(line, CANDIDATE)
    if not candidate:
        raise Invalid(otherwise)
    named = Ref.parse(line.flags.get("search", ""))
    seen = []
    for application, search in hiring.applications_of(ctx.session, candidate):
        if named is not None and named != Ref(SEARCH, search.id or 0):
            continue
        case = sight.case_of(ctx.session, application.id or 0)
        eyes = Eyes.of(ctx.session, ctx.person, case, ctx.now) if case else None
        if eyes is not None and reading.stages(eyes):
            seen.append(eyes)
    if not seen:
        raise NotFound(NO_SUCH_THING)
    return seen


def shown(ctx: Context, eyes: Eyes, stage: str) -> Message:
    """Return a round as far as its reader may know it, with what can be pressed under it."""
    read = reading.read(ctx, eyes, stage)
    message = summary_views.summary(read, list(_buttons(ctx, eyes, stage, read)))
    return message.carrying(hiring.entity_of(eyes.case.meetings[0].candidate))


def button_to(eyes: Eyes, stage: str, label: str) -> Button:
    """Return the button that shows a stage to whoever presses it."""
    first = eyes.case.meetings_in(stage)[0].interview.id or 0
    return read_summary.button(label, interview=first)


def _buttons(ctx: Context, eyes: Eyes, stage: str, read: Summary) -> Iterator[Button]:
    for voice in read.voices:
        yield read_card.button(texts.read_card(voice.label), card=voice.card)
    if read.revealed_at and reading.is_lead(ctx, eyes.case, stage):
        for voice in read.voices:
            yield from _choices(voice)
    for other in reading.stages(eyes):
        if other != stage:
            yield button_to(eyes, other, texts.other_stage(other))
    application = eyes.case.meetings[0].application.id or 0
    if read.revealed_at and escalating.may_escalate(ctx, application, stage):
        yield escalating.escalate.button(texts.ESCALATE, application=application, stage=stage)


def _choices(voice: Voice) -> Iterator[Button]:
    """Yield, where somebody wrote after the reveal, what a lead may let count instead."""
    for version in _countable(voice):
        if voice.late and version is not voice.counted:
            label = texts.count_version(voice.label, version.number)
            yield count_revision.button(label, card=voice.card, version=version.number)


def _countable(voice: Voice) -> list[reading.Version]:
    """Return the last version before the reveal, and the last after it."""
    early = [each for each in voice.versions if not each.is_late]
    return [*early[-1:], *voice.late[-1:]]


def _choice(eyes: Eyes) -> Button:
    newest = reading.stages(eyes)[-1]
    return button_to(eyes, newest, reading.title(eyes.case, newest))


def _waits(ctx: Context, search: int) -> Iterator[tuple[str, str, datetime]]:
    """Yield what is waited for, by candidate and name: never by when anything came in."""
    for application, candidate in hiring.applications_in(ctx.session, search):
        case = sight.case_of(ctx.session, application.id or 0)
        if case is None:
            continue
        eyes = Eyes.of(ctx.session, ctx.person, case, ctx.now)
        codes = {each.interview.id: hiring.code_of(each.interview) for each in case.meetings}
        waits = [
            (reading.name_of(ctx, card.interviewer_id), codes[card.interview_id], card.due_at)
            for card in case.cards
            if card.state in PENDING and eyes.can_view(card)
        ]
        for who, interview, due in sorted(waits, key=lambda wait: (wait[0].casefold(), wait[1])):
            yield f"{hiring.code_of(candidate)}, {interview}", who, due


def _looks_after(person: Person, search: Search) -> bool:
    if person.holds(Role.RECRUITER) or person.holds(Role.ADMIN):
        return True
    return person.id in {search.ta_owner_id, search.hiring_manager_id} - {None}


def _number(line: Line, kind: str) -> int:
    """Return the number of the first thing of a kind that a line names; 0 for none."""
    return next((ref.number for ref in line.refs if ref.kind == kind), 0)
