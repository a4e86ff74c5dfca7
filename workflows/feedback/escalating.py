"""Scorecards that do not come: who hears of them, and how a recruiter steps in."""

from datetime import datetime

from bot.calendars import calendar_of
from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.ui import Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.feedback import keeping, ladder, parties, tables
from workflows.feedback import reminding_texts as texts
from workflows.feedback import reminding_views as views
from workflows.feedback import workflow as it
from workflows.feedback.calls import card_changed
from workflows.feedback.cards import Asked
from workflows.feedback.ladder import Rung
from workflows.feedback.passing_on import reassign
from workflows.feedback.rules import PENDING, CardState
from workflows.feedback.tables import Scorecard
from workflows.hiring import calls as hiring


def tell_recruiter(
    ctx: Context, author: Person, wanted: Asked, why: texts.Lateness
) -> datetime | None:
    """Tell the recruiter privately, and offer to step in; else return until when it waits."""
    recruiter = parties.recruiter_of(ctx, wanted.meeting, besides=author.id)
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


def tell_manager(ctx: Context, author: Person, wanted: Asked) -> datetime | None:
    """Tell the hiring manager, who may know who is late; else return until when it waits."""
    manager = wanted.meeting.search.hiring_manager_id
    known = [] if manager is None else [people.by_id(ctx.session, manager, now=ctx.now)]
    for told in parties.fit(ctx, wanted.meeting, known, besides=author.id):
        if (opens := _opens(ctx, told)) > ctx.now:
            return opens
        message = Message(text=texts.for_manager(author.name, wanted.about))
        _tell(ctx, told, message, wanted, Rung.MANAGER)
    return None


def tell_author(ctx: Context, author: Person, wanted: Asked) -> None:
    """Let the request of a scorecard that others settled say so, where it was read."""
    _tell(ctx, author, Message(text=texts.not_needed(wanted.about)), wanted, Rung.ASK)


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
    keeping.keep_reason(ctx, chosen, texts.WAIVED_REASON)
    ctx.record(f"scorecard:{chosen.id}", before=chosen.state, after=CardState.DECLINED)
    chosen.state = CardState.DECLINED
    card_changed(ctx, chosen)
    return _said(ctx, wanted, texts.waived(author.name, wanted.about))


def _late(ctx: Context, id: int) -> tuple[Asked, Person]:
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
    may = parties.recruiters_of(ctx, meeting, besides=card.interviewer_id)
    if ctx.person.id not in {one.id for one in may}:
        raise NotFound(NO_SUCH_THING)
    wanted = Asked(card, meeting)
    if card.state not in PENDING:
        raise Conflict(texts.settled_already(wanted.about))
    return wanted, people.by_id(ctx.session, card.interviewer_id, now=ctx.now)


def _said(ctx: Context, wanted: Asked, text: str) -> Message:
    """Let the card whose button was pressed say the same, without its buttons."""
    message = Message(text=text)
    _tell(ctx, ctx.person, message, wanted, Rung.RECRUITER)
    return message


def _opens(ctx: Context, someone: Person) -> datetime:
    """Return when somebody is written to, from now on."""
    hours = calendar_of(ctx.session, someone, since=ctx.now)
    return ladder.calm(hours).next_working(ctx.now)


def _tell(ctx: Context, to: Person, message: Message, wanted: Asked, rung: Rung) -> None:
    ctx.send(
        to,
        message,
        key=key_of(wanted.card, rung),
        about=f"interview:{wanted.meeting.interview.id}",
        sensitive=True,
    )
