"""The closed sets of agendas, and the figures of their rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

#: The letters before the numbers of a series, a meeting's action and an added topic.
SERIES, ACTION, TOPIC = "AG", "A", "TP"
DRAFT_LEAD, PUBLISH_LEAD = timedelta(hours=24), timedelta(hours=2)
#: Once the meeting has begun, a post that comes later than this is left out.
LATEST = timedelta(hours=6)
SHORTEST, USUAL, LONGEST = timedelta(minutes=10), timedelta(minutes=45), timedelta(hours=4)
LONGEST_NAME = 80  #: characters
LONGEST_TOPIC, LONGEST_LINE = 140, 300  #: characters: a topic; an action, a decision or a note
#: So often an action comes back by itself; then the agenda asks what becomes of it.
MOST_CARRIED = 3
#: No stage change for so many working days: an application that nobody moves.
STALLED_DAYS = 7
#: How far ahead what will be needed is looked at.
AHEAD = timedelta(days=90)


class HolidayPolicy(StrEnum):
    """What becomes of a meeting on a day off, or when most of those who come are away."""

    SKIP = "skip"
    PREVIOUS_WORKDAY = "previous_workday"
    NEXT_WORKDAY = "next_workday"
    POST_ANYWAY = "post_anyway"


class State(StrEnum):
    """How far a meeting's agenda is."""

    PLANNED = "planned"
    DRAFT = "draft"  #: the owners alone read it
    PUBLISHED = "published"
    RUNNING = "running"
    OVER = "over"  #: the minutes are out
    SKIPPED = "skipped"  #: nobody meets: a holiday, a pause, or an owner said so
    MISSED = "missed"  #: Parley was down for too long


#: Nothing more happens to a meeting that stands so.
ENDED = frozenset({State.OVER, State.SKIPPED, State.MISSED})

#: So long owners change an agenda: until the meeting begins.
EDITABLE = frozenset({State.DRAFT, State.PUBLISHED})


class ActionState(StrEnum):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    CONVERTED = "converted"  #: it goes on as something else, such as a vote


class TopicState(StrEnum):
    """What became of a topic that somebody added."""

    OPEN = "open"  #: on the next agenda
    PARKED = "parked"  #: added too late, or time ran out
    DISCUSSED = "discussed"
    DROPPED = "dropped"


class MinuteKind(StrEnum):
    """What is kept of what was said in a meeting."""

    DECISION = "decision"
    NOTE = "note"


class EditKind(StrEnum):
    """What an owner changed in a draft; kept when the data change."""

    DROP = "drop"
    PLACE = "place"  #: where a part or an item stands, from 0
    WORDS = "words"


class Reach(StrEnum):
    """Who reads where an agenda is posted."""

    KNOWN = "known"  #: people whom Parley knows, and nobody else: each one's rights count
    COMPANY = "company"  #: the company, perhaps all of it: no names, no sealed matters
    OUTSIDE = "outside"  #: guests or other companies, or nobody can say: numbers alone


class Part(StrEnum):
    """The parts of an agenda, the one with the highest risk first."""

    CARRIED = "carried"
    ESCALATIONS = "escalations"
    FEEDBACK = "feedback"
    SEARCHES = "searches"
    DECISIONS = "decisions"
    NEEDS = "needs"
    INCIDENTS = "incidents"
    PULSE = "pulse"
    WORDS = "words"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Box:
    """How much of a part an agenda shows, and how long it is talked about."""

    most: int  #: items
    minutes: int | None  #: None for what is left


BOXES: Mapping[Part, Box] = MappingProxyType(
    {
        Part.CARRIED: Box(10, 5),
        Part.ESCALATIONS: Box(5, 8),
        Part.FEEDBACK: Box(10, 4),
        Part.SEARCHES: Box(10, 10),
        Part.DECISIONS: Box(5, 4),
        Part.NEEDS: Box(5, 5),
        Part.INCIDENTS: Box(5, 3),
        Part.PULSE: Box(4, 3),
        Part.WORDS: Box(3, 2),
        Part.ADDED: Box(5, None),
    }
)


def due_at(state: State, starts_at: datetime, ends_at: datetime, leads: Leads) -> datetime | None:
    """Return when a meeting that stands so goes on by itself; None when it does not."""
    match state:
        case State.PLANNED:
            return starts_at - leads.draft
        case State.DRAFT:
            return starts_at - leads.publish
        case State.PUBLISHED:
            return starts_at
        case State.RUNNING:
            return ends_at
        case _:
            return None


def state_at(
    state: State, now: datetime, starts_at: datetime, ends_at: datetime, late: timedelta
) -> State:
    """Return where a meeting goes when its time has come; *late* is how late its post would be.

    A draft is only for owners who still have time to read it. Before the start an agenda is of
    use however late it comes.
    """
    match state:
        case State.PLANNED if late < timedelta(0):
            return State.DRAFT
        case State.PLANNED | State.DRAFT:
            is_missed = now >= ends_at or (now >= starts_at and late > LATEST)
            return State.MISSED if is_missed else State.PUBLISHED
        case State.PUBLISHED if now < ends_at:
            return State.RUNNING
        case _:
            return State.OVER


@dataclass(frozen=True, slots=True)
class Leads:
    """How long before the start the owners read the draft, and everybody the agenda."""

    draft: timedelta = DRAFT_LEAD
    publish: timedelta = PUBLISH_LEAD
