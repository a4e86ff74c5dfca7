"""A question to the reporter, their answer, and what happens when none comes."""

from __future__ import annotations

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.roles import Role
from bot.ui import Form, LongText, Message, Note, Quote, Reply
from workflows.reports import (
    access,
    calls,
    closing,
    codes,
    hours,
    keeping,
    leases,
    moving,
    reopening,
    tables,
    telling,
    triaging,
    triaging_texts,
    views,
)
from workflows.reports import asking_texts as texts
from workflows.reports import workflow as it
from workflows.reports.defanging import defang
from workflows.reports.paces import PACES
from workflows.reports.rules import UNDECIDED, Move, Remark, State
from workflows.reports.tables import Report

LONGEST = 1000


@it.command(
    "security ask", help=triaging_texts.HELP_ASK, usage=triaging_texts.USAGE_ASK, allow=access.TEAM
)
def ask_named(ctx: Context, text: str) -> Reply:
    """Ask the reporter what was typed; without a question, open the form."""
    id, question = codes.first_named(text)
    if not question:
        return ask.open(ctx, report=id)
    return _asked(ctx, access.triaged(ctx, id), question)


@it.form("ask", allow=access.TEAM)
def ask(ctx: Context, report: int) -> Form:
    """Ask for the question."""
    found = access.for_triage(ctx, tables.report(ctx.session, report))
    return Form(
        title=f"{texts.ASK}: {codes.code(found)}",
        inputs=(
            LongText(name="question", label=texts.YOUR_QUESTION, max_length=LONGEST),
            Note(text=texts.ONE_QUESTION),
        ),
    )


@ask.submit
def send_question(ctx: Context, answers: Answers, report: int) -> Reply:
    """Ask the reporter."""
    return _asked(ctx, access.triaged(ctx, report), answers.text("question"))


@it.command("report answer", help=texts.HELP_ANSWER, usage=texts.USAGE_ANSWER, allow=Role.STRANGER)
def answer_named(ctx: Context, text: str) -> Reply:
    """Take the answer that was typed; without one, open the form."""
    id, words = codes.first_named(text)
    if not words:
        return answer.open(ctx, report=id)
    return _answered(ctx, access.own(ctx, id), words)


@it.form("answer", allow=Role.STRANGER)
def answer(ctx: Context, report: int) -> Form:
    """Ask the reporter for the answer."""
    found = access.for_reporter(ctx, tables.report(ctx.session, report))
    asked = tables.said(ctx.session, report, Remark.QUESTION)
    shown = [Quote(text=keeping.remark(ctx.sealer, one)) for one in asked[-1:]]
    return Form(
        title=f"{texts.ANSWER}: {codes.code(found)}",
        inputs=(
            *shown,
            LongText(name="answer", label=texts.YOUR_ANSWER, hint=texts.ADD_ANYTHING),
        ),
    )


@answer.submit
def send_answer(ctx: Context, answers: Answers, report: int) -> Reply:
    """Take the answer of the reporter."""
    return _answered(ctx, access.own(ctx, report), answers.text("answer"))


def take_answer(ctx: Context, report: Report, words: str) -> None:
    """Add to a locked report what its reporter answered, however late.

    Raises:
        Conflict: it was closed too long ago, or withdrawn.
        Invalid: nothing was said.
    """
    if not words.strip():
        raise Invalid(texts.SAY_ANSWER)
    if report.state is State.CLOSED:
        reopening.by_reporter(ctx, report, words)
        return
    moving.check(report, *UNDECIDED, State.LINKED)
    shown = keeping.keep_secret(ctx, report, words.strip())
    if report.state is State.NEEDS_INFO:
        said = keeping.add_remark(ctx, report, Remark.ANSWER, shown)
        moving.move(ctx, report, Move.ANSWER)
    else:
        said = keeping.add_remark(ctx, report, Remark.DETAIL, shown)
        calls.report_changed(ctx, report.id or 0)
    _hand_over(ctx, report, shown, what=f"wrote:{said.id}")


def wait(ctx: Context, report: Report) -> None:
    """Wait for the answer to a question that was just asked."""
    moving.wait(ctx, report, unanswered, hours.due(ctx, PACES[report.severity].question))


@it.timer("unanswered")
def unanswered(ctx: Context, report: int, look: str) -> None:
    """Go on without an answer where it is serious; else ask once more, and wait for longer."""
    found = moving.still_for(ctx, report, look)
    if found is None or found.state is not State.NEEDS_INFO:
        return
    patience = PACES[found.severity].close_silent
    if patience is None or found.is_urgent:
        _call_back(ctx, found)
        return
    _tell(ctx, found, texts.asks_again(codes.code(found)), what=f"again:{codes.stamp(ctx)}")
    moving.wait(ctx, found, silent, hours.due(ctx, patience))


@it.timer("silent")
def silent(ctx: Context, report: int, look: str) -> None:
    """Close a report about which its reporter says nothing more; it can be opened again."""
    found = moving.still_for(ctx, report, look)
    if found is None or found.state is not State.NEEDS_INFO:
        return
    if found.severity.is_high or found.is_urgent:
        _call_back(ctx, found)
    else:
        closing.fall_silent(ctx, found)


def _hand_over(ctx: Context, report: Report, words: str, *, what: str) -> None:
    """Tell whoever has a report what its reporter wrote; of a linked one that nobody has, all."""
    told = texts.wrote(codes.code(report))
    message = views.with_buttons(told, (), Quote(text=defang(words)))
    if (own := leases.holder(ctx, report)) is not None:
        telling.tell_people(ctx, report, [own], message, what=what)
    elif report.state is State.LINKED:
        telling.tell_triage(ctx, report, message, what=what)


def _asked(ctx: Context, report: Report, question: str) -> Message:
    if not question.strip():
        raise Invalid(texts.SAY_WHAT)
    if len(question) > LONGEST:
        raise Invalid(texts.too_long(LONGEST))
    closing.check_kind(question)
    if report.state is State.RECEIVED or report.holder_id is None:
        triaging.hold(ctx, report)
    keeping.add_remark(ctx, report, Remark.QUESTION, question.strip(), by=ctx.person.id)
    moving.move(ctx, report, Move.ASK)
    said = texts.asks(codes.code(report), question.strip())
    _tell(ctx, report, said, what=f"question:{codes.stamp(ctx)}")
    return Message(text=texts.asked(codes.code(report)))


def _answered(ctx: Context, report: Report, words: str) -> Message:
    take_answer(ctx, report, words)
    return Message(text=texts.thanks(codes.code(report)))


def _tell(ctx: Context, report: Report, said: str, *, what: str) -> None:
    button = answer.button(texts.ANSWER, report=report.id or 0).primary()
    telling.tell_reporter(ctx, report, views.with_buttons(said, [button]), what=what)


def _call_back(ctx: Context, report: Report) -> None:
    moving.move(ctx, report, Move.CALL_BACK)
    if (own := leases.holder(ctx, report)) is not None:
        said = Message(text=texts.no_answer(codes.code(report)))
        telling.tell_people(ctx, report, [own], said, what=f"silent:{codes.stamp(ctx)}")
