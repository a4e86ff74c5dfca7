"""What follows when an open round disagrees: a vote, or a word to the panel's lead alone."""

from __future__ import annotations

from collections.abc import Iterator

from bot.context import Context
from bot.errors import BotError
from bot.ui import Message
from storage import people
from storage.people import Person
from workflows.feedback import disagreement, parties, reading, sight, summary_views, tables
from workflows.feedback import summary_texts as texts
from workflows.feedback.disagreement import Disagreement, Voice
from workflows.feedback.rules import GIVEN, PENDING
from workflows.feedback.sight import Case, Eyes, RoundState, Sight, Viewer
from workflows.feedback.tables import Round
from workflows.hiring import calls as hiring
from workflows.votes import calls as votes
from workflows.votes import electorate, escalating, opening
from workflows.votes import tables as voted
from workflows.votes.opening import Opening
from workflows.votes.rules import State
from workflows.votes.texts import TRIGGERS


@votes.before_opening
def wait_for_the_blind(ctx: Context, application_id: int, stage: str) -> str:
    """Let no vote sway somebody who has still to judge."""
    case = sight.case_of(ctx.session, application_id)
    if case is None or not case.meetings_in(stage):
        return ""
    state = case.round(stage)
    is_waited_for = any(card.state in PENDING for card in state.cards)
    is_closed = is_waited_for and not sight.is_revealed(state, ctx.now)
    if is_closed or _is_blind(ctx, state):
        return texts.vote_must_wait(reading.title(case, stage))
    return ""


def look(ctx: Context, row: Round, case: Case) -> None:
    """Open a vote about an open round that disagrees, or suggest one; once for each round.

    Whoever opened the round or came late to it holds its lock.
    """
    if _is_blind(ctx, case.round(row.stage)) or _is_voted_on(ctx, row):
        return
    criteria = reading.criteria_of(ctx.session, case, row.stage)
    found = disagreement.found(criteria, _voices(ctx, case, row))
    if found is None:
        return
    if not found.opens:
        _suggest(ctx, row, case, found)
        return
    try:
        _open(ctx, row, case, found)
    except BotError as refused:
        _suggest(ctx, row, case, found, why_not=str(refused))


def _open(ctx: Context, row: Round, case: Case, found: Disagreement) -> None:
    subject = electorate.about_application(ctx.session, row.application_id, row.stage)
    if subject is not None:
        opening.open_vote(
            ctx,
            Opening(
                subject=subject,
                dispute=found.dispute,
                question=_question(case, row),
                trigger=found.trigger,
                origin=_origin(row),
            ),
        )


def _suggest(
    ctx: Context, row: Round, case: Case, found: Disagreement, *, why_not: str = ""
) -> None:
    """Offer a vote to the panel's lead, or else to who recruits, as far as they may read."""
    to = next(_suggested_to(ctx, row, case), None)
    if to is None:
        return
    button = escalating.escalate.button(
        texts.ESCALATE,
        application=row.application_id,
        stage=row.stage,
        dispute=found.dispute,
        question=_question(case, row),
    )
    said = texts.suggested(reading.title(case, row.stage), TRIGGERS[found.trigger], why_not)
    ctx.send(
        to,
        summary_views.with_buttons(Message(text=said), [button.primary()]),
        key=f"feedback:disagreement:{row.id}",
        about=f"round:{row.id}",
        sensitive=True,
    )


def _suggested_to(ctx: Context, row: Round, case: Case) -> Iterator[Person]:
    about = case.meetings[0]
    for id in sorted(reading.lead_ids(ctx.session, case, row.stage)):
        lead = people.by_id(ctx.session, id, now=ctx.now)
        if _reads_all(ctx, lead, row, case):
            yield lead
    recruiter = parties.recruiter_of(ctx, about, besides=0)
    others = parties.recruiters_of(ctx, about, besides=0)
    for one in (recruiter, *others):
        if one is not None and _reads_all(ctx, one, row, case):
            yield one


def _reads_all(ctx: Context, someone: Person, row: Round, case: Case) -> bool:
    eyes = Eyes.of(ctx.session, someone, case, ctx.now)
    given = [card for card in case.cards_in(row.stage) if card.state in GIVEN]
    return all(eyes.can_view(card) is Sight.CONTENT for card in given)


def _voices(ctx: Context, case: Case, row: Round) -> list[Voice]:
    """Return the versions that count, each with its author's department as it is now."""
    cards = {card.id: card for card in case.cards_in(row.stage) if card.state in GIVEN}
    versions = tables.submissions_of(ctx.session, [id for id in cards if id is not None])
    return [
        Voice(_department(ctx, cards[one.scorecard_id].interviewer_id), one.overall, one.ratings)
        for one in versions
        if one.version == cards[one.scorecard_id].counted
    ]


def _department(ctx: Context, person: int) -> str:
    return people.by_id(ctx.session, person, now=ctx.now).department or ""


def _is_blind(ctx: Context, state: RoundState) -> bool:
    """Say whether somebody of the panel has still to judge, and reads nobody's until then."""
    return any(sight.owes(Viewer(person), [state], ctx.now) for person in state.seats)


def _is_voted_on(ctx: Context, row: Round) -> bool:
    """Say whether there is, or was, a vote about the round; one that was cancelled is none.

    What Parley opened itself it never opens again.
    """
    about = voted.votes_about(ctx.session, row.application_id)
    return any(
        one.origin == _origin(row) or (one.stage == row.stage and one.state is not State.CANCELLED)
        for one in about
    )


def _origin(row: Round) -> str:
    return f"round:{row.id}"


def _question(case: Case, row: Round) -> str:
    about = case.meetings[0]
    codes = hiring.code_of(about.candidate), hiring.code_of(about.search)
    return texts.question(*codes, row.stage)
