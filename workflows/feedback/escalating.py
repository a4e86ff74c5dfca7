"""Scorecards that do not come: who hears of them, and how a recruiter steps in."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.answers import Answers
from bot.calendars import calendar_of
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.roles import Role
from bot.ui import Form, Message, PersonInput, Reply, Text
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.feedback import ladder, tables
from workflows.feedback import reminding_texts as texts
from workflows.feedback import reminding_views as views
from workflows.feedback import workflow as it
from workflows.feedback.ladder import Rung
from workflows.feedback.reminding_views import Wanted
from workflows.feedback.rules import PENDING, CardState
from workflows.feedback.tables import Scorecard
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Meeting

REASON = Scorecard.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it


def may_judge(session: Session, meeting: Meeting, person_id: int) -> bool:
    """Say whether somebody may ever see anything of this application."""
    return person_id != meeting.candidate.internal_person_id and not hiring.is_recused(
        session, meeting.application.id or 0, person_id
    )


def recruiters_of(ctx: Context, meeting: Meeting, *, besides: int) -> list[Person]:
    """Return who steps in for a search, the first to be told first; never *besides*.

    It is the owner in talent acquisition, then every recruiter, and without any the admins.
    """
    owner = meeting.search.ta_owner_id
    owners = [] if owner is None else [people.by_id(ctx.session, owner, now=ctx.now)]
    recruiters = people.holders(ctx.session, Role.RECRUITER, now=ctx.now)
    found = _fit(ctx, meeting, [*owners, *recruiters], besides)
    admins = people.holders(ctx.session, Role.ADMIN, now=ctx.now)
    return found or _fit(ctx, meeting, admins, besides)


def recruiter_of(ctx: Context, meeting: Meeting, *, besides: int) -> Person | None:
    """Return the one who is told: the first who is not away."""
    found = recruiters_of(ctx, meeting, besides=besides)
    return next((one for one in found if not _is_absent(ctx, one)), next(iter(found), None))


def tell_recruiter(
    ctx: Context, author: Person, wanted: Wanted, why: texts.Lateness
) -> datetime | None:
    """Tell the recruiter privately, and offer to step in; else return until when it waits."""
    recruiter = recruiter_of(ctx, wanted.meeting, besides=author.id)
    if recruiter is not None:
        if (opens := _opens(ctx, recruiter)) > ctx.now:
            return opens
        card = wanted.card.id or 0
        buttons = (
            reassign.button(texts.REASSIGN, card=card),
            waive.button(texts.WAIVE, card=card).danger(texts.SURE_TO_WAIVE),
        )
        message = views.for_recruiter(author, wanted, why, buttons)
        _tell(ctx, recruiter, message, wanted, Rung.RECRUITER)
    wanted.card.escalated_at = ctx.now
    return None


def tell_manager(ctx: Context, author: Person, wanted: Wanted) -> datetime | None:
    """Tell the hiring manager, who may know who is late; else return until when it waits."""
    manager = wanted.meeting.search.hiring_manager_id
    known = [] if manager is None else [people.by_id(ctx.session, manager, now=ctx.now)]
    for told in _fit(ctx, wanted.meeting, known, author.id):
        if (opens := _opens(ctx, told)) > ctx.now:
            return opens
        message = Message(text=texts.for_manager(author.name, wanted.about))
        _tell(ctx, told, message, wanted, Rung.MANAGER)
    return None


def key_of(card: Scorecard, rung: Rung) -> str:
    """Return the key of a message about a scorecard: said again, it edits the first.

    When it is asked for anew, people are told anew.
    """
    return f"feedback:card:{card.id}:{card.requested_at:%Y%m%dT%H%M%S.%f}:{rung.name.casefold()}"


@it.action("waive")
def waive(ctx: Context, card: int) -> Reply:
    """Let the panel go on without a scorecard."""
    wanted, author = _late(ctx, card)
    chosen = wanted.card
    chosen.reason = ctx.sealer.seal(texts.WAIVED_REASON, at=REASON, row=str(chosen.id))
    _settle(ctx, wanted, author, CardState.DECLINED)
    return _said(ctx, wanted, texts.waived(author.name, wanted.about))


@it.form("step_in")
def reassign(ctx: Context, card: int) -> Form:
    """Ask who writes a scorecard instead."""
    wanted, author = _late(ctx, card)
    inputs = (
        Text(text=texts.of_author(author.name, wanted.about)),
        PersonInput(name="who", label=texts.WHO, hint=texts.HINT_WHO),
    )
    return Form(title=texts.FORM_REASSIGN, inputs=inputs, submit=texts.SUBMIT_REASSIGN)


@reassign.submit
def reassigned(ctx: Context, answers: Answers, card: int) -> Reply:
    """Give the seat on the panel to somebody else, who is asked like everybody."""
    wanted, author = _late(ctx, card)
    own = ctx.user.platform, ctx.user.tenant, answers.text("who")
    new = people.identify(ctx.session, *own, now=ctx.now)
    if new is None or not _may_take_over(ctx, wanted.meeting, new):
        raise Invalid(fields={"who": texts.CANNOT_JUDGE})
    _settle(ctx, wanted, author, CardState.REASSIGNED)
    interview = wanted.meeting.interview.id or 0
    hiring.hand_seat(ctx.session, interview, author.id, new.id)
    hiring.interview_changed(ctx, interview)
    return _said(ctx, wanted, texts.reassigned(author.name, new.name, wanted.about))


def _late(ctx: Context, id: int) -> tuple[Wanted, Person]:
    """Return a scorecard that is waited for, and its author, for who may step in.

    Raises:
        NotFound: it is not there, or who asks may not know of it.
        Conflict: it is not waited for any more.
    """
    card = tables.scorecard(ctx.session, id)
    meeting = hiring.meeting(ctx.session, card.interview_id) if card else None
    if card is None or meeting is None:
        raise NotFound(NO_SUCH_THING)
    # All of them, in one order: asking somebody else locks them as well.
    tables.lock_cards_of(ctx.session, card.interview_id)
    may = recruiters_of(ctx, meeting, besides=card.interviewer_id)
    if ctx.person.id not in {one.id for one in may}:
        raise NotFound(NO_SUCH_THING)
    wanted = Wanted(card, meeting)
    if card.state not in PENDING:
        raise Conflict(texts.settled_already(wanted.about))
    return wanted, people.by_id(ctx.session, card.interviewer_id, now=ctx.now)


def _settle(ctx: Context, wanted: Wanted, author: Person, state: CardState) -> None:
    """Wait for a scorecard no more, and tell its author if they were asked."""
    card = wanted.card
    ctx.record(f"scorecard:{card.id}", before=card.state, after=state)
    card.state, card.next_look = state, ""
    if card.rung > Rung.ASK:
        _tell(ctx, author, Message(text=texts.not_needed(wanted.about)), wanted, Rung.ASK)


def _said(ctx: Context, wanted: Wanted, text: str) -> Message:
    """Let the card whose button was pressed say the same, without its buttons."""
    message = Message(text=text)
    _tell(ctx, ctx.person, message, wanted, Rung.RECRUITER)
    return message


def _may_take_over(ctx: Context, meeting: Meeting, someone: Person) -> bool:
    interview = meeting.interview.id or 0
    seats = hiring.panel(ctx.session, [interview])
    earlier = tables.card_of(ctx.session, interview, someone.id)
    return (
        may_judge(ctx.session, meeting, someone.id)
        and someone.id not in {seat.person_id for seat in seats}
        and (earlier is None or earlier.state is CardState.VOID)
    )


def _fit(ctx: Context, meeting: Meeting, found: Iterable[Person], besides: int) -> list[Person]:
    """Return those of *found* who are here and may know of it, each once."""
    return [
        one
        for one in {one.id: one for one in found}.values()
        if one.active and one.id != besides and may_judge(ctx.session, meeting, one.id)
    ]


def _is_absent(ctx: Context, someone: Person) -> bool:
    return ladder.is_absent(calendar_of(ctx.session, someone, since=ctx.now), ctx.now)


def _opens(ctx: Context, someone: Person) -> datetime:
    """Return when somebody is written to, from now on."""
    hours = calendar_of(ctx.session, someone, since=ctx.now)
    return ladder.calm(hours).next_working(ctx.now)


def _tell(ctx: Context, to: Person, message: Message, wanted: Wanted, rung: Rung) -> None:
    ctx.send(
        to,
        message,
        key=key_of(wanted.card, rung),
        about=f"interview:{wanted.meeting.interview.id}",
        sensitive=True,
    )
