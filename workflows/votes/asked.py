"""Which vote, answer or span somebody means who types or presses."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.errors import Conflict, Invalid, NotAllowed
from bot.text import Line, Ref
from workflows.votes import deciders, deciding_tables, deciding_texts, reading, refusing, tables
from workflows.votes.rules import OVER, VOTE, WORKING_DAY, Option, State
from workflows.votes.tables import Vote

_SPAN = re.compile(r"(?P<count>[0-9]{1,3})\s*(?P<unit>[dh])")
_UNITS = {"d": WORKING_DAY, "h": timedelta(hours=1)}


def vote(ctx: Context, id: int) -> Vote:
    """Return a vote that whoever asks may know of; nobody else changes it meanwhile.

    Raises:
        NotFound: there is none, or it is none of their business.
    """
    tables.lock_vote(ctx.session, id)
    return reading.known(ctx, id)


def named(ctx: Context, line: Line) -> Vote:
    """Return the vote that somebody typed, such as V-7.

    Raises:
        Invalid: they named none.
    """
    return vote(ctx, refusing.named(line))


def steered(ctx: Context, vote: Vote) -> Vote:
    """Return a vote that is not over, for its opener or its decider.

    Raises:
        NotAllowed: somebody else asks.
        Conflict: it is over.
    """
    if not deciders.steers(ctx, vote):
        raise NotAllowed(deciding_texts.STEERED_BY_OTHERS)
    if vote.state in OVER or deciding_tables.decision(ctx.session, vote.id or 0) is not None:
        raise Conflict(deciding_texts.is_over(code(vote)))
    return vote


def open_one(ctx: Context, vote: Vote) -> Vote:
    """Return a vote that is open, for its opener or its decider.

    Raises:
        NotAllowed: somebody else asks.
        Conflict: it is closed.
    """
    steered(ctx, vote)
    if vote.state is not State.OPEN or ctx.now >= vote.closes_at:
        raise Conflict(deciding_texts.is_closed(code(vote)))
    return vote


def check_answer(options: Sequence[Option], key: str) -> None:
    """Refuse what is none of the answers.

    Raises:
        Invalid: it is none of them.
    """
    if key not in {one.key for one in options}:
        raise Invalid(deciding_texts.no_such_answer(key, [one.label for one in options]))


def words(line: Line) -> list[str]:
    """Return the words that are no references."""
    return [word for word in line.words if Ref.parse(word) is None]


def said(line: Line) -> str:
    """Return what somebody wrote, with quotes or without."""
    return line.rest or " ".join(words(line))


def span(word: str) -> timedelta:
    """Return the working time that somebody typed, such as 1d or 4h.

    Raises:
        Invalid: it is none.
    """
    found = _SPAN.fullmatch(word.strip().casefold())
    if found is None or not int(found["count"]):
        raise Invalid(deciding_texts.HOW_LONG)
    return int(found["count"]) * _UNITS[found["unit"]]


def code(vote: Vote) -> str:
    """Return the short name by which people speak of a vote."""
    return str(Ref(VOTE, vote.id or 0))


def length(text: str) -> int:
    """Return how many characters of a text are no blanks, or single ones."""
    return len(" ".join(text.split()))
