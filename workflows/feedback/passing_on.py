"""A scorecard that somebody gives later, not at all, or leaves to a colleague."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.answers import Answers
from bot.calendars import calendar_of
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.standing import account_of
from bot.text import Line, parse
from bot.ui import Form, Message, Reply, Text, When
from storage import people, roster
from storage.people import Account, Person
from workflows import people as colleagues
from workflows.feedback import calls, cards, keeping, parties
from workflows.feedback import giving_texts as texts
from workflows.feedback import giving_views as views
from workflows.feedback import workflow as it
from workflows.feedback.cards import Asked
from workflows.feedback.rules import GIVEN, PENDING, CardState
from workflows.hiring import calls as hiring

_HOURS = re.compile(r"([0-9]{1,2})h", re.IGNORECASE)
TOMORROW = "tomorrow"


# Not at all -------------------------------------------------------------------------------


@it.command("feedback decline", help=texts.HELP_DECLINE, usage=texts.USAGE_DECLINE)
def decline_named(ctx: Context, text: str) -> Reply:
    """Decline with the reason that was typed; ask for it when there is none."""
    line = parse(text)
    asked = cards.lock(ctx, cards.named(ctx, line).id)
    reason = line.rest or " ".join(_after_code(line))
    if not reason:
        return decline.open(ctx, card=asked.id)
    return _decline(ctx, asked, reason[: views.LONGEST_REASON])


@it.form("decline")
def decline(ctx: Context, card: int) -> Form:
    """Ask why the scorecard will not come."""
    return views.declining(cards.kept(ctx, card))


@decline.submit
def declined(ctx: Context, answers: Answers, card: int) -> Reply:
    """Decline as the form says."""
    return _decline(ctx, cards.lock_kept(ctx, card), answers.text("why"))


def _decline(ctx: Context, asked: Asked, reason: str) -> Message:
    if asked.card.state is CardState.DECLINED:
        return Message(text=texts.DECLINED)
    if asked.card.state not in PENDING:
        raise Conflict(texts.GIVEN_ALREADY)
    keeping.keep_reason(ctx, asked.card, reason)
    cards.move(ctx, asked, CardState.DECLINED)
    if ctx.person.id == asked.card.interviewer_id:
        _tell_recruiter(ctx, asked, reason)
        return Message(text=texts.DECLINED)
    author = people.by_id(ctx.session, asked.card.interviewer_id, now=ctx.now)
    return Message(text=texts.waived(author.name, asked.code))


def _tell_recruiter(ctx: Context, asked: Asked, reason: str) -> None:
    recruiter = parties.recruiter_of(ctx, asked.meeting, besides=ctx.person.id)
    if recruiter is not None:
        button = reassign.button(texts.REASSIGN, card=asked.id)
        ctx.send(
            recruiter,
            views.declined(asked, ctx.person.name, reason, button),
            key=f"feedback:{asked.id}:declined:{ctx.request_id}",
            about=f"interview:{asked.card.interview_id}",
            sensitive=True,
        )


# By somebody else -------------------------------------------------------------------------


@it.command("feedback reassign", help=texts.HELP_REASSIGN, usage=texts.USAGE_REASSIGN)
def reassign_named(ctx: Context, text: str) -> Reply:
    """Hand the scorecard over to whom a line names; ask for them when it names nobody."""
    line = parse(text)
    asked = cards.lock_panel(ctx, cards.named(ctx, line).id)
    named = _after_code(line)
    if not named:
        return reassign.open(ctx, card=asked.id)
    if len(named) > 1:
        raise Invalid(texts.WHOM)
    near = account_of(ctx.user)
    return _hand_over(ctx, asked, colleagues.find(ctx.session, named[0], now=ctx.now, near=near))


@it.form("reassign")
def reassign(ctx: Context, card: int) -> Form:
    """Ask who gives the feedback instead."""
    return views.handing_over(cards.kept(ctx, card))


@reassign.submit
def reassigned(ctx: Context, answers: Answers, card: int) -> Reply:
    """Hand the scorecard over as the form says."""
    asked = cards.lock_panel(ctx, card)
    picked = Account(ctx.user.platform, ctx.user.tenant, answers.text("who"))
    someone = roster.owner_of(ctx.session, picked, now=ctx.now)
    if someone is None or not _can_take(ctx, asked, someone):
        raise Invalid(fields={"who": texts.NOT_THEM})
    return _hand_over(ctx, asked, someone)


def _can_take(ctx: Context, asked: Asked, someone: Person) -> bool:
    """Say whether somebody may interview this candidate, and does not do so already."""
    interview = asked.meeting.interview.id or 0
    seats = {seat.person_id for seat in hiring.panel(ctx.session, [interview])}
    has_account = bool(people.accounts_of(ctx.session, someone.id))
    is_free = someone.id not in seats and someone.id != asked.card.interviewer_id
    return (
        has_account
        and is_free
        and people.works_here(ctx.session, someone.id)
        and parties.may_judge(ctx.session, asked.meeting, someone.id)
    )


def _hand_over(ctx: Context, asked: Asked, someone: Person) -> Message:
    """Ask *someone* instead, who takes the seat on the panel."""
    if asked.card.state in GIVEN:
        raise Conflict(texts.GIVEN_ALREADY)
    if not _can_take(ctx, asked, someone):
        raise Invalid(texts.NOT_THEM)
    interview = asked.card.interview_id
    # The seat first: a round that seems to wait for nobody would open.
    hiring.hand_seat(ctx.session, interview, asked.card.interviewer_id, someone.id)
    cards.move(ctx, asked, CardState.REASSIGNED)
    hiring.interview_changed(ctx, interview)
    return Message(text=texts.handed_over(someone.name, asked.code))


# Later ------------------------------------------------------------------------------------


@it.command("feedback snooze", help=texts.HELP_SNOOZE, usage=texts.USAGE_SNOOZE)
def snooze_named(ctx: Context, text: str) -> Reply:
    """Be reminded later, as a line says."""
    line = parse(text)
    asked = cards.named(ctx, line)
    return _snooze(ctx, cards.lock(ctx, asked.id), " ".join(_after_code(line)))


@it.action("snooze")
def snooze(ctx: Context, card: int, until: str) -> Reply:
    """Be reminded later, by the button on a reminder."""
    return _snooze(ctx, cards.lock(ctx, card), until)


def _snooze(ctx: Context, asked: Asked, until: str) -> Message:
    if asked.card.state not in PENDING:
        raise Conflict(texts.GIVEN_ALREADY)
    at = _moment(ctx, until)
    asked.card.snoozed_until = at
    ctx.record(f"scorecard:{asked.id}", after=at)
    calls.card_changed(ctx, asked.card)
    before, after = texts.snoozed(asked.code)
    text = (before, When(at=at), after)
    return Message(text=f"{before}{at:%Y-%m-%d %H:%M} UTC{after}", blocks=(Text(text=text),))


def _moment(ctx: Context, until: str) -> datetime:
    """Return the first working moment after what somebody asked for."""
    hours = _HOURS.fullmatch(until.strip())
    if hours and int(hours[1]):
        wanted = ctx.now + timedelta(hours=int(hours[1]))
    elif until.strip().casefold() == TOMORROW:
        zone = ZoneInfo(ctx.person.timezone)
        tomorrow = ctx.now.astimezone(zone).date() + timedelta(days=1)
        wanted = datetime.combine(tomorrow, time.min, zone)
    else:
        raise Invalid(texts.SNOOZE_HOW)
    return calendar_of(ctx.session, ctx.person, since=ctx.now).next_working(wanted)


def _after_code(line: Line) -> list[str]:
    """Return what was typed after the interview's code."""
    codes = {str(ref) for ref in line.refs}
    return [word for word in line.words if word.upper() not in codes]
