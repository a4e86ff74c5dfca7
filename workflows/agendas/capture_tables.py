"""The queries of what is captured in meetings and comes back in later ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from workflows.agendas.rules import ActionState, State
from workflows.agendas.tables import Action, Meeting, Minute, Need, Topic

#: Nobody met, so nothing was carried there.
_FELL_OUT = (State.SKIPPED, State.MISSED)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that took place or will, and when it begins."""

    id: int
    starts_at: datetime


def held(session: Session, series_id: int, *, after: datetime, until: datetime) -> list[Held]:
    """Return the meetings of a series that begin after an instant and until another."""
    found = select(Meeting.id, Meeting.starts_at).where(
        Meeting.series_id == series_id,
        col(Meeting.starts_at) > after,
        col(Meeting.starts_at) <= until,
        col(Meeting.state).not_in(_FELL_OUT),
    )
    return [Held(id or 0, starts_at) for id, starts_at in session.exec(found)]


def facilitator_before(session: Session, series_id: int, before: datetime) -> int | None:
    """Return who facilitates the last meeting of a series that begins before an instant."""
    found = select(Meeting.facilitator_id).where(
        Meeting.series_id == series_id,
        col(Meeting.starts_at) < before,
        col(Meeting.state).not_in(_FELL_OUT),
        col(Meeting.facilitator_id).is_not(None),
    )
    return session.exec(found.order_by(col(Meeting.starts_at).desc())).first()


def agreed_in(session: Session, meeting_id: int) -> list[Action]:
    """Return the actions that were agreed in a meeting, in order."""
    found = select(Action).where(Action.meeting_id == meeting_id)
    return list(session.exec(found.order_by(col(Action.id))))


def reminders(session: Session) -> Mapping[int, str]:
    """Return the timer that reminds of each open action, by its number."""
    found = select(Action.id, Action.next_look).where(
        Action.state == ActionState.OPEN, Action.next_look != ""
    )
    return {id or 0: look for id, look in session.exec(found)}


def made_of(session: Session, digest: str) -> Action | Minute | None:
    """Return what was made of a message."""
    action = session.exec(select(Action).where(Action.made_of == digest)).first()
    return action or session.exec(select(Minute).where(Minute.made_of == digest)).first()


def need(session: Session, id: int) -> Need | None:
    """Return a need."""
    return session.get(Need, id)


def topic(session: Session, id: int) -> Topic | None:
    """Return a topic."""
    return session.get(Topic, id)
