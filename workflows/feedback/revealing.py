"""Opening a round to its panel: once, when all is in or its time has come."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from storage import people, places
from storage.people import Person
from workflows.feedback import (
    calls,
    disputing,
    reading,
    sight,
    summarising,
    summary_views,
    tables,
)
from workflows.feedback import summary_texts as texts
from workflows.feedback import workflow as it
from workflows.feedback.rules import GIVEN, PENDING
from workflows.feedback.sight import Case, Eyes, Sight
from workflows.feedback.tables import Round, Scorecard
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Meeting


@calls.cards_change
def after_card(ctx: Context, card: Scorecard) -> None:
    """Open the round of a scorecard when it was the last that was waited for."""
    if card.state in PENDING:
        return
    application, stage = hiring.round_of(ctx.session, card.interview_id)
    # Two who send the last two cards at once wait for each other here.
    tables.hold_round(ctx.session, application, stage)
    opened = tables.revealed(ctx.session, application).get(stage)
    if sight.saw_open(card, opened):
        card.saw_open = True
    if opened:
        _look_again(ctx, tables.lock_round(ctx.session, application, stage))
    elif not tables.any_pending(ctx.session, application, stage):
        _look(ctx, tables.lock_round(ctx.session, application, stage))


@hiring.interviews_change
def after_interview(ctx: Context, meeting: Meeting) -> None:
    """Have the rounds looked at as soon as all that belongs to the change is saved."""
    interview = meeting.interview
    # Several interviews may change at once: a lock now would be held while the next one waits.
    tables.ensure_round(ctx.session, interview.application_id, interview.stage)
    for row in _closed(ctx.session, interview.application_id):
        key = f"feedback:round:{row.id}:look:{ctx.request_id}"
        ctx.schedule(reveal, ctx.now, key=key, round=row.id or 0)


def _closed(session: Session, application: int) -> Iterator[Round]:
    """Yield the rounds that are not open: an interview may have left any of them."""
    meetings = hiring.meetings_of(session, application)
    for stage in dict.fromkeys(each.interview.stage for each in meetings):
        row = tables.round_of(session, application, stage)
        if row and row.revealed_at is None:
            yield row


@it.timer("reveal")
def reveal(ctx: Context, round: int) -> None:  # noqa: A002 - the payload's word for it
    """Open a round if its time has come; else come back when it does."""
    known = tables.round_by_id(ctx.session, round)
    if known is None:
        return
    row = tables.lock_round(ctx.session, known.application_id, known.stage)
    if row.revealed_at is None:
        _look(ctx, row)


@it.awaits
def to_be_revealed(session: Session) -> Mapping[str, str]:
    """Return the rounds that open at a time that is known, with the timer of each."""
    return {f"round:{row.id}": row.next_look for row in tables.looked_after(session)}


def _look(ctx: Context, row: Round) -> None:
    case = sight.case_of(ctx.session, row.application_id)
    if case is None or not case.meetings_in(row.stage):
        row.next_look = ""
        return
    state = case.round(row.stage)
    if not sight.is_revealed(state, ctx.now):
        _wake(ctx, row, sight.reveal_at(state))
        return
    row.revealed_at, row.next_look = ctx.now, ""
    ctx.session.flush()
    ctx.record(f"round:{row.id}", before="blind", after="revealed")
    _announce(ctx, row, case)
    disputing.look(ctx, row, case)


def _look_again(ctx: Context, row: Round) -> None:
    """See what a card that came late changes."""
    case = sight.case_of(ctx.session, row.application_id)
    if case is not None and case.meetings_in(row.stage):
        disputing.look(ctx, row, case)


def _wake(ctx: Context, row: Round, at: datetime | None) -> None:
    """Look again when the round opens, whatever is missing by then."""
    row.next_look = f"feedback:round:{row.id}:reveal:{at}" if at else ""
    if at:
        ctx.schedule(reveal, at, key=row.next_look, round=row.id or 0)


def _announce(ctx: Context, row: Round, case: Case) -> None:
    """Say that a summary can be read, never what is in it: each reader asks for themselves."""
    about, readers = case.meetings[0], list(_readers(ctx, row, case))
    room = hiring.room_of(about.search)
    first = case.meetings_in(row.stage)[0].interview.id or 0
    button = summarising.read_summary.button(texts.READ_SUMMARY, interview=first)
    card = summary_views.ready(reading.title(case, row.stage), button)
    into_room = places.places_of(ctx.session, room.name) and not _bars_somebody(ctx, about)
    for to in [room] if into_room else readers:
        ctx.send(
            to,
            card,
            key=f"feedback:round:{row.id}",
            about=f"round:{row.id}",
            sensitive=True,
            otherwise=readers if into_room else (),
        )


def _bars_somebody(ctx: Context, about: Meeting) -> bool:
    """Say whether somebody, who may be in any room, must not even know how far this is."""
    is_colleague = about.candidate.internal_person_id is not None
    return is_colleague or bool(hiring.recused(ctx.session, about.application.id or 0))


def _readers(ctx: Context, row: Round, case: Case) -> Iterator[Person]:
    """Yield the panel and the hiring manager, as far as they may read now."""
    manager = case.meetings[0].search.hiring_manager_id
    seated = case.round(row.stage).seats
    for id in sorted(seated | ({manager} if manager else set())):
        someone = people.by_id(ctx.session, id, now=ctx.now)
        eyes = Eyes.of(ctx.session, someone, case, ctx.now)
        seen = [eyes.can_view(card) for card in case.cards_in(row.stage) if card.state in GIVEN]
        if seen and min(seen) is Sight.CONTENT:
            yield someone
