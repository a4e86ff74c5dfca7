"""Who is asked about a vote that is closed: as roles are now, never as they were."""

from collections.abc import Iterable, Iterator
from itertools import product

from bot.context import Context
from bot.roles import Role
from storage import people
from workflows.hiring import calls as hiring
from workflows.votes import access, deciding_tables, tables
from workflows.votes.rules import DIRECTED, State
from workflows.votes.tables import Vote


def asked(ctx: Context, vote: Vote, state: State) -> list[int]:
    """Return who is asked in a state; nobody when one who is needed for it is not there."""
    match state:
        case State.EVIDENCE:
            return may_reopen(ctx, vote)
        case State.DECIDER | State.VETOED:
            return _impartial(ctx, vote, [vote.decider_id])
        case State.DIRECTORS:
            return _directors(ctx, vote)
        case State.SPONSOR:
            return _sponsor(ctx, vote)
        case State.ON_HOLD:
            return _impartial(ctx, vote, [vote.decider_id, *_sponsor(ctx, vote)])
        case _:
            return []


def may_reopen(ctx: Context, vote: Vote) -> list[int]:
    """Return who may bring new evidence: the opener, the panel's lead and the decider."""
    return fit(ctx, vote, [vote.opened_by, *_leads(ctx, vote), vote.decider_id])


def steers(ctx: Context, vote: Vote) -> bool:
    """Say whether whoever asks may close, extend, change and cancel a vote."""
    return ctx.person.id in {vote.opened_by, vote.decider_id}


def electors(ctx: Context, vote: Vote) -> list[int]:
    """Return who may vote, without those who stepped back or have left."""
    chosen = tables.electors_of(ctx.session, vote.id or 0)
    return fit(ctx, vote, [one.person_id for one in chosen if not one.is_recused])


def concerned(ctx: Context, vote: Vote) -> list[int]:
    """Return who hears what becomes of a vote: its electors, its opener and its decider."""
    return fit(ctx, vote, [*electors(ctx, vote), vote.opened_by, vote.decider_id])


def holders(ctx: Context, vote: Vote) -> list[int]:
    """Return who may veto."""
    return _impartial(
        ctx,
        vote,
        [one.person_id for one in deciding_tables.veto_holders(ctx.session, vote.id or 0)],
    )


def fit(ctx: Context, vote: Vote, ids: Iterable[int | None]) -> list[int]:
    """Return each of them once who works here and may know of the vote."""
    known = dict.fromkeys(id for id in ids if id is not None)
    return [
        id
        for id in known
        if people.works_here(ctx.session, id) and not access.is_barred(ctx, vote, id)
    ]


def _impartial(ctx: Context, vote: Vote, ids: Iterable[int | None]) -> list[int]:
    """Return those who fit, without those who stepped back from the vote themselves."""
    chosen = tables.electors_of(ctx.session, vote.id or 0)
    out = {one.person_id for one in chosen if one.is_recused}
    return [id for id in fit(ctx, vote, ids) if id not in out]


def _directors(ctx: Context, vote: Vote) -> list[int]:
    """Return the two directors; nobody when they are not two, for nobody decides alone here."""
    held = (
        people.holders(ctx.session, Role.DIRECTOR, department=department, now=ctx.now)
        for department in DIRECTED
    )
    pairs = product(*(_impartial(ctx, vote, [one.id for one in found]) for found in held))
    return next(([one, other] for one, other in pairs if one != other), [])


def _sponsor(ctx: Context, vote: Vote) -> list[int]:
    found = people.holders(ctx.session, Role.SPONSOR, now=ctx.now)
    return _impartial(ctx, vote, [one.id for one in found])[:1]


def _leads(ctx: Context, vote: Vote) -> Iterator[int]:
    if vote.application_id is None:
        return
    meetings = hiring.meetings_of(ctx.session, vote.application_id)
    there = [one.interview.id or 0 for one in meetings if one.interview.stage == vote.stage]
    for seat in hiring.panel(ctx.session, there):
        if seat.is_lead:
            yield seat.person_id
