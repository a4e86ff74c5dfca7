"""Climbing the ladder: each look at a scorecard decides by what is true then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.business_time import BusinessCalendar
from bot.calendars import calendar_of
from bot.context import Context
from bot.ui import Message
from storage import accounts, people
from storage.people import Person
from workflows.feedback import calls, escalating, ladder, parties, tables
from workflows.feedback import reminding_texts as texts
from workflows.feedback import reminding_views as views
from workflows.feedback import workflow as it
from workflows.feedback.cards import Asked
from workflows.feedback.ladder import Climb, Rung, Step
from workflows.feedback.reminding_views import TOGETHER
from workflows.feedback.rules import PENDING, CardState
from workflows.feedback.tables import Scorecard
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Meeting
from workflows.people.calls import absences_change

#: Whoever has a request for these is told that it is over.
SETTLED_BY_OTHERS = frozenset({CardState.DECLINED, CardState.REASSIGNED})


@dataclass(frozen=True, slots=True)
class Case:
    """A scorecard that is waited for, with all by which the next step is found."""

    wanted: Asked
    author: Person
    hours: BusinessCalendar
    climb: Climb

    @property
    def card(self) -> Scorecard:
        """Return the scorecard."""
        return self.wanted.card


def go_on(ctx: Context, card: Scorecard, meeting: Meeting, author: Person) -> None:
    """Leave the timer of what comes next for a scorecard that is waited for."""
    case = _case(ctx, card, meeting, author)
    step = _next(ctx, case)
    card.next_look = ""
    if step is not None:
        _look_at(ctx, card, step.rung, step.at)


@calls.cards_change
def card_changed(ctx: Context, card: Scorecard) -> None:
    """Wait for a scorecard no more once it is settled; else go on, as after a snooze."""
    if card.state in PENDING:
        _go_on_with(ctx, card)
        return
    if card.next_look or card.snoozed_until:
        card.next_look, card.snoozed_until = "", None
    is_others_doing = card.state in SETTLED_BY_OTHERS and card.interviewer_id != ctx.person.id
    if is_others_doing and card.rung > Rung.ASK:
        for case in _cases(ctx, [card]):
            escalating.tell_author(ctx, case.author, case.wanted)


@absences_change
def hours_changed(ctx: Context, someone: Person) -> None:
    """Look anew at all that somebody has to write, since they will be away or are back."""
    for card in tables.lock_pending_of(ctx.session, someone.id):
        _go_on_with(ctx, card)


@it.awaits
def open_cards(session: Session) -> Mapping[str, str]:
    """Return every scorecard that somebody will hear of, and its timer."""
    return {f"scorecard:{card.id}": card.next_look for card in tables.climbing(session, Rung.OVER)}


@it.timer("look")
def look(ctx: Context, card: int) -> None:
    """See what is to be said about a scorecard now, and when to look again."""
    asked = tables.scorecard(ctx.session, card)
    if asked is not None and _is_barred(ctx, asked):
        return
    # All that somebody has to write is locked: whatever is said now may speak of each of them.
    pending = tables.lock_pending_of(ctx.session, asked.interviewer_id) if asked else []
    cases = {case.card.id: case for case in _cases(ctx, pending)}
    case = cases.get(card)
    if case is None:
        return
    step = _next(ctx, case)
    if step is not None and step.at <= ctx.now:
        opens = _take(ctx, case, step, list(cases.values()))
        if opens is not None:
            _look_at(ctx, case.card, step.rung, opens)
            return
    _go_on_with(ctx, case.card)


def _is_barred(ctx: Context, card: Scorecard) -> bool:
    """Let go of a scorecard whose author must hear nothing any more; say whether it was so."""
    meeting = hiring.meeting(ctx.session, card.interview_id)
    if meeting is None or parties.may_judge(ctx.session, meeting, card.interviewer_id):
        return False
    if card.state in PENDING:
        ctx.record(f"scorecard:{card.id}", before=card.state, after=CardState.VOID)
        card.state = CardState.VOID
        calls.card_changed(ctx, card)
    return True


def _take(ctx: Context, case: Case, step: Step, cases: Sequence[Case]) -> datetime | None:
    """Say what is to be said; else return until when it waits for others' hours."""
    opens: datetime | None = None
    match step.rung:
        case Rung.RECRUITER:
            opens = escalating.tell_recruiter(ctx, case.author, case.wanted, _why(ctx, case))
        case Rung.MANAGER:
            opens = escalating.tell_manager(ctx, case.author, case.wanted)
        case _:
            _remind(ctx, case, step, cases)
            return None
    if opens is None:
        _climb_on(ctx, case, step)
    return opens


def _remind(ctx: Context, case: Case, step: Step, cases: Sequence[Case]) -> None:
    """Ask for one scorecard, or remind of all that somebody has to write, once a day."""
    told = [one for one in cases if one is case or _is_shown(ctx, one)]
    told.sort(key=lambda one: (one.card.due_at, one.card.id))
    if step.rung is Rung.ASK and len(told) < TOGETHER:
        message = views.request(case.author, case.wanted, ctx.now)
        _send(ctx, case, message, [case], key=escalating.key_of(case.card, Rung.ASK))
        _climb_on(ctx, case, step)
        return
    message = views.reminder(case.author, [one.wanted for one in told], ctx.now)
    _send(ctx, case, message, told, key=_key_of(ctx, case, step, len(told)))
    today = ladder.day_of(case.hours, ctx.now)
    reminded_at = tables.last_reminded(ctx.session, case.author.id)
    for one in told:
        own = ladder.own_step(one.climb, one.hours, now=ctx.now, reminded_at=reminded_at)
        taken = step if one is case else own
        if taken is not None and ladder.day_of(one.hours, taken.at) == today:
            one.card.reminded_at = ctx.now
            _climb_on(ctx, one, taken)
            if one is not case:
                _go_on_with(ctx, one.card)


def _climb_on(ctx: Context, case: Case, step: Step) -> None:
    """Note that a step was taken."""
    card = case.card
    card.rung = ladder.after(case.climb, step, case.hours, now=ctx.now)
    card.reminders += 1
    if step.rung <= Rung.LAST_CALL:
        card.snoozed_until = None


def _is_shown(ctx: Context, case: Case) -> bool:
    """Say whether a message that is due for another scorecard speaks of this one as well."""
    is_snoozed = case.card.snoozed_until is not None and case.card.snoozed_until > ctx.now
    return case.card.rung > Rung.ASK and not is_snoozed


def _key_of(ctx: Context, case: Case, step: Step, count: int) -> str:
    """Return the key of a reminder; a digest grows by edits until its day is over."""
    if count >= TOGETHER and not step.wanted:
        return f"feedback:digest:{case.author.id}:{ladder.day_of(case.hours, ctx.now)}"
    return f"feedback:reminder:{case.author.id}:{ctx.now:%Y%m%dT%H%M%S.%f}"


def _why(ctx: Context, case: Case) -> texts.Lateness:
    if case.climb.is_out_of_reach:
        return texts.Lateness.OUT_OF_REACH
    is_away = ladder.is_absent(case.hours, ctx.now)
    return texts.Lateness.AWAY if is_away else texts.Lateness.OVERDUE


def _send(ctx: Context, case: Case, message: Message, told: Sequence[Case], *, key: str) -> None:
    """Send what is for the interviewer; the recruiter gets what does not reach them."""
    found = [parties.recruiter_of(ctx, one.wanted.meeting, besides=case.author.id) for one in told]
    recruiters = {one.id: one for one in found if one is not None}
    is_one_for_all = len(recruiters) == 1 and None not in found
    ctx.send(
        case.author,
        message,
        key=key,
        about=f"interview:{case.wanted.meeting.interview.id}",
        sensitive=True,
        # What speaks of several searches is not for the recruiter of one, nor for a candidate.
        otherwise=tuple(recruiters.values()) if is_one_for_all else (),
    )


def _go_on_with(ctx: Context, card: Scorecard) -> None:
    for case in _cases(ctx, [card]):
        go_on(ctx, card, case.wanted.meeting, case.author)


def _cases(ctx: Context, cards: Sequence[Scorecard]) -> Iterator[Case]:
    for card in cards:
        meeting = hiring.meeting(ctx.session, card.interview_id)
        author = people.by_id(ctx.session, card.interviewer_id, now=ctx.now)
        if meeting is not None:
            yield _case(ctx, card, meeting, author)


def _case(ctx: Context, card: Scorecard, meeting: Meeting, author: Person) -> Case:
    end = max(meeting.interview.ends_at, card.requested_at)
    # An absence since the interview counts after its end as well: that time could not be used.
    hours = calendar_of(ctx.session, author, since=min(end, ctx.now))
    is_lost = not author.active or accounts.is_out_of_reach(ctx.session, author.id)
    climb = Climb(
        end=end,
        due=card.due_at,
        rung=Rung(card.rung),
        snoozed_until=card.snoozed_until,
        recruiter_knows=card.escalated_at is not None,
        is_out_of_reach=is_lost,
    )
    return Case(Asked(card, meeting), author, hours, climb)


def _next(ctx: Context, case: Case) -> Step | None:
    reminded_at = tables.last_reminded(ctx.session, case.author.id)
    return ladder.next_step(case.climb, case.hours, now=ctx.now, reminded_at=reminded_at)


def _look_at(ctx: Context, card: Scorecard, rung: Rung, at: datetime) -> None:
    card.next_look = f"feedback:card:{card.id}:{rung.name.casefold()}:{at:%Y%m%dT%H%M%S.%f}"
    ctx.schedule(look, at, key=card.next_look, card=card.id or 0)
