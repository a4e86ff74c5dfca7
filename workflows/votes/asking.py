"""What somebody asked for in the form of a vote, as values; each problem beside its input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.inbound import Place
from bot.text import parse
from storage import people, roster
from storage.people import Account, Person
from workflows.hiring import calls as hiring
from workflows.votes import asked, electorate, weighing
from workflows.votes import opening_texts as texts
from workflows.votes.electorate import Subject
from workflows.votes.opening import Opening
from workflows.votes.rules import (
    LONGEST,
    SHORTEST,
    Authority,
    Basis,
    Dispute,
    Mode,
    Option,
    options_for,
)

T = TypeVar("T")


def opening_of(
    ctx: Context, answers: Answers, subject: Subject, kind: Dispute, place: Place | None
) -> Opening:
    """Return the vote that the answers describe; each problem stands beside its input."""
    weights = beside("weights", lambda: _weights(ctx, answers, kind))
    authority, basis = Authority(answers.text("authority")), Basis(answers.text("basis"))
    decider = beside("decider", lambda: _decider(ctx, answers))
    usual = electorate.usual_decider(ctx, subject)
    is_keeper = hiring.reads_search(ctx.person, subject.search)
    for name, is_usual in (
        ("weights", weights is None),
        ("authority", authority is Authority.ADVISORY),
        ("basis", basis is Basis.BLOCK),
        ("decider", not (decider and usual) or decider.id == usual.id),
    ):
        if not is_keeper and not is_usual:
            raise Invalid(fields={name: texts.ONLY_KEEPERS})
    return Opening(
        subject=subject,
        dispute=kind,
        question=" ".join(answers.text("question").split()),
        opened_by=ctx.person.id,
        place=place,
        mode=Mode(answers.text("mode")),
        duration=beside("duration", lambda: duration_of(answers.text("duration"))),
        options=beside("options", lambda: _options(answers.text("options"), kind)),
        weights=weights,
        basis=basis,
        quorum=int(answers.number("quorum") or 0),
        threshold=int(answers.number("threshold") or 0),
        authority=authority,
        decider=decider,
    )


def duration_of(text: str) -> timedelta:
    """Return the working time that somebody typed, such as 2d or 1d 4h.

    Raises:
        Invalid: it is none, too short or too long.
    """
    span = asked.span(text)
    if not SHORTEST <= span <= LONGEST:
        raise Invalid(texts.BAD_DURATION)
    return span


def _options(text: str, kind: Dispute) -> tuple[Option, ...]:
    """Return the choices that somebody wrote; () for the usual ones."""
    return asked.options(text, options_for(kind)) if text.strip() else ()


def _weights(ctx: Context, answers: Answers, kind: Dispute) -> dict[str, int] | None:
    """Return the weights that differ from those agreed on, else None."""
    said = answers.text("weights")
    if not said:
        return None
    found = weighing.read(ctx.session, parse(said))
    return None if found == weighing.in_force(ctx.session, kind) else found


def _decider(ctx: Context, answers: Answers) -> Person | None:
    if not answers.text("decider"):
        return None
    account = Account(ctx.user.platform, ctx.user.tenant, answers.text("decider"))
    found = roster.owner_of(ctx.session, account, now=ctx.now)
    if found is None or not people.works_here(ctx.session, found.id):
        raise Invalid(texts.NOBODY_KNOWN)
    return found


def beside(name: str, work: Callable[[], T]) -> T:
    """Return what *work* returns; what it refuses is shown beside the input of that name."""
    try:
        return work()
    except Invalid as problem:
        raise Invalid(fields=problem.fields or {name: str(problem)}) from problem
