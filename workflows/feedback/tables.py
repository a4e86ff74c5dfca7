"""Feedback's tables and every query on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from storage.columns import closed
from storage.prepared import Prepared
from storage.reading import Changing, Reading, keep
from storage.secrets import sealed
from workflows.feedback.rules import PENDING, CardState, Overall
from workflows.hiring.tables import Interview

_PERSON = "person.id"
_COUNTS_ON = {"sqlite_autoincrement": True}


class Scorecard(SQLModel, table=True):
    """What one interviewer says about one interview; *version* counts what was submitted.

    What it says stands in its submissions. *counted* is the one that the figures use: the last
    before the reveal, unless the panel's lead chose a later one.
    """

    __tablename__ = "feedback_scorecard"
    __table_args__ = (UniqueConstraint("interview_id", "interviewer_id"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    interview_id: int = Field(foreign_key="hiring_interview.id", ondelete="CASCADE")
    interviewer_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE", index=True)
    state: CardState = Field(default=CardState.REQUESTED, sa_type=closed(CardState), index=True)
    version: int = 0
    counted: int = 0
    requested_at: datetime
    due_at: datetime
    submitted_at: datetime | None = None
    minutes_late: int = 0
    #: Why it was declined, sealed like all that people write about a candidate.
    reason: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    snoozed_until: datetime | None = None
    #: How far the ladder of reminders has come, and the key of the timer that goes on with it.
    rung: int = 0
    reminders: int = 0
    reminded_at: datetime | None = None
    #: When the recruiter heard of it, and could pass it on or waive it.
    escalated_at: datetime | None = None
    next_look: str = ""
    #: The round has opened to its author, who may be asked anew since.
    saw_open: bool = False


class Submission(SQLModel, table=True):
    """One version of a scorecard, never changed after that."""

    __tablename__ = "feedback_submission"
    __table_args__ = (UniqueConstraint("scorecard_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    scorecard_id: int = Field(foreign_key="feedback_scorecard.id", ondelete="CASCADE")
    version: int
    #: By the criterion's key: 1 to 4, or "not_assessed".
    ratings: dict[str, int | str] = Field(sa_type=sa.JSON)
    overall: Overall = Field(sa_type=closed(Overall))
    #: The evidence and the reasons as JSON, sealed.
    words: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    #: How often each kind of topic hint was shown and kept; never the words.
    hints: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)
    submitted_at: datetime
    post_reveal: bool = False


class Draft(SQLModel, table=True):
    """What an interviewer has written so far, sealed; its number is the scorecard's."""

    __tablename__ = "feedback_draft"

    id: int = Field(primary_key=True, foreign_key="feedback_scorecard.id", ondelete="CASCADE")
    answers: str = Field(sa_column_kwargs={"info": sealed()})
    saved_at: datetime


class Round(SQLModel, table=True):
    """All interviews of one application in one stage; once *revealed_at*, it stays revealed."""

    __tablename__ = "feedback_round"
    __table_args__ = (UniqueConstraint("application_id", "stage"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="hiring_application.id", ondelete="CASCADE")
    stage: str
    revealed_at: datetime | None = None
    #: The key of the timer that reveals it.
    next_look: str = ""


class GlassBreak(SQLModel, table=True):
    """Somebody read a round's scorecards outside of the rules, with a reason, and all were told."""

    __tablename__ = "feedback_glass_break"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="feedback_round.id", ondelete="CASCADE", index=True)
    person_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE")
    reason: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A submission that is to be stored, without its words."""

    scorecard_id: int
    version: int
    ratings: Mapping[str, int | str]
    overall: Overall
    hints: Mapping[str, int] = field(default_factory=dict)
    submitted_at: datetime
    post_reveal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What changes on a scorecard that is given; the names are those of its columns."""

    version: int
    counted: int
    submitted_at: datetime
    minutes_late: int


# Scorecards -------------------------------------------------------------------------------

_IS_PENDING = col(Scorecard.state).in_([CardState.REQUESTED, CardState.DRAFT])
_CARD = sa.select(Scorecard).where(col(Scorecard.id) == sa.bindparam("card"))
_SEEN, _LOCKED = Reading(_CARD), Reading(_CARD.with_for_update())
_ABOUT = Reading(
    sa.select(Scorecard)
    .join(Interview)
    .where(col(Interview.application_id) == sa.bindparam("application"))
    .order_by(col(Scorecard.id))
)
_VERSION = Reading(
    sa.select(Submission).where(
        col(Submission.scorecard_id) == sa.bindparam("card"),
        col(Submission.version) == sa.bindparam("version"),
    )
)
_DRAFT = Reading(sa.select(Draft).where(col(Draft.id) == sa.bindparam("card")))
_DROP_DRAFT = Prepared(sa.delete(Draft).where(col(Draft.id) == sa.bindparam("card")))
_GIVE = Changing(
    Scorecard,
    *("state", "version", "counted", "submitted_at", "minutes_late"),
    *("next_look", "snoozed_until"),
)


_ADD_VERSION = Prepared(
    sa.insert(Submission).returning(col(Submission.id)), *(each.name for each in fields(Version))
)
_SEAL_VERSION = Prepared(
    sa.update(Submission)
    .where(col(Submission.id) == sa.bindparam("submission"))
    .values(words=sa.bindparam("sealed"))
)


def seen_scorecard(session: Session, id: int) -> Scorecard | None:
    """Return a scorecard, to be looked at."""
    return next((card for (card,) in _SEEN.rows(session, card=id)), None)


def scorecard(session: Session, id: int) -> Scorecard | None:
    """Return a scorecard."""
    return session.get(Scorecard, id)


def lock_scorecard(session: Session, id: int) -> Scorecard | None:
    """Return a scorecard that nobody else can change before this transaction ends."""
    return next((keep(session, card) for (card,) in _LOCKED.rows(session, card=id)), None)


def card_of(session: Session, interview_id: int, person_id: int) -> Scorecard | None:
    """Return what somebody was asked to say about an interview."""
    found = select(Scorecard).where(
        Scorecard.interview_id == interview_id, Scorecard.interviewer_id == person_id
    )
    return session.exec(found).first()


def cards_of(session: Session, interview_ids: Iterable[int]) -> list[Scorecard]:
    """Return the scorecards of these interviews, in a fixed order."""
    found = select(Scorecard).where(col(Scorecard.interview_id).in_(list(interview_ids)))
    return list(session.exec(found.order_by(col(Scorecard.id))))


def cards_about(session: Session, application_id: int) -> list[Scorecard]:
    """Return the scorecards of an application as they are stored, to be looked at."""
    return [card for (card,) in _ABOUT.rows(session, application=application_id)]


def lock_cards_of(session: Session, interview_id: int) -> list[Scorecard]:
    """Return the scorecards of an interview, which nobody else can change before the end."""
    found = select(Scorecard).where(Scorecard.interview_id == interview_id)
    locked = found.order_by(col(Scorecard.id)).with_for_update()
    return list(session.exec(locked.execution_options(populate_existing=True)))


def pending_of(session: Session, person_id: int) -> list[Scorecard]:
    """Return what somebody has still to give, what is due first first."""
    found = select(Scorecard).where(Scorecard.interviewer_id == person_id, _IS_PENDING)
    return list(session.exec(found.order_by(col(Scorecard.due_at), col(Scorecard.id))))


def submissions_of(session: Session, scorecard_ids: Iterable[int]) -> list[Submission]:
    """Return all that was submitted on these scorecards, by scorecard and version."""
    found = select(Submission).where(col(Submission.scorecard_id).in_(list(scorecard_ids)))
    in_order = (col(Submission.scorecard_id), col(Submission.version))
    return list(session.exec(found.order_by(*in_order)))


def give(session: Session, card: Scorecard, state: CardState, given: Given) -> None:
    """Let a scorecard stand as it was given; nobody waits for it any more."""
    values = {**_values(given), "state": state, "next_look": "", "snoozed_until": None}
    _GIVE.save(session, card, values)


def add_version(session: Session, version: Version) -> int:
    """Store a version of a scorecard and return the number of its submission."""
    [(id,)] = _ADD_VERSION.rows(session, **_values(version))
    return int(id)


def seal_version(session: Session, id: int, words: str) -> None:
    """Store the words of a submission."""
    _SEAL_VERSION.changed(session, submission=id, sealed=words)


def last_submission(session: Session, card: Scorecard) -> Submission | None:
    """Return the newest version of a scorecard, to be looked at."""
    if not card.version:
        return None
    found = _VERSION.rows(session, card=card.id, version=card.version)
    return next((last for (last,) in found), None)


def draft(session: Session, scorecard_id: int) -> Draft | None:
    """Return what was written on a scorecard and not sent."""
    return next((draft for (draft,) in _DRAFT.rows(session, card=scorecard_id)), None)


def drop_draft(session: Session, scorecard_id: int) -> None:
    """Forget what was written on a scorecard and not sent."""
    session.flush()
    _DROP_DRAFT.changed(session, card=scorecard_id)


def round_of(session: Session, application_id: int, stage: str) -> Round | None:
    """Return the round of an application in a stage."""
    found = select(Round).where(Round.application_id == application_id, Round.stage == stage)
    return session.exec(found).first()


# Reminding --------------------------------------------------------------------------------


def lock_pending_of(session: Session, person_id: int) -> list[Scorecard]:
    """Return what somebody has still to give, which nobody else can change before the end."""
    found = select(Scorecard).where(Scorecard.interviewer_id == person_id, _IS_PENDING)
    locked = found.order_by(col(Scorecard.id)).with_for_update()
    return list(session.exec(locked.execution_options(populate_existing=True)))


def overdue(session: Session, now: datetime) -> list[Scorecard]:
    """Return what should have been given by now, what was due first first."""
    found = select(Scorecard).where(_IS_PENDING, col(Scorecard.due_at) < now)
    return list(session.exec(found.order_by(col(Scorecard.due_at), col(Scorecard.id))))


def last_reminded(session: Session, person_id: int) -> datetime | None:
    """Return when somebody was last reminded of any scorecard."""
    of_theirs = col(Scorecard.reminded_at).is_not(None), Scorecard.interviewer_id == person_id
    latest = select(Scorecard.reminded_at).where(*of_theirs)
    return session.exec(latest.order_by(col(Scorecard.reminded_at).desc())).first()


def climbing(session: Session, over: int) -> list[Scorecard]:
    """Return what is waited for and will be heard of again: its rung is not *over*."""
    goes_on = sa.or_(col(Scorecard.rung) < over, col(Scorecard.snoozed_until).is_not(None))
    found = select(Scorecard).where(_IS_PENDING, goes_on)
    return list(session.exec(found.order_by(col(Scorecard.id))))


# Reading ----------------------------------------------------------------------------------

_REVEALED = Reading(
    sa.select(col(Round.stage), col(Round.revealed_at)).where(
        col(Round.application_id) == sa.bindparam("application"),
        col(Round.revealed_at).is_not(None),
    )
)
_GLASS = Reading(
    sa.select(col(Round.stage), col(GlassBreak.until))
    .join(GlassBreak, col(GlassBreak.round_id) == col(Round.id))
    .where(
        col(Round.application_id) == sa.bindparam("application"),
        col(GlassBreak.person_id) == sa.bindparam("person"),
        col(GlassBreak.until) > sa.bindparam("now"),
    )
    .order_by(col(GlassBreak.until))
)
_ROUND = insert(Round)
_HOLD_ROUND = Prepared(
    # Writing the row again locks it, whoever made it.
    _ROUND.on_conflict_do_update(
        index_elements=["application_id", "stage"], set_={"stage": _ROUND.excluded.stage}
    ),
    *("application_id", "stage", "next_look"),
)
# Without the state in it, SQLite looks at the few cards of the round, not at all that wait.
_STATES = Reading(
    sa.select(col(Scorecard.state))
    .join(Interview)
    .where(
        col(Interview.application_id) == sa.bindparam("application"),
        col(Interview.stage) == sa.bindparam("stage"),
    )
)


def revealed(session: Session, application_id: int) -> dict[str, datetime]:
    """Return when the rounds of an application were revealed, by stage."""
    found = _REVEALED.rows(session, application=application_id)
    return {stage: revealed_at for stage, revealed_at in found if revealed_at}


def glass_of(
    session: Session, application_id: int, person_id: int, now: datetime
) -> dict[str, datetime]:
    """Return until when somebody reads an application by break-glass, by stage."""
    return dict(_GLASS.rows(session, application=application_id, person=person_id, now=now))


def ensure_round(session: Session, application_id: int, stage: str) -> Round:
    """Return a round, made when there is none; whoever has locked it is not waited for."""
    session.flush()
    row = {"application_id": application_id, "stage": stage, "next_look": ""}
    session.connection().execute(insert(Round).values(**row).on_conflict_do_nothing())
    found = select(Round).where(Round.application_id == application_id, Round.stage == stage)
    return session.exec(found).one()


def hold_round(session: Session, application_id: int, stage: str) -> None:
    """Let nobody else change a round before this is saved; it is made when there is none."""
    session.flush()
    _HOLD_ROUND.changed(session, application_id=application_id, stage=stage, next_look="")


def lock_round(session: Session, application_id: int, stage: str) -> Round:
    """Return a round, made when there is none; nobody else changes it before this is saved."""
    hold_round(session, application_id, stage)
    found = select(Round).where(Round.application_id == application_id, Round.stage == stage)
    return session.exec(found.execution_options(populate_existing=True)).one()


def any_pending(session: Session, application_id: int, stage: str) -> bool:
    """Say whether a scorecard of a round is still waited for, as all have left it."""
    states = _STATES.rows(session, application=application_id, stage=stage)
    return any(state in PENDING for (state,) in states)


def round_by_id(session: Session, id: int) -> Round | None:
    """Return a round."""
    return session.get(Round, id)


def looked_after(session: Session) -> list[Round]:
    """Return the rounds that are to be revealed at a time that is known."""
    found = select(Round).where(col(Round.revealed_at).is_(None), Round.next_look != "")
    return list(session.exec(found))


def _values(of: Version | Given) -> dict[str, Any]:
    # `asdict` would copy every value deeply.
    return {each.name: getattr(of, each.name) for each in fields(of)}
