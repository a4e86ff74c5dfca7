"""Asking for scorecards: everybody on the panel gets one, and it goes with the interview."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.calendars import calendar_of
from bot.context import Context
from storage import people
from storage.people import Person
from workflows.feedback import ladder, parties, reminding, sight, tables
from workflows.feedback.calls import card_changed
from workflows.feedback.cards import OVER
from workflows.feedback.ladder import Rung
from workflows.feedback.rules import PENDING, CardState
from workflows.feedback.tables import Draft, Scorecard
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Meeting, interviews_change


@interviews_change
def request(ctx: Context, meeting: Meeting) -> None:
    """Ask the panel of an interview as it is now; what was given is never touched."""
    cards = tables.lock_cards_of(ctx.session, meeting.interview.id or 0)
    there = {card.interviewer_id: card for card in cards}
    seated = [seat.person_id for seat in hiring.panel(ctx.session, [meeting.interview.id or 0])]
    wanted = _asked_of(ctx.session, meeting, seated)
    for card in cards:
        if card.interviewer_id not in wanted and _is_over(card, seated):
            ctx.record(f"scorecard:{card.id}", before=card.state, after=CardState.VOID)
            card.state = CardState.VOID
            card_changed(ctx, card)
    for person in wanted:
        someone = people.by_id(ctx.session, person, now=ctx.now)
        waited_for = _asked_again(ctx, there, meeting, someone)
        if waited_for is not None:
            reminding.go_on(ctx, waited_for, meeting, someone)


def _is_over(card: Scorecard, seated: Collection[int]) -> bool:
    """Say whether a scorecard is waited for no more; who declined and lost the seat may get one."""
    has_left = card.state is CardState.DECLINED and card.interviewer_id not in seated
    return card.state in PENDING or has_left


def _asked_of(session: Session, meeting: Meeting, seated: Iterable[int]) -> list[int]:
    """Return who is asked: nobody who may not see it, and nobody when nobody was met."""
    if meeting.interview.status in hiring.NOBODY_MET:
        return []
    return [person for person in seated if parties.may_judge(session, meeting, person)]


def _asked_again(
    ctx: Context, there: Mapping[int, Scorecard], meeting: Meeting, someone: Person
) -> Scorecard | None:
    """Return somebody's pending scorecard with its due time; None when it is settled."""
    card = there.get(someone.id)
    if card is None:
        card = Scorecard(
            interview_id=meeting.interview.id or 0,
            interviewer_id=someone.id,
            requested_at=ctx.now,
            due_at=ctx.now,
        )
        ctx.session.add(card)
    elif card.state not in {*PENDING, *OVER}:
        return None
    is_new = card.id is None or card.state in OVER
    if is_new or (card.rung > Rung.ASK and meeting.interview.ends_at > ctx.now):
        _start_anew(ctx, card)
    before, card.due_at = card.due_at, _due(ctx, card, meeting, someone)
    ctx.session.flush()
    if is_new or before != card.due_at:
        ctx.record(f"scorecard:{card.id}", before=None if is_new else before, after=card.due_at)
    return card


def _start_anew(ctx: Context, card: Scorecard) -> None:
    """Let everything about a request be as if it were the first, but for what its author read."""
    if card.state in OVER:
        has_draft = ctx.session.get(Draft, card.id) is not None
        card.state = CardState.DRAFT if has_draft else CardState.REQUESTED
    elif card.rung > Rung.ASK:
        application, stage = hiring.round_of(ctx.session, card.interview_id)
        opened = tables.revealed(ctx.session, application).get(stage)
        card.saw_open = sight.saw_open(card, opened)
    card.requested_at = ctx.now
    card.rung, card.reminders = Rung.ASK, 0
    card.snoozed_until = card.escalated_at = None


def _due(ctx: Context, card: Scorecard, meeting: Meeting, someone: Person) -> datetime:
    # Whoever is asked late has as much time as everybody else.
    end = max(meeting.interview.ends_at, card.requested_at)
    hours = calendar_of(ctx.session, someone, since=ctx.now)
    return ladder.due_at(hours, end, meeting.interview.debrief_at)
