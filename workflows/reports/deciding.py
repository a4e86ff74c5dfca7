"""Closing a report by hand: an outcome, a word for the reporter, and who takes it over."""

from __future__ import annotations

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.text import Line, Ref, parse
from bot.ui import Choice, Form, LongText, Message, Option, Reply, ShortText
from storage import people
from workflows.reports import access, closing, codes, tables, triaging_texts
from workflows.reports import deciding_texts as texts
from workflows.reports import workflow as it
from workflows.reports.rules import REPORT, Outcome
from workflows.reports.tables import Report
from workflows.reports.texts import OUTCOMES

#: An incident ends its own reports.
CHOSEN = tuple(one for one in Outcome if one not in {Outcome.INCIDENT, Outcome.DRILL})


@it.command(
    "security close",
    help=triaging_texts.HELP_CLOSE,
    usage=triaging_texts.USAGE_CLOSE,
    allow=access.TEAM,
)
def close_named(ctx: Context, text: str) -> Reply:
    """Close a report as it was typed; without an outcome, open the form."""
    line = parse(text)
    refs = [ref.number for ref in line.refs if ref.kind == REPORT]
    if not refs:
        codes.named(line)
    said = [word for word in line.words if Ref.parse(word) is None]
    if not said:
        return close.open(ctx, report=refs[0])
    report = access.triaged(ctx, refs[0])
    _mark_same(ctx, report, refs[1:])
    words = " ".join(filter(None, (*said[1:], line.rest)))
    return _closed(ctx, report, _outcome(said[0]), words=words, department=_department(ctx, line))


@it.form("close", allow=access.TEAM)
def close(ctx: Context, report: int) -> Form:
    """Ask how a report ends."""
    found = access.for_triage(ctx, tables.report(ctx.session, report))
    departments = sorted(people.departments(ctx.session).items(), key=lambda pair: pair[1])
    return Form(
        title=f"{texts.CLOSE}: {codes.code(found)}",
        inputs=(
            Choice(
                name="outcome",
                label=texts.OUTCOME,
                options=tuple(Option(value=one, label=OUTCOMES[one]) for one in CHOSEN),
            ),
            LongText(
                name="words",
                label=texts.WORDS,
                hint=texts.HINT,
                max_length=closing.LONGEST_WORDS,
                required=False,
            ),
            Choice(
                name="department",
                label=texts.DEPARTMENT,
                options=tuple(Option(value=key, label=name) for key, name in departments),
                required=False,
            ),
            ShortText(name="same", label=texts.SAME_AS, max_length=12, required=False),
        ),
        submit=texts.CLOSE,
    )


@close.submit
def send_close(ctx: Context, answers: Answers, report: int) -> Reply:
    """Close the report, and tell its reporter."""
    found = access.triaged(ctx, report)
    if answers.text("same"):
        _mark_same(ctx, found, [codes.named(parse(answers.text("same")))])
    return _closed(
        ctx,
        found,
        Outcome(answers.text("outcome")),
        words=answers.text("words"),
        department=answers.text("department"),
    )


def _closed(
    ctx: Context, report: Report, outcome: Outcome, *, words: str, department: str
) -> Message:
    closing.close(ctx, report, outcome, words=words, department=department)
    return Message(text=texts.closed(codes.code(report), OUTCOMES[outcome]))


def _mark_same(ctx: Context, report: Report, others: list[int]) -> None:
    """Note of which report it is a repetition; that is one which whoever asks may read."""
    for id in others[:1]:
        first = access.for_triage(ctx, tables.report(ctx.session, id))
        report.duplicate_of = first.duplicate_of or first.id
    if report.duplicate_of == report.id:
        raise Invalid(texts.ITSELF)


def _outcome(word: str) -> Outcome:
    found = next((one for one in CHOSEN if one == word.casefold()), None)
    if found is None:
        raise Invalid(texts.which_outcome(CHOSEN))
    return found


def _department(ctx: Context, line: Line) -> str:
    named = line.flags.get("department", "")
    if named and named not in people.departments(ctx.session):
        raise Invalid(texts.no_department(named))
    return named
