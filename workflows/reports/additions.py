"""What a reporter without a name does with their report by its code, a quarter of an hour later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.context import Context
from bot.errors import Conflict
from bot.ui import Message
from workflows.reports import asking, calls, codes, keeping, letter_texts, moving, telling, texts
from workflows.reports import rules as moves
from workflows.reports.paces import REOPEN
from workflows.reports.rules import OVER, Move, Remark, State
from workflows.reports.tables import Report


class Stage(StrEnum):
    """What a code has opened, and so what can be done by it."""

    UNOPENED = ""  #: nothing yet; words may be sent at once
    ON_THE_WAY = "on_the_way"  #: a letter that may be dropped
    UNDECIDED = "undecided"  #: it may be taken back
    DECIDED = "decided"
    ANSWERED = "answered"  #: the answer may be rated
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What somebody does by a code at one time; None is what they do not say."""

    words: str = ""
    takes_back: bool = False
    is_helpful: bool | None = None
    would_again: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether they do nothing but look."""
        return self == Addition()

    @property
    def rates(self) -> bool:
        """Say whether they tell what the answer was worth."""
        return self.is_helpful is not None or self.would_again is not None


def stage(report: Report) -> Stage:
    """Return what can be done with a report by its code."""
    if moves.after(report.state, Move.WITHDRAW):
        return Stage.UNDECIDED
    if report.state is State.CLOSED:
        return Stage.ANSWERED if report.is_helpful is None else Stage.DECIDED
    return Stage.OVER if report.state in OVER else Stage.DECIDED


def check(report: Report, wanted: Addition, now: datetime) -> None:
    """Refuse what cannot be done with a report as it stands.

    Raises:
        Conflict: it is over for good, decided, or not answered yet.
    """
    if wanted.words and (report.state is State.WITHDRAWN or _is_long_closed(report, now)):
        raise Conflict(letter_texts.TOO_LATE)
    is_early = wanted.rates and report.state is not State.CLOSED
    is_late = wanted.takes_back and stage(report) is not Stage.UNDECIDED
    if is_early or is_late:
        raise Conflict(texts.not_now(codes.code(report), report.state))


def carry_out(ctx: Context, report: Report, wanted: Addition) -> None:
    """Do with a locked report what was wanted, as far as nobody has decided otherwise since."""
    if wanted.rates:
        _rate(ctx, report, wanted)
    if wanted.words:
        _write(ctx, report, wanted.words)
    if wanted.takes_back:
        _take_back(ctx, report)


def _rate(ctx: Context, report: Report, wanted: Addition) -> None:
    """Keep what the answer was worth, also where the report was opened again since it was read."""
    if wanted.is_helpful is not None:
        report.is_helpful = wanted.is_helpful
    if wanted.would_again is not None:
        report.would_again = wanted.would_again
    rated = ("rated", report.is_helpful, report.would_again)
    ctx.record(codes.entity(report.id or 0), after=rated)


def _write(ctx: Context, report: Report, words: str) -> None:
    try:
        asking.take_answer(ctx, report, words)
    except Conflict:  # it was closed or taken back meanwhile; what was written is kept all the same
        shown = keeping.keep_secret(ctx, report, words)
        keeping.add_remark(ctx, report, Remark.DETAIL, shown)
        calls.report_changed(ctx, report.id or 0)


def _take_back(ctx: Context, report: Report) -> None:
    if stage(report) is Stage.UNDECIDED:
        moving.move(ctx, report, Move.WITHDRAW)
        return
    too_late = Message(text=letter_texts.not_taken_back(codes.code(report)))
    telling.tell_reporter(ctx, report, too_late, what=f"not_taken_back:{codes.stamp(ctx)}")


def _is_long_closed(report: Report, now: datetime) -> bool:
    return report.closed_at is not None and now > report.closed_at + REOPEN
