"""What is sent arrives: in order, once, by the best way there is, and never too soon."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session

from bot import menu, outbox
from bot.errors import DeliveryError
from bot.inbound import Command, Place, Room, UserRef
from bot.ui import Message
from bot.worker import MAX_ATTEMPTS
from storage import gates, jobs, people, places, posts
from storage.jobs import State
from storage.people import Account
from tests.bot.house import ADA, CHANNEL, LEE
from tests.bot.platforms import CLOSED, DOWN, GONE, LOST
from tests.bot.postman import Post
from tests.bot.toys import NURSERY

OTHER = Place("slack", "T1", "C2")


def let_go(session: Session) -> None:
    """Let Ada leave."""
    people.deactivate(session, 1)


def take_account(session: Session) -> None:
    """Take Ada's account from her."""
    people.unlink_account(session, Account(ADA.platform, ADA.tenant, ADA.user))


class TestPosting:
    async def test_what_a_handler_sends_is_posted_after_the_commit(self, post: Post) -> None:
        await post.house.says("toy tell A new bear.")

        await post.settle()

        assert post.slack.texts == ["A new bear."]
        [row] = await post.ledger("news")
        assert (row.channel, row.entity, row.sensitive) == (NURSERY.channel, "toy:news", False)
        assert row.posted_at == post.house.clock.now()
        assert row.link == "https://slack.example/0"

    async def test_the_same_key_edits_the_earlier_post(self, post: Post) -> None:
        for words in ("one bear", "two bears", "three bears"):
            await post.send(words, key="bears")
            await post.settle()

        assert post.slack.texts == ["three bears"]
        assert post.slack.posts[0].edits == 2
        [row] = await post.ledger("bears")
        assert row.edited_at is not None

    async def test_what_answers_a_send_is_posted_in_its_thread_and_edited_there(
        self, post: Post
    ) -> None:
        await post.send("a bear", key="bears")
        for words in ("it is brown", "it is white"):
            await post.send(words, key="more", under="bears")
            await post.settle()
        await post.send("alone", under="nothing")
        await post.settle()

        assert post.slack.texts == ["a bear", "it is white", "alone"]
        assert [one.place.thread for one in post.slack.posts] == [None, "0", None]

    async def test_a_message_that_is_gone_is_posted_afresh(self, post: Post) -> None:
        await post.send("one bear", key="bears")
        await post.settle()
        post.slack.fail("edit", GONE)

        await post.send("two bears", key="bears")
        await post.settle()
        await post.send("three bears", key="bears")
        await post.settle()

        assert post.slack.texts == ["one bear", "three bears"]
        assert [row.dead for row in await post.ledger("bears")] == [True, False]

    async def test_a_way_that_is_closed_loses_sight_of_no_post(self, post: Post) -> None:
        revoked = DeliveryError("token_revoked", permanent=True)
        await post.send("one bear", key="bears")
        await post.settle()
        post.slack.fail("edit", revoked)
        post.slack.fail("post", revoked)

        await post.send("two bears", key="bears")
        await post.settle()
        await post.send("three bears", key="bears")
        await post.settle()

        assert "three bears" in post.slack.texts
        assert "one bear" not in post.slack.texts
        assert [row.dead for row in await post.ledger("bears")] == [False]

    async def test_an_edit_that_fails_for_now_is_tried_again(self, post: Post) -> None:
        await post.send("one bear", key="bears")
        await post.settle()
        post.slack.fail("edit", DOWN)

        await post.send("two bears", key="bears")
        await post.settle()
        await post.settle(after=10)

        assert post.slack.texts == ["two bears"]

    async def test_a_post_that_comes_later_than_it_was_due_says_so(self, post: Post) -> None:
        due = post.house.clock.now()
        await post.send(Message(text="In time.", due=due))
        await post.settle(after=59)
        await post.send(Message(text="A bear waits.", due=due), OTHER)
        await post.send("Nobody waits for this.", OTHER)

        await post.settle(after=600)

        late = "This is late by 10 minutes: Parley could not send it before."
        assert post.slack.texts == ["In time.", f"A bear waits. {late}", "Nobody waits for this."]

    async def test_an_edit_says_nothing_of_when_the_post_was_due(self, post: Post) -> None:
        due = post.house.clock.now()
        for words, after in (("one bear", 0), ("two bears", 600)):
            await post.send(Message(text=words, due=due), key="bears")
            await post.settle(after=after)

        assert post.slack.texts == ["two bears"]

    async def test_a_room_is_every_one_of_its_places(self, post: Post) -> None:
        for platform in ("slack", "teams"):
            where = places.RoomPlace(platform, "T1", "C1")
            await post.house.write(partial(places.bind_room, room="panel", place=where))

        for words in ("The vote is open.", "The vote is closed."):
            await post.send(words, Room("panel"), key="vote:3")
            await post.settle()

        assert post.slack.texts == post.teams.texts == ["The vote is closed."]

    async def test_what_one_person_alone_sees_is_not_kept_in_the_ledger(self, post: Post) -> None:
        await post.send("For you.", CHANNEL.privately(ADA), key="whisper")

        await post.settle()

        assert post.slack.posts[0].place.viewer == "UADA"
        assert await post.ledger("whisper") == []

    async def test_an_answer_that_carries_somebodys_data_is_found_in_the_ledger(
        self, post: Post
    ) -> None:
        asked = Command(id="a", user=ADA, place=CHANNEL, name="", text="toy Bear", inline=False)
        answer = Message(text="Bear belongs to Ada.").carrying("toy:3")

        await post.house.engine.tell(asked, answer)
        await post.settle()

        [row] = await post.house.database.read(lambda session: posts.about(session, "toy:3"))
        assert (row.channel, row.sensitive) == ("DUADA", True)

    async def test_an_account_is_reached_in_its_own_chat(self, post: Post) -> None:
        await post.send("Hello.", ADA)

        await post.settle()

        assert post.slack.posts[0].place.channel == "DUADA"

    async def test_the_rows_that_wait_hold_no_text_in_the_clear(self, post: Post) -> None:
        await post.send("Ada is on the panel.")

        [job] = await post.house.jobs()

        assert "panel" not in job.key
        assert "panel" not in job.payload["message"]


class TestOrder:
    async def test_a_conversation_keeps_its_order_whatever_fails(self, post: Post) -> None:
        words = [str(number) for number in range(6)]
        post.slack.fail("post", DOWN, DOWN)
        for word in words:
            await post.send(word)

        for _ in range(4):
            await post.settle(after=10)

        assert post.slack.texts == words

    async def test_other_conversations_do_not_wait(self, post: Post) -> None:
        post.slack.fail("post", DOWN)
        await post.send("late")
        await post.settle()

        await post.send("later")
        await post.send("elsewhere", OTHER)
        await post.settle()

        assert post.slack.texts == ["elsewhere"]

    async def test_posts_in_one_place_keep_their_distance(self, post: Post) -> None:
        post.slack.spacing = timedelta(seconds=0.2)
        started = asyncio.get_running_loop().time()
        for word in ("one", "two", "three"):
            await post.send(word)

        await post.settle()

        assert asyncio.get_running_loop().time() - started >= 0.4
        assert post.slack.texts == ["one", "two", "three"]

    async def test_a_few_follow_each_other_at_once_where_the_platform_takes_them(
        self, post: Post
    ) -> None:
        post.slack.spacing, post.slack.burst = timedelta(days=1), 2
        for word in ("one", "two", "three"):
            await post.send(word)

        await post.settle()

        assert post.slack.texts == ["one", "two"]


class TestRetryAfter:
    async def test_nothing_is_posted_before_the_time_that_the_platform_named(
        self, post: Post
    ) -> None:
        post.slack.fail("post", DeliveryError("ratelimited", retry_after=60))
        await post.send("one")
        await post.settle()
        [job] = await post.house.jobs()
        await _open_gates(post)

        await post.settle(after=59)
        too_soon = post.slack.texts
        await post.settle(after=1)

        assert job.attempts == 0
        assert (too_soon, post.slack.texts) == ([], ["one"])
        assert post.slack.searches == []

    async def test_it_holds_for_everybody_who_posts_there(self, post: Post) -> None:
        post.slack.fail("post", DeliveryError("ratelimited", retry_after=60))
        await post.send("one", CHANNEL)
        await post.settle()

        await post.send("two", Place("slack", "T1", "C1", thread="1.2"))
        await post.settle(after=60)

        assert post.slack.texts == []
        assert [job.error for job in await post.house.jobs()] == ["held_back", None]

    async def test_it_may_happen_more_often_than_a_job_may_fail(self, post: Post) -> None:
        post.slack.fail("post", *[DeliveryError("ratelimited", retry_after=1)] * 12)
        await post.send("one")

        for _ in range(13):
            await post.settle(after=2)
            await _open_gates(post)

        assert post.slack.texts == ["one"]


class TestRoutes:
    async def test_a_closed_way_switches_to_the_persons_other_account(self, post: Post) -> None:
        ada = await post.ada_on_both()
        post.slack.fail("direct", CLOSED)

        await post.send("Your card is due.", ada)
        await post.settle()

        assert post.slack.texts == []
        assert post.teams.texts == ["Your card is due."]

    async def test_trouble_that_passes_does_not_switch(self, post: Post) -> None:
        ada = await post.ada_on_both()
        post.slack.fail("post", DOWN)

        await post.send("Your card is due.", ada)
        await post.settle()
        await post.settle(after=10)

        assert (post.slack.texts, post.teams.texts) == (["Your card is due."], [])

    async def test_without_any_way_left_the_job_dies_and_admins_are_told(self, post: Post) -> None:
        ada = await post.ada_on_both()
        post.slack.fail("direct", CLOSED)
        post.teams.fail("direct", CLOSED)

        await post.send("Your card is due.", ada)
        await post.settle()

        [dead] = await post.house.jobs(State.DEAD)
        assert dead.error == "channel_archived, channel_archived"
        assert {posted.place.channel for posted in post.slack.posts} == {"DUROOT", "DUADAM"}

    @pytest.mark.parametrize("to", [UserRef("irc", "T1", "U1"), Place("irc", "T1", "C1")], ids=str)
    async def test_a_platform_that_is_off_is_no_way(self, post: Post, to: UserRef | Place) -> None:
        await post.send("Hello?", to)

        await post.settle()

        assert [job.error for job in await post.house.jobs(State.DEAD)] == ["no_route"]

    async def test_what_waits_for_somebody_who_left_is_dropped(self, post: Post) -> None:
        ada = await post.ada_on_both()
        await post.send("Your card is due.", ada)
        await post.house.write(lambda session: people.deactivate(session, ada.id))

        await post.settle()

        assert post.slack.texts == post.teams.texts == []
        assert [job.state for job in await post.house.jobs(State.DONE)] == [State.DONE]
        assert await post.house.jobs(State.DEAD) == []

    @pytest.mark.parametrize("to", [ADA, CHANNEL.privately(ADA)], ids=["account", "viewer"])
    @pytest.mark.parametrize("end", [let_go, take_account], ids=["left", "unlinked"])
    async def test_what_waits_for_an_account_is_for_nobody_who_has_it_later(
        self, post: Post, to: UserRef | Place, end: Callable[[Session], object]
    ) -> None:
        await post.send("Your card is due.", to)
        await post.settle()
        await post.send("Your card is late.", to)
        await post.house.write(end)

        await post.settle()

        assert post.slack.texts == ["Your card is due."]
        assert await post.house.jobs(State.DEAD) == []

    @pytest.mark.parametrize("end", [let_go, take_account])
    @pytest.mark.parametrize("one_to_one", [False, True])
    async def test_an_answer_that_waits_for_whose_rights_have_ended_is_dropped(
        self, post: Post, one_to_one: bool, end: Callable[[Session], object]
    ) -> None:
        await _asks(post, one_to_one=one_to_one)
        await post.settle()
        before = list(post.slack.texts)
        await _asks(post, one_to_one=one_to_one)
        await post.house.write(end)

        await post.settle()

        assert before
        assert post.slack.texts == before
        assert await post.house.jobs(State.DEAD) == []

    @pytest.mark.parametrize("one_to_one", [False, True])
    async def test_who_left_is_answered_as_a_stranger(self, post: Post, one_to_one: bool) -> None:
        await post.house.write(let_go)

        await _asks(post, one_to_one=one_to_one)
        await post.settle()

        assert post.slack.texts[-1] == menu.FOR_STRANGERS

    async def test_who_left_is_answered_as_a_stranger_on_another_way_as_well(
        self, post: Post
    ) -> None:
        await post.house.write(let_go)
        post.slack.fail("post", CLOSED)

        await _is_told(post)

        assert [posted.place for posted in post.slack.posts] == [CHANNEL.privately(ADA)]
        assert await post.house.jobs(State.DEAD) == []

    async def test_an_answer_takes_no_other_way_to_an_account_that_was_taken(
        self, post: Post
    ) -> None:
        await _is_told(post, take_account)

        assert post.slack.texts == []
        assert await post.house.jobs(State.DEAD) == []

    async def test_what_did_not_reach_one_goes_on_to_nobody_who_left(self, post: Post) -> None:
        await post.send("Who can come?", OTHER, otherwise=(LEE, CHANNEL))
        post.slack.fail("post", CLOSED)

        await post.settle()
        await post.settle()

        assert [posted.place for posted in post.slack.posts] == [CHANNEL]


async def _asks(post: Post, *, one_to_one: bool) -> None:
    """Let Ada ask for what members may, where answers are messages."""
    asked = Command(
        id=f"asked-{len(await post.house.jobs(State.DONE))}",
        user=ADA,
        place=CHANNEL,
        name="parley",
        text="toy add Bear",
        inline=False,
        one_to_one=one_to_one,
    )
    await post.house.engine.handle(asked)


async def _is_told(post: Post, meanwhile: Callable[[Session], object] | None = None) -> None:
    """Answer Ada in her own chat, or else for her eyes only, once *meanwhile* has happened."""
    asked = Command(id="asked", user=ADA, place=CHANNEL, name="parley", text="toys")
    await post.house.engine.tell(asked, Message(text="That is done."))
    if meanwhile is not None:
        await post.house.write(meanwhile)
    await post.settle()


class TestUnknownOutcomes:
    async def test_a_post_that_may_have_arrived_is_looked_for_before_it_is_repeated(
        self, post: Post
    ) -> None:
        post.slack.fail("post", LOST)
        await post.send("one", key="bears")
        await post.settle()

        await post.settle(after=10)
        await post.send("two", key="bears")
        await post.settle()

        assert post.slack.texts == ["two"]
        assert len(await post.ledger("bears")) == 1

    async def test_where_nobody_may_look_a_post_is_repeated(self, post: Post) -> None:
        post.slack.fail("post", DOWN)
        post.slack.fail("find", DeliveryError("missing_scope", permanent=True))
        await post.send("one")
        await post.settle()

        await post.settle(after=10)

        assert post.slack.texts == ["one"]

    async def test_a_post_that_did_not_arrive_is_repeated(self, post: Post) -> None:
        post.slack.fail("post", DOWN)
        await post.send("one")
        await post.settle()

        await post.settle(after=10)

        assert post.slack.texts == ["one"]
        assert len(post.slack.searches) == 1

    async def test_a_worker_that_vanished_after_posting_is_not_doubled(self, post: Post) -> None:
        await post.send("one")
        job = await post.claimed()
        parcel = outbox.unpack(post.house.sealer, job.key, job.payload)
        await post.slack.post(CHANNEL, parcel.message, key=job.key)

        await post.settle(after=60)

        assert post.slack.texts == ["one"]
        assert await post.house.jobs() == []

    async def test_a_dead_letter_that_is_replayed_is_looked_for_first(self, post: Post) -> None:
        post.slack.fail("post", LOST)
        post.slack.fail("find", *[DOWN] * (MAX_ATTEMPTS - 1))
        await post.send("one")
        for _ in range(MAX_ATTEMPTS):
            await post.settle(after=400)
        [dead] = await post.house.jobs(State.DEAD)

        await post.house.write(
            lambda session: jobs.replay(session, dead.id, now=post.house.clock.now())
        )
        await post.settle()

        assert post.slack.texts.count("one") == 1
        assert await post.house.jobs(State.DEAD) == []

    async def test_whoever_was_taken_over_leaves_no_second_row(self, post: Post) -> None:
        await post.send("one", key="bears")
        slow = await post.claimed()
        await post.settle(after=60)

        await post.delivery.deliver(slow)

        assert len(await post.ledger("bears")) == 1
        assert post.slack.texts == ["one"]


async def _open_gates(post: Post) -> None:
    """Let the platform's own time pass: it goes by the real clock, which does not stand still."""
    later = post.house.clock.wall() + timedelta(days=1)
    await post.house.write(lambda session: gates.prune(session, later))
