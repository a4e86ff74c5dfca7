"""Escalating a disagreement: every door leads to one form, and the form opens the vote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.inbound import Place, QuotedMessage
from bot.text import Line, Ref, parse
from bot.ui import Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import places
from workflows.hiring import calls as hiring
from workflows.hiring.rules import CANDIDATE, SEARCH
from workflows.votes import asking, electorate, opening, weighing
from workflows.votes import opening_texts as texts
from workflows.votes import opening_views as views
from workflows.votes import workflow as it
from workflows.votes.electorate import Subject
from workflows.votes.rules import LONGEST_QUESTION, Dispute

SUITABILITY = tuple(one for one in Dispute if one.is_suitability)
OTHERS = tuple(one for one in Dispute if not one.is_suitability)
QUOTED_CODES_READ = 20
_CODE = re.compile(r"\b[CS]-[0-9]{1,9}\b", re.IGNORECASE)
_ROOM = re.compile(r"search-([0-9]{1,9})")


@it.command("escalate", help=texts.HELP_ESCALATE, usage=texts.USAGE_ESCALATE, read_only=True)
def escalate_named(ctx: Context, text: str) -> Reply:
    """Open the form with what was typed; without anything, say what can be."""
    line = parse(text)
    question = line.rest or " ".join(word for word in line.words if Ref.parse(word) is None)
    if len(question) > LONGEST_QUESTION:
        raise Invalid(texts.long_question(LONGEST_QUESTION))
    dispute = weighing.dispute_named(line.flags["type"]) if "type" in line.flags else None
    subject = _named(ctx, line) if line.refs else _of_room(ctx)
    if subject is None and not line.text:
        return views.asking(texts.HOW_TO_ESCALATE, [escalate.button(texts.ESCALATE).primary()])
    return _form(ctx, subject, dispute=dispute, question=question, place=ctx.place)


@it.shortcut("escalate_quoted", title=texts.ESCALATE, help=texts.HELP_QUOTED, read_only=True)
def escalate_quoted(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Open the form for the thread of a message, about what the message or its room names."""
    place = Place(
        ctx.place.platform,
        ctx.place.tenant,
        ctx.place.channel,
        ctx.place.thread or quoted.id or None,
    )
    return _form(ctx, _quoted(ctx, quoted.text) or _of_room(ctx), place=place)


@it.form("open")
def escalate(
    ctx: Context,
    application: int = 0,
    search: int = 0,
    *,
    stage: str = "",
    dispute: str = "",
    question: str = "",
    asked_at: str = "",
) -> Form:
    """Ask for all that a vote needs."""
    subject = _subject(ctx, application, search, stage)
    offered = _disputes(subject)
    if subject is not None:
        opening.check_ready(ctx, subject)
    chosen = next((one for one in offered if one == dispute), offered[0])
    return views.form(subject.code if subject else "", offered, chosen, question)


@escalate.submit
def open_asked(
    ctx: Context,
    answers: Answers,
    application: int = 0,
    search: int = 0,
    *,
    stage: str = "",
    dispute: str = "",
    question: str = "",
    asked_at: str = "",
) -> Reply:
    """Open the vote that the form describes."""
    subject = _subject(ctx, application, search, stage)
    if subject is None:
        subject = asking.beside("subject", lambda: _named(ctx, parse(answers.text("subject"))))
    kind = Dispute(answers.text("dispute"))
    if kind.is_suitability != (subject.application is not None):
        problem = texts.ABOUT_SOMEBODY if kind.is_suitability else texts.ABOUT_SOMETHING
        raise Invalid(fields={"subject": problem})
    vote = opening.open_vote(
        ctx, asking.opening_of(ctx, answers, subject, kind, _place(ctx, asked_at))
    )
    electors = len(electorate.electors_of(ctx, subject))
    is_shown = bool(vote.places)
    return Message(text=texts.opened(vote.code, electors, is_shown=is_shown))


def may_escalate(ctx: Context, application_id: int, stage: str) -> bool:
    """Say whether whoever asks can open a vote about a candidate in a stage."""
    subject = electorate.about_application(ctx.session, application_id, stage)
    return subject is not None and electorate.may_open(ctx, subject)


# What it is about -------------------------------------------------------------------------


def _form(
    ctx: Context,
    subject: Subject | None,
    *,
    place: Place,
    dispute: Dispute | None = None,
    question: str = "",
) -> Form:
    if dispute and dispute not in _disputes(subject):
        raise Invalid(texts.ABOUT_SOMEBODY if dispute.is_suitability else texts.ABOUT_SOMETHING)
    is_about_somebody = subject is not None and subject.application is not None
    return escalate.open(
        ctx,
        application=subject.application.id or 0 if subject and subject.application else 0,
        search=subject.search.id or 0 if subject and not is_about_somebody else 0,
        dispute=dispute or "",
        question=question,
        asked_at="" if ctx.one_to_one else _kept(ctx, place),
    )


def _disputes(subject: Subject | None) -> Sequence[Dispute]:
    if subject is None:
        return tuple(Dispute)
    return OTHERS if subject.application is None else SUITABILITY


def _subject(ctx: Context, application: int, search: int, stage: str) -> Subject | None:
    """Return what a form was opened about; None when it asks for that itself.

    Raises:
        NotFound: it is not there, or not for whoever asks.
    """
    if application:
        return _allowed(ctx, electorate.about_application(ctx.session, application, stage))
    if search:
        return _allowed(ctx, electorate.about_search(ctx.session, search))
    return None


def _named(ctx: Context, line: Line) -> Subject:
    """Return what a line names: a candidate, in a search where there are several, or a search.

    Raises:
        Invalid: it names neither, or a candidate who is in several searches.
        NotFound: it is not there, or not for whoever asks.
    """
    numbers = {ref.kind: ref.number for ref in reversed(line.refs)}
    search = numbers.get(SEARCH) or _flagged(line)
    if CANDIDATE not in numbers:
        if not search:
            raise Invalid(texts.WHICH_SUBJECT)
        return _allowed(ctx, electorate.about_search(ctx.session, search))
    found = [
        subject
        for application, one in hiring.applications_of(ctx.session, numbers[CANDIDATE])
        if search in (0, one.id)
        and (subject := electorate.about_application(ctx.session, application.id or 0))
        and electorate.may_open(ctx, subject)
    ]
    if len(found) > 1:
        raise Invalid(texts.WHICH_SEARCH)
    return _allowed(ctx, next(iter(found), None))


def _flagged(line: Line) -> int:
    named = Ref.parse(line.flags.get("search", ""))
    return named.number if named and named.kind == SEARCH else 0


def _quoted(ctx: Context, text: str) -> Subject | None:
    """Return the first thing that a message names and that whoever asks may know of."""
    for code in _CODE.findall(text)[:QUOTED_CODES_READ]:
        try:
            return _named(ctx, parse(code))
        except (NotFound, Invalid):
            continue
    return None


def _of_room(ctx: Context) -> Subject | None:
    """Return the search whose room whoever asks is in."""
    at = ctx.place
    for name in places.rooms_at(ctx.session, at.platform, at.tenant, at.channel):
        if match := _ROOM.fullmatch(name):
            found = electorate.about_search(ctx.session, int(match[1]))
            if found is not None and electorate.may_open(ctx, found):
                return found
    return None


def _allowed(ctx: Context, subject: Subject | None) -> Subject:
    if subject is None or not electorate.may_open(ctx, subject):
        raise NotFound(NO_SUCH_THING)
    return subject


# Where it was asked for -------------------------------------------------------------------


def _kept(ctx: Context, place: Place) -> str:
    """Return a place as a form carries it: signed, so that nobody has a card posted elsewhere."""
    at = f"{place.channel} {place.thread or ''}"
    return f"{at} {ctx.sealer.sign(_signed(ctx, at), purpose='vote place')}"


def _place(ctx: Context, kept: str) -> Place | None:
    """Return where a form was asked for; None where nobody else reads."""
    at, _, signature = kept.rpartition(" ")
    if at and ctx.sealer.verifies(signature, _signed(ctx, at), purpose="vote place"):
        channel, _, thread = at.partition(" ")
        return Place(ctx.user.platform, ctx.place.tenant, channel, thread or None)
    if ctx.one_to_one:
        return None
    return Place(ctx.place.platform, ctx.place.tenant, ctx.place.channel, ctx.place.thread)


def _signed(ctx: Context, at: str) -> str:
    return f"{ctx.user} {ctx.place.tenant} {at}"
