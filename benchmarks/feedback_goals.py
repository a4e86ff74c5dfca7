"""Feedback: sending a scorecard, and reading one panel's summary among few and among many."""

import itertools
import time
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from benchmarks.goals import Goal, Load, measure
from benchmarks.load import Make
from benchmarks.many import cost_among
from benchmarks.programs import bare, parley
from benchmarks.scorecards import CRITERIA, PANEL, add_scorecards, seal_words
from benchmarks.slack import SETTINGS, command, submission
from bot.context import Context
from bot.inbound import NOWHERE, UserRef
from bot.ui import Message
from storage import people
from storage.database import Database
from storage.secrets import Sealer
from workflows.feedback.handlers import summarising
from workflows.feedback.judging import OVERALL, REASON, rate

TITLE = "Feedback: a scorecard beside a bare bolt form, and a summary among all others"
FEW, MANY = 1_000, 1_000_000
#: Candidates whose summaries are read in turn, and how often each.
READ, ROUNDS = 40, 8
#: Scorecards that are asked for: more than are sent in one load.
ASKED = 8_000
SAID = "Would raise the level of the team in detection from the first month on."
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SEALER = Sealer("a key that is only good for measuring")


async def goals() -> list[Goal]:
    """Measure on SQLite, which takes a minute."""
    return [await submitting(), await summarising_many()]


async def submitting() -> Goal:
    """Measure sending a scorecard of five criteria, each time another one, beside a bare form."""
    probe = partial(command, "EDRM")
    ours = partial(parley, SETTINGS, probe, terms=1, cards=ASKED)
    found = await measure(
        {
            "bare": Load(partial(bare, "benchmarks.bare", probe), _scorecards()),
            "scorecard": Load(ours, _scorecards()),
        }
    )
    ratio = found["scorecard"].per_second / found["bare"].per_second
    return Goal("a scorecard sent, durable, of a bare form", ratio, 0.25)


def _scorecards() -> Make:
    """Return complete scorecards, one after the other; a program that starts begins with the first.

    Whoever has sent them all sends them again, changed.
    """
    numbers = itertools.count()

    def make() -> bytes:
        turn, card = divmod(next(numbers), ASKED)
        answers = {
            **{rate(key): _chosen("choice", rate(key), "3") for key in CRITERIA},
            OVERALL: _chosen("choice", OVERALL, "yes"),
            REASON: {f"long_text#{REASON}": {"value": f"{turn} {SAID}"}},
        }
        return submission("feedback.give", {"card": card + 1}, answers)

    return make


def _chosen(kind: str, name: str, value: str) -> dict[str, Any]:
    return {f"{kind}#{name}": {"selected_option": {"value": value}}}


async def summarising_many() -> Goal:
    """Measure what a summary costs more among many scorecards."""
    ratio = await cost_among(
        MANY, few=FEW, fill=_fill, once=_read_once, rounds=READ * ROUNDS, warm=READ
    )
    return Goal("a summary among 1,000,000, of 1,000", ratio, 1.2, at_most=True)


def _fill(session: Session, count: int) -> None:
    add_scorecards(session, count, NOW)
    for candidate in _candidates(count):
        seal_words(session, SEALER, candidate)


def _candidates(count: int) -> range:
    """Return some candidates, spread over all who have the scorecards."""
    step = count // PANEL // READ
    return range(1, READ * step + 1, step)


async def _read_once(database: Database, count: int, number: int) -> float:
    candidate = _candidates(count)[number % READ]
    began = time.perf_counter()
    await database.read(partial(_read, candidate=candidate))
    return time.perf_counter() - began


def _read(session: Session, candidate: int) -> None:
    reader = people.by_id(session, 1, now=NOW)
    ctx = Context(
        opened=session,
        person=reader,
        place=NOWHERE,
        now=NOW,
        user=UserRef("slack", "T1", "U1"),
        request_id="measured",
        sealer=SEALER,
    )
    answer = summarising.summary.handler(ctx, f"C-{candidate}")
    if not isinstance(answer, Message) or "3.000" not in answer.text:
        raise RuntimeError("The summary does not say what was stored, so its time means nothing.")
