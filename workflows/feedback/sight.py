"""Who sees what of a scorecard: one answer, asked by everything that shows anything.

The table that it follows stands in docs/feedback-visibility.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from sqlmodel import Session

from bot.roles import Role
from storage.people import Person
from workflows.feedback import tables
from workflows.feedback.cards import OVER
from workflows.feedback.rules import GIVEN, PENDING, CardState
from workflows.feedback.tables import Scorecard
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Interview, InterviewStatus, Meeting, Reveal

#: A round without a debrief opens so long after its last card was due.
PATIENCE = timedelta(hours=48)
#: Whoever met nobody is not waited for; an interview that is to be moved still takes place.
_NOT_EXPECTED = frozenset({InterviewStatus.CANCELLED, InterviewStatus.NO_SHOW})
#: Until a seat's card is requested, it counts as due so long after the interview.
_DUE_AFTER = timedelta(hours=24)
#: Since when glass counts that was ever broken.
_EVER = datetime.min.replace(tzinfo=UTC)


class Sight(IntEnum):
    """How much of a scorecard somebody may know; the larger, the more."""

    NOTHING = 0  #: not even that it is there
    STATUS = 1  #: whose it is, and whether it is in
    CONTENT = 2


class Part(IntEnum):
    """How somebody stands in a round."""

    NONE = 0
    PENDING = 1  #: something of theirs is still to come
    GIVEN = 2  #: all of theirs is in


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard as far as seeing goes; *due_at* is None while nobody knows when."""

    stage: str
    interviewer: int
    state: CardState
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoundState:
    """All interviews of one application in one stage: their panel reads together."""

    stage: str
    begins_at: datetime
    cards: tuple[Card, ...] = ()
    seats: frozenset[int] = frozenset()  #: who is on the panel now
    debrief_at: datetime | None = None
    revealed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who would read about one application."""

    person: int
    is_barred: bool = False  #: the candidate themselves, recused, or gone
    #: The recruiters, the admins, and the search's hiring manager and TA owner.
    oversees: bool = False
    #: Until when an admin reads by break-glass, by stage.
    glass: Mapping[str, datetime] = field(default_factory=dict)


def can_view(session: Session, person: Person, card: Scorecard, now: datetime) -> Sight:
    """Return how much of a scorecard somebody may know at this moment."""
    case = case_of_interview(session, card.interview_id)
    return Eyes.of(session, person, case, now).can_view(card) if case else Sight.NOTHING


def judge(
    viewer: Viewer, card: Card, rounds: Sequence[RoundState], policy: Reveal, now: datetime
) -> Sight:
    """Return how much of *card* a viewer may know; *rounds* are the application's, in order.

    Whoever still owes a scorecard in one stage reads nobody's in any other.
    """
    if viewer.is_barred:
        return Sight.NOTHING
    if card.interviewer == viewer.person and card.state not in OVER:
        return Sight.CONTENT
    number = [each.stage for each in rounds].index(card.stage)
    here = rounds[number]
    # A later panel reads the stages before its own, never the other way round.
    sits = any(part_in(each, viewer.person) for each in rounds[number:])
    if not viewer.oversees and not sits:
        return Sight.NOTHING
    if owes(viewer, rounds, now):
        return Sight.STATUS
    is_open = (
        is_revealed(here, now)
        or (policy is Reveal.AFTER_OWN and part_in(here, viewer.person) is Part.GIVEN)
        or now < viewer.glass.get(card.stage, now)
    )
    return Sight.CONTENT if is_open else Sight.STATUS


def part_in(state: RoundState, person: int) -> Part:
    """Return how somebody stands in a round; who declined or left the panel has no part."""
    own = {card.state for card in state.cards if card.interviewer == person}
    if person not in state.seats or not own & (PENDING | GIVEN):
        return Part.NONE
    return Part.PENDING if own & PENDING else Part.GIVEN


def is_revealed(state: RoundState, now: datetime) -> bool:
    """Say whether the panel may read: all cards are in, or the time has come, now or once."""
    if state.revealed_at is not None:
        return True
    states = {card.state for card in state.cards}
    if states & GIVEN and not states & PENDING:
        return True
    opens_at = reveal_at(state)
    return opens_at is not None and now >= opens_at


def reveal_at(state: RoundState) -> datetime | None:
    """Return when a round opens whatever is missing; None when nobody can know, or need."""
    dues = [card.due_at for card in state.cards if card.state in PENDING | GIVEN]
    if not dues:
        return None
    if state.debrief_at is not None:
        return state.debrief_at
    known = [due for due in dues if due is not None]
    return max(known) + PATIENCE if len(known) == len(dues) else None


def owes(viewer: Viewer, rounds: Iterable[RoundState], now: datetime) -> bool:
    """Say whether somebody has still to judge in a stage that is not open to them yet."""
    return any(
        part_in(each, viewer.person) is Part.PENDING and not _is_open_to(each, viewer.person, now)
        for each in rounds
    )


def withholds(viewer: Viewer, rounds: Sequence[RoundState], now: datetime) -> bool:
    """Say whether somebody owes a scorecard, or has declined while the panel still judges alone."""
    closed = [each for each in rounds if not is_revealed(each, now)]
    return owes(viewer, rounds, now) or any(_has_declined(each, viewer.person) for each in closed)


def _has_declined(state: RoundState, person: int) -> bool:
    own = {card.state for card in state.cards if card.interviewer == person}
    return person in state.seats and CardState.DECLINED in own and not own & GIVEN


def _is_open_to(state: RoundState, person: int, now: datetime) -> bool:
    """Say whether a round is open, and the time of somebody's own cards has come as well.

    Who joins when all is in judges alone like the others; that somebody joins closes nothing to
    those whose time had come.
    """
    own = tuple(card for card in state.cards if card.interviewer == person)
    opens_at = reveal_at(replace(state, cards=own))
    return is_revealed(state, now) and opens_at is not None and now >= opens_at


# From the rows -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """An application with its interviews and scorecards, and the rounds that these make."""

    meetings: tuple[Meeting, ...]
    cards: tuple[Scorecard, ...]
    rounds: tuple[RoundState, ...]  #: in the order of the stages
    barred: frozenset[int | None]  #: who must never see anything of it

    def stage_of(self, card: Scorecard) -> str:
        """Return the stage that a scorecard belongs to."""
        return next(
            meeting.interview.stage
            for meeting in self.meetings
            if meeting.interview.id == card.interview_id
        )

    def round(self, stage: str) -> RoundState:
        """Return the round of a stage."""
        return next(each for each in self.rounds if each.stage == stage)

    def cards_in(self, stage: str) -> list[Scorecard]:
        """Return the scorecards of a stage."""
        return [card for card in self.cards if self.stage_of(card) == stage]

    def meetings_in(self, stage: str) -> list[Meeting]:
        """Return the interviews of a stage, by their time."""
        return [meeting for meeting in self.meetings if meeting.interview.stage == stage]


@dataclass(frozen=True, slots=True)
class Eyes:
    """What one person may know about one application at one moment."""

    viewer: Viewer
    case: Case
    now: datetime

    @classmethod
    def of(cls, session: Session, person: Person, case: Case, now: datetime) -> Eyes:
        """Return the eyes of a person on *case*."""
        return cls(_viewer(session, person, case, now), case, now)

    def can_view(self, card: Scorecard) -> Sight:
        """Return how much of a scorecard of the case they may know."""
        seen = _facts(card, self.case.stage_of(card))
        policy = self.case.meetings[0].search.reveal
        return judge(self.viewer, seen, self.case.rounds, policy, self.now)


def case_of_interview(session: Session, interview_id: int) -> Case | None:
    """Return the application that an interview belongs to."""
    meeting = hiring.meeting(session, interview_id)
    return case_of(session, meeting.application.id or 0) if meeting else None


def case_of(session: Session, application_id: int) -> Case | None:
    """Return an application with all that decides who sees what; None without an interview."""
    meetings = tuple(hiring.meetings_of(session, application_id))
    if not meetings:
        return None
    cards = tuple(tables.cards_about(session, application_id))
    recused = hiring.recused(session, application_id)
    barred = frozenset({meetings[0].candidate.internal_person_id, *recused})
    seats = {
        (interview, person)
        for interview, person in hiring.panels_of(session, application_id)
        if person not in barred  # nobody asks them, so nobody waits for them
    }
    revealed = tables.revealed(session, application_id)
    stages = dict.fromkeys(meeting.interview.stage for meeting in meetings)
    rounds = (
        _round([each for each in meetings if each.interview.stage == stage], cards, seats, revealed)
        for stage in stages
    )
    return Case(meetings, cards, tuple(rounds), barred)


def _round(
    meetings: Sequence[Meeting],
    cards: Iterable[Scorecard],
    seats: Iterable[tuple[int, int]],
    revealed: Mapping[str, datetime],
) -> RoundState:
    """Return the round that the interviews of one stage make."""
    stage = meetings[0].interview.stage
    ids = {meeting.interview.id for meeting in meetings}
    own = [card for card in cards if card.interview_id in ids]
    taken = [(interview, person) for interview, person in seats if interview in ids]
    met = [one.interview for one in meetings if one.interview.status not in _NOT_EXPECTED]
    return RoundState(
        stage=stage,
        begins_at=min(meeting.interview.starts_at for meeting in meetings),
        cards=(*(_facts(card, stage) for card in own), *_unasked(meetings, own, taken)),
        seats=frozenset(person for _, person in taken),
        debrief_at=_debrief(met),
        revealed_at=revealed.get(stage),
    )


def _debrief(met: Collection[Interview]) -> datetime | None:
    """Return when the debrief begins; one before an interview of the round opens nothing."""
    if any(each.status is InterviewStatus.RESCHEDULED for each in met):
        return None  # nobody knows yet which comes first
    times = [(each.ends_at, each.debrief_at) for each in met]
    last = max((debrief for _, debrief in times if debrief), default=None)
    return last if last and all(ends_at <= last for ends_at, _ in times) else None


def _unasked(
    meetings: Iterable[Meeting], cards: Iterable[Scorecard], seats: Iterable[tuple[int, int]]
) -> Iterator[Card]:
    """Yield a card for each seat of an interview to come that nobody has asked yet, or again."""
    asked = {
        (card.interview_id, card.interviewer_id)
        for card in cards
        if card.state is not CardState.VOID
    }
    expected = {
        meeting.interview.id: meeting.interview
        for meeting in meetings
        if meeting.interview.status not in _NOT_EXPECTED
    }
    for interview_id, person in sorted(set(seats) - asked):
        if interview := expected.get(interview_id):
            moves = interview.status is InterviewStatus.RESCHEDULED
            due = None if moves else interview.ends_at + _DUE_AFTER
            yield Card(interview.stage, person, CardState.REQUESTED, due)


def _facts(card: Scorecard, stage: str) -> Card:
    return Card(stage, card.interviewer_id, card.state, card.due_at)


def _viewer(session: Session, person: Person, case: Case, now: datetime) -> Viewer:
    about = case.meetings[0]
    application, search = about.application.id or 0, about.search
    is_admin = person.holds(Role.ADMIN)
    return Viewer(
        person=person.id,
        is_barred=not person.active or person.id in case.barred,
        oversees=is_admin
        or person.holds(Role.RECRUITER)
        or person.id in {search.hiring_manager_id, search.ta_owner_id},
        glass=tables.glass_of(session, application, person.id, now) if is_admin else {},
    )


def could_read(session: Session, author: Person, card: Scorecard, now: datetime) -> bool:
    """Say whether somebody may have read a colleague: what they write now is no blind judgement.

    It is to be asked before a card changes: the last one to come in opens its round itself.
    """
    application, stage = hiring.round_of(session, card.interview_id)
    case = case_of(session, application)
    if case is None:
        return False
    if stage in tables.glass_of(session, application, author.id, _EVER):
        return True
    eyes = Eyes.of(session, author, case, now)
    others = (each for each in case.cards_in(stage) if each.interviewer_id != author.id)
    return _stood_open(eyes, case.round(stage)) or any(
        eyes.can_view(each) is Sight.CONTENT for each in others if each.state in GIVEN
    )


def _stood_open(eyes: Eyes, state: RoundState) -> bool:
    """Say whether a round is open to an author, or was before they were asked."""
    viewer, rounds = eyes.viewer, eyes.case.rounds
    if is_revealed(state, eyes.now) and not owes(viewer, [state], eyes.now):
        return True
    if state.revealed_at is None:
        return False
    later = rounds[rounds.index(state) + 1 :]
    own = [each for each in eyes.case.cards_in(state.stage) if each.interviewer_id == viewer.person]
    return (
        any(each.saw_open for each in own)
        or any(saw_open(each, state.revealed_at) for each in own if each.state not in OVER)
        or viewer.oversees
        or any(part_in(each, viewer.person) is Part.GIVEN for each in later)
    )


def saw_open(card: Scorecard, revealed_at: datetime | None) -> bool:
    """Say whether a round has opened to somebody since they were asked for a scorecard.

    It is to be kept with the card when it is settled, and before it is asked for anew.
    """
    return card.saw_open or (revealed_at is not None and card.requested_at < revealed_at)
