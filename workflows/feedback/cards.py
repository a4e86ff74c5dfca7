"""Which scorecard somebody means, and whether it is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.text import Line
from bot.workflow import NO_SUCH_THING
from workflows.feedback import calls, parties, reminding_texts, tables
from workflows.feedback import giving_texts as texts
from workflows.feedback.rules import CardState
from workflows.feedback.tables import Given, Scorecard
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Criterion, Meeting
from workflows.hiring.rules import CANDIDATE, INTERVIEW, SEARCH

#: Nobody fills these in any more.
OVER = frozenset({CardState.REASSIGNED, CardState.VOID})


@dataclass(frozen=True, slots=True)
class Asked:
    """A scorecard with the interview that it is about."""

    card: Scorecard
    meeting: Meeting

    @property
    def id(self) -> int:
        """Return the scorecard's number."""
        return self.card.id or 0

    @property
    def code(self) -> str:
        """Return the interview's code."""
        return hiring.code_of(self.meeting.interview)

    @property
    def about(self) -> str:
        """Say which interview it is about, by the shortest codes."""
        return reminding_texts.of_interview(self.code, hiring.code_of(self.meeting.candidate))

    @property
    def subject(self) -> str:
        """Say which interview it is about, by codes."""
        there = self.meeting
        candidate, search = hiring.code_of(there.candidate), hiring.code_of(there.search)
        named = f"{search} {there.search.title}"
        return texts.subject(self.code, candidate, named, there.interview.kind)


def pending(ctx: Context) -> list[Asked]:
    """Return what the person has still to give, what is due first first."""
    cards = tables.pending_of(ctx.session, ctx.person.id)
    found = (_asked(ctx, card) for card in cards)
    return [asked for asked in found if asked and _may_know(ctx, asked.meeting)]


def own(ctx: Context, card: int) -> Asked:
    """Return the person's own scorecard with this number.

    Raises:
        NotFound: it is none of theirs.
        Conflict: nobody fills it in any more.
    """
    return _own(ctx, tables.seen_scorecard(ctx.session, card))


def lock(ctx: Context, card: int) -> Asked:
    """Return the person's own scorecard, which nobody else changes before this is saved."""
    return _own(ctx, tables.lock_scorecard(ctx.session, card))


def kept(ctx: Context, card: int) -> Asked:
    """Return a scorecard of the person's own, or of a search that they keep."""
    return _kept(ctx, tables.scorecard(ctx.session, card))


def lock_kept(ctx: Context, card: int) -> Asked:
    """Return a scorecard as `kept` does, which nobody else changes before this is saved."""
    return _kept(ctx, tables.lock_scorecard(ctx.session, card))


def lock_panel(ctx: Context, card: int) -> Asked:
    """Return a scorecard as `kept` does, with all of its interview locked, in one order."""
    found = tables.scorecard(ctx.session, card)
    if found is not None:
        tables.lock_cards_of(ctx.session, found.interview_id)
    return kept(ctx, card)


def move(ctx: Context, asked: Asked, state: CardState) -> None:
    """Let a scorecard stand elsewhere, and tell everybody who watches."""
    before, asked.card.state = asked.card.state, state
    _tell(ctx, asked, before)


def give(ctx: Context, asked: Asked, given: Given) -> None:
    """Let a scorecard stand as it was given, and tell everybody who watches."""
    before = asked.card.state
    state = CardState.SUBMITTED if given.version == 1 else CardState.REVISED
    tables.give(ctx.session, asked.card, state, given)
    _tell(ctx, asked, before)


def _tell(ctx: Context, asked: Asked, before: CardState) -> None:
    card = asked.card
    ctx.record(f"scorecard:{asked.id}", before=before, after=(card.state, card.version))
    calls.card_changed(ctx, card)


def named(ctx: Context, line: Line) -> Asked:
    """Return the person's own scorecard for the interview that a line names.

    Raises:
        Invalid: it names none.
        NotFound: no scorecard of theirs is about it.
    """
    interviews = [ref.number for ref in line.refs if ref.kind == INTERVIEW]
    if not interviews:
        raise Invalid(texts.WHICH_INTERVIEW)
    return _own(ctx, tables.card_of(ctx.session, interviews[0], ctx.person.id))


def with_candidate(ctx: Context, candidate: int, line: Line) -> Sequence[Asked]:
    """Return the person's own scorecards about a candidate, in one search if a flag names it."""
    search = line.flags.get("search", "").upper().removeprefix(f"{SEARCH}-")
    meetings = {
        there.interview.id or 0: there
        for there in hiring.meetings_with(ctx.session, candidate)
        if search in {"", str(there.search.id)}
    }
    mine = [
        Asked(card, meetings[card.interview_id])
        for card in tables.cards_of(ctx.session, meetings)
        if card.interviewer_id == ctx.person.id and card.state not in OVER
    ]
    return [asked for asked in mine if _may_know(ctx, asked.meeting)]


def criteria(ctx: Context, asked: Asked) -> Sequence[Criterion]:
    """Return what the scorecard asks for, in order."""
    interview = asked.meeting.interview
    return hiring.looked_at(interview, ctx.once(hiring.template_criteria, interview.template_id))


def candidate_in(line: Line) -> int:
    """Return the number of the candidate that a line names; 0 for none."""
    return next((ref.number for ref in line.refs if ref.kind == CANDIDATE), 0)


def _own(ctx: Context, card: Scorecard | None) -> Asked:
    if card is None or card.interviewer_id != ctx.person.id:
        raise NotFound(NO_SUCH_THING)
    asked = _asked(ctx, card)
    if asked is None or not _may_know(ctx, asked.meeting):
        raise NotFound(NO_SUCH_THING)
    return _still_asked(asked)


def _kept(ctx: Context, card: Scorecard | None) -> Asked:
    asked = card and _asked(ctx, card)
    if not asked or not _may_know(ctx, asked.meeting):
        raise NotFound(NO_SUCH_THING)
    author = asked.card.interviewer_id
    others = parties.recruiters_of(ctx, asked.meeting, besides=author)
    if ctx.person.id not in {author, *(one.id for one in others)}:
        raise NotFound(NO_SUCH_THING)
    return _still_asked(asked)


def _still_asked(asked: Asked) -> Asked:
    if asked.card.state is CardState.REASSIGNED:
        raise Conflict(texts.HANDED_OVER)
    if asked.card.state is CardState.VOID:
        raise Conflict(texts.called_off(asked.code))
    return asked


def _may_know(ctx: Context, there: Meeting) -> bool:
    recused = ctx.once(hiring.recused, there.application.id or 0)
    return not hiring.is_barred(ctx.person.id, there.candidate, recused=ctx.person.id in recused)


def _asked(ctx: Context, card: Scorecard) -> Asked | None:
    there = ctx.once(hiring.meeting, card.interview_id)
    return Asked(card, there) if there else None
