"""The card of a vote: the same in all its places, and edited at a pace."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.context import unasked
from bot.delivery import Delivery
from bot.inbound import Place
from bot.standing import Standings
from bot.ui import Link, Message, Text
from bot.worker import Worker
from storage.database import Database
from tests.bot.platforms import CLOSED, DOWN, MemoryPlatform
from tests.workflows.engine import engine_around
from tests.workflows.votes.house import IDS, House
from workflows import votes
from workflows.hiring import calls as hiring
from workflows.votes import calls, cards, views
from workflows.votes.deciding_tables import Decision
from workflows.votes.tables import Vote
from workflows.votes.threads import Thread

THREADS = [
    {"platform": "slack", "tenant": "T1", "channel": "C1", "thread": "1.0"},
    {"platform": "teams", "tenant": "tenant", "channel": "19:room", "thread": "7"},
]


@dataclass
class Post:
    """What carries a vote's cards to both platforms."""

    house: House
    slack: MemoryPlatform
    teams: MemoryPlatform
    worker: Worker

    async def opens(self) -> int:
        """Let a vote be open whose card was just sent, and not yet delivered."""
        id = await self.house.opens(places=THREADS)
        await self.house.within(lambda ctx: cards.show(ctx, ctx.session.get_one(Vote, id)))
        return id

    async def passes(self, span: timedelta) -> None:
        """Deliver what waits, and let *span* pass with all that is done meanwhile."""
        end = self.house.clock.now() + span
        await self.worker.idle()
        while (due := await self.house._next_due()) and due <= end:
            self.house.clock.move_to(max(due, self.house.clock.now()))
            await self.worker.idle()
        self.house.clock.move_to(end)

    async def looks(self) -> int:
        """Return how many looks for links are still to come."""
        return sum(":link:" in job.key for job in await self.house._waiting())

    def cards(self) -> list[Message]:
        """Return the cards as they can be read now."""
        return [post.message for each in (self.slack, self.teams) for post in each.posts]

    def edits(self) -> list[int]:
        """Return how often each card was edited."""
        return [post.edits for each in (self.slack, self.teams) for post in each.posts]


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    """The engine around the database, with a worker that delivers."""
    slack, teams = MemoryPlatform("slack"), MemoryPlatform("teams")
    platforms = {"slack": slack, "teams": teams}
    async with engine_around(votes.workflow, database, platforms=platforms) as (
        engine,
        clock,
        sealer,
    ):
        standings = Standings(database, platforms, clock)
        delivery = Delivery(database, platforms, sealer, clock, standings=standings)
        run = {"send": delivery.deliver, "timer": engine.run_timer}
        worker = Worker(database, clock, run, on_dead=engine.keepers.tell_of_death)
        yield Post(House(engine, database, clock, sealer, IDS), slack, teams, worker)
        await standings.close()


def links(card: Message) -> list[Link]:
    """Return the links in what a card says."""
    lines = (block.text for block in card.blocks if isinstance(block, Text))
    return [span for line in lines for span in line if isinstance(span, Link)]


async def changes(house: House, vote: int) -> None:
    """Let a vote change."""
    now = house.clock.now()
    await house.database.write(
        lambda session: calls.vote_changed(unasked(session, house.sealer, now), vote)
    )


async def test_changes_within_two_seconds_are_one_edit_in_every_thread(house: House) -> None:
    vote = await house.opens(places=THREADS)
    for _ in range(3):
        await changes(house, vote)

    await house.passes(timedelta(minutes=1))

    sent = await house.sent()
    assert [parcel.place for parcel in sent] == [Place(**place) for place in THREADS]
    assert {parcel.envelope.key for parcel in sent} == {f"vote:{vote}"}
    assert "0 of 6" in sent[0].message.text


async def test_what_is_stored_later_than_it_was_made_is_shown_by_the_next_look(
    house: House,
) -> None:
    vote = await house.opens(places=THREADS)
    await changes(house, vote)
    await house.passes(timedelta(seconds=4))
    await house.add(Decision(vote_id=vote, decided="decline", at=house.clock.now()))

    await house.passes(timedelta(minutes=1))

    cards = [parcel.message.text for parcel in await house.sent()]
    assert ["Decided: Decline" in card for card in cards] == [False, False, True, True]


async def test_nothing_of_a_vote_stays_where_somebody_kept_out_may_read(house: House) -> None:
    vote = await house.opens(places=THREADS)
    await house.within(lambda ctx: hiring.kept_out(ctx, 1, IDS["Ines"]))
    await changes(house, vote)

    await house.passes(timedelta(minutes=1))

    sent = await house.sent()
    assert [parcel.place for parcel in sent] == [Place(**place) for place in THREADS]
    assert all("goes on in private messages" in parcel.message.text for parcel in sent)


async def test_each_card_leads_to_the_other_threads_soon_after_the_opening(post: Post) -> None:
    await post.opens()
    await post.worker.idle()
    first = [links(card) for card in post.cards()]

    await post.passes(timedelta(hours=1))

    here, there = post.cards()
    assert first == [[], []]
    assert here == there
    assert links(here) == [
        Link(label="Slack", url="https://slack.example/0"),
        Link(label="Teams", url="https://teams.example/0"),
    ]
    assert "It is talked about in 2 threads: Slack, Teams. Each goes on" in here.text
    assert post.edits() == [1, 1]


async def test_a_thread_that_cannot_be_reached_yet_is_linked_when_it_can(post: Post) -> None:
    post.teams.fail("post", *[DOWN] * 3)
    await post.opens()

    await post.passes(timedelta(hours=1))

    here, there = post.cards()
    assert here == there
    assert [link.label for link in links(here)] == ["Slack", "Teams"]


async def test_a_card_without_new_links_is_not_edited(post: Post) -> None:
    post.teams.fail("post", *[CLOSED] * 9)
    await post.opens()
    await post.passes(timedelta(hours=1))
    edits = post.edits()

    await post.passes(timedelta(days=1))

    [card] = post.cards()
    assert [link.label for link in links(card)] == ["Slack"]
    assert edits == post.edits() == [1]
    assert "Slack, Teams" in card.text
    assert await post.looks() == 1


def test_several_threads_on_one_platform_are_told_apart() -> None:
    threads = [Thread("slack", "https://slack.example/0"), Thread("teams"), Thread("slack")]

    said = views.talk(threads)

    assert said[1:-1] == (
        Link(label="Slack 1", url="https://slack.example/0"),
        ", ",
        "Teams",
        ", ",
        "Slack 2",
    )
