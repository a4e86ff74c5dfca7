"""A thousand people vote in two processes while the deadline passes: nothing is lost or doubled."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.wire import Parcel, Traffic
from adapters.slack.ticket import Ticket
from bot.context import Context, unasked
from bot.platform import Standing
from storage import accounts, people, welcomes
from storage.audit import audit
from storage.database import Database
from storage.secrets import Sealer
from tests.faults.bots import Bots
from tests.faults.conftest import KEY
from tests.faults.rows import Rows
from tests.faults.traffic import RETRY_SECONDS, Act, eventually
from workflows.hiring.tables import Search
from workflows.votes import closing, keeping, tables
from workflows.votes.deciding_tables import Count
from workflows.votes.rules import FEWEST_BALLOTS, QUORUM, THRESHOLD, WEIGHTS, Dispute, options_for
from workflows.votes.tables import Ballot, Elector, Terms, Vote

pytestmark = pytest.mark.slow

PROCESSES = 2
CROWD = 1_000
AT_ONCE = 20
CHOICES = ("in_favour", "abstain")
SIDES = ("security", "ta")
VOTE = 1
DAY, SOON = timedelta(days=1), timedelta(seconds=0.2)


@pytest.fixture
async def database(slack: SlackSimulator, rows: Rows) -> AsyncIterator[Database]:
    """The database of the bots, beside them, with a vote of everybody."""
    opened = Database(rows.url, threads=2, exclusive=False)
    await opened.open()
    await opened.write(lambda session: open_vote(session, slack.team_id))
    yield opened
    await opened.close()


async def test_each_ballot_that_was_taken_is_counted_once_and_the_others_were_told(
    slack: SlackSimulator, bots: Bots, rows: Rows, database: Database
) -> None:
    whole = replace(bots.orders, packages=("workflows",))
    running = [await bots.start(whole) for _ in range(1 if rows.is_sqlite else PROCESSES)]
    turns = asyncio.Semaphore(AT_ONCE)

    async def vote(numbers: Sequence[int]) -> list[str]:
        return await asyncio.gather(*map(vote_once, numbers))

    async def vote_once(number: int) -> str:
        async with turns:
            return await told(slack, running[number % len(running)].url, ballot(slack, number))

    in_time = await vote(range(500))
    about_then, _ = await asyncio.gather(vote(range(500, 800)), database.write(bring_forward))
    await eventually(lambda: state(rows) != "open")
    too_late = await vote(range(800, CROWD))

    answers = dict(enumerate([*in_time, *about_then, *too_late]))
    taken = {number for number, answer in answers.items() if "You voted" in answer}
    assert set(range(500)) <= taken <= set(range(800))
    assert all("is closed" in answers[number] for number in answers.keys() - taken)
    assert ballots(rows) == Counter({number + 1: 1 for number in taken})
    assert counted(rows) == {
        side: Counter(CHOICES[number // 2 % 2] for number in taken if SIDES[number % 2] == side)
        for side in SIDES
    }


def ballot(slack: SlackSimulator, number: int) -> Act:
    """Send the form in which somebody votes, once."""
    state = {"vote": VOTE, "version": 1, "choice": CHOICES[number // 2 % 2]}
    ticket = Ticket(channel="C1", state=state, instance=f"{number}")
    payload = {
        "type": "view_submission",
        "team": {"id": slack.team_id},
        "user": {"id": account(number)},
        "trigger_id": f"{number}",
        "view": {
            "id": f"V{number}",
            "type": "modal",
            "callback_id": "votes.answer",
            "private_metadata": ticket.write(),
            "state": {"values": {}},
        },
    }
    return Act(*Parcel(Traffic.INTERACTION, "vote", payload, account(number)).encoded())


async def told(slack: SlackSimulator, url: str, act: Act) -> str:
    """Repeat an act until the bot acknowledges it, and return what it answered."""
    while True:
        headers = dict(slack.wire.headers(act.body, act.content_type))
        taken = await slack.wire.post(f"{url}/slack/events", act.body, headers)
        if taken.ok:
            return taken.body
        await asyncio.sleep(RETRY_SECONDS)


def account(number: int) -> str:
    return f"UVOTER{number}"


def state(rows: Rows) -> str:
    with rows.connection() as connection:
        return str(connection.scalar(sa.select(col(Vote.state))))


def ballots(rows: Rows) -> Counter[int]:
    """Return how many ballots each person has."""
    with rows.connection() as connection:
        return Counter(connection.scalars(sa.select(col(Ballot.person_id))))


def counted(rows: Rows) -> dict[str, dict[str, int]]:
    """Return what the one count says; it was audited once."""
    with rows.connection() as connection:
        [found] = connection.scalars(sa.select(col(Count.counts)))
        noted = sa.select(audit.c.entity).where(audit.c.entity == f"vote:{VOTE}:count:1")
        [_] = connection.scalars(noted)
    assert found is not None
    return found


def open_vote(session: Session, team: str) -> None:
    """Let everybody be known, and vote for a day."""
    ctx = context(session)
    for number in range(CROWD):
        person = people.add_person(session, f"Voter {number}")
        known = people.link_account(session, person.id, "slack", team, account(number))
        accounts.note_standing(session, known, Standing.MEMBER, now=ctx.now)
        welcomes.met(session, known, person_id=person.id)
    search = Search(
        title="SOC", role_family="soc", level="senior", opened_on=ctx.now.date(), ta_owner_id=1
    )
    session.add(search)
    session.flush()
    vote = Vote(
        dispute=Dispute.PROCESS,
        search_id=search.id or 0,
        quorum=QUORUM,
        threshold=THRESHOLD,
        fewest=FEWEST_BALLOTS,
        decider_id=1,
        opened_at=ctx.now,
        closes_at=ctx.now + DAY,
        minutes=960,
    )
    session.add(vote)
    session.flush()
    fill(ctx, vote)
    closing.schedule(ctx, vote)


def fill(ctx: Context, vote: Vote) -> None:
    """Add what is asked, and who is."""
    weights = dict(WEIGHTS[vote.dispute])
    options = [
        {"key": one.key, "label": one.label, "needs_reason": one.needs_reason}
        for one in options_for(vote.dispute)
    ]
    terms = Terms(vote_id=VOTE, version=1, options=options, weights=weights, at=ctx.now)
    keeping.seal_question(ctx, terms, "Do interviewers write before they talk?")
    ctx.session.add_all(
        Elector(vote_id=VOTE, person_id=number + 1, department=SIDES[number % 2])
        for number in range(CROWD)
    )


def bring_forward(session: Session) -> None:
    """Let the vote close soon."""
    ctx = context(session)
    vote = tables.lock_vote(session, VOTE)
    assert vote is not None
    vote.closes_at = ctx.now + SOON
    closing.schedule(ctx, vote)


def context(session: Session) -> Context:
    return unasked(session, Sealer(KEY), datetime.now(UTC))
