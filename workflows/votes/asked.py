"""Which vote, answer or span somebody means who types or presses."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.errors import Conflict, Invalid, NotAllowed
from bot.text import Line, Ref
from workflows.votes import deciders, deciding_tables, deciding_texts, reading, refusing, tables
from workflows.votes.rules import ABSTAIN, OVER, WORKING_DAY, Option, State
from workflows.votes.tables import Vote

FEWEST_OPTIONS, MOST_OPTIONS, LONGEST_OPTION = 2, 6, 60
_SPAN = re.compile(r"([0-9]{1,3}) ?([dh])", re.IGNORECASE)
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
        raise Conflict(deciding_texts.is_over(vote.code))
    return vote


def open_one(ctx: Context, vote: Vote) -> Vote:
    """Return a vote that is open, for its opener or its decider.

    Raises:
        NotAllowed: somebody else asks.
        Conflict: it is closed.
    """
    steered(ctx, vote)
    if vote.state is not State.OPEN or ctx.now >= vote.closes_at:
        raise Conflict(deciding_texts.is_closed(vote.code))
    return vote


def check_answer(options: Sequence[Option], key: str) -> None:
    """Refuse what is none of the answers.

    Raises:
        Invalid: it is none of them.
    """
    if key not in {one.key for one in options}:
        raise Invalid(deciding_texts.no_such_answer(key, [one.label for one in options]))


def options(text: str, known: Sequence[Option]) -> tuple[Option, ...]:
    """Return the answers that somebody wrote, one on each line; a *known* one stays what it is.

    Raises:
        Invalid: they are too few, too many, too long, or two of them are the same.
    """
    labels = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    before = {option.label.casefold(): option for option in known}
    found = tuple(
        before.get(label.casefold(), Option(_key(label, number), label))
        for number, label in enumerate(labels, start=1)
    )
    is_right = (
        FEWEST_OPTIONS <= len(found) <= MOST_OPTIONS
        and len({ABSTAIN, *(option.key for option in found)}) == len(found) + 1
        and max(map(len, labels)) <= LONGEST_OPTION
    )
    if not is_right:
        problem = deciding_texts.which_answers(FEWEST_OPTIONS, MOST_OPTIONS, LONGEST_OPTION)
        raise Invalid(problem)
    return found


def _key(label: str, number: int) -> str:
    """Return what people type for an answer; its number where it has no letters that all have."""
    return re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_") or f"option_{number}"


def words(line: Line) -> list[str]:
    """Return the words that are no references."""
    return [word for word in line.words if Ref.parse(word) is None]


def said(line: Line) -> str:
    """Return what somebody wrote, with quotes or without."""
    return line.rest or " ".join(words(line))


def span(text: str) -> timedelta:
    """Return the working time that somebody typed, such as 4h or 1d 4h.

    Raises:
        Invalid: it is none.
    """
    found = _SPAN.findall(text)
    length = sum((int(count) * _UNITS[unit.casefold()] for count, unit in found), timedelta(0))
    if _SPAN.sub("", text).strip() or not length:
        raise Invalid(deciding_texts.HOW_LONG)
    return length


def length(text: str) -> int:
    """Return how many characters of a text are no blanks, or single ones."""
    return len(" ".join(text.split()))
