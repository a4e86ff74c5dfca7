"""What does not reach its addressee goes where the sender said, and nowhere else."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot import outbox
from bot.errors import DeliveryError
from bot.inbound import Place, Room, UserRef
from bot.platform import Standing
from bot.ui import Message
from storage import accounts, jobs, people, places
from storage.jobs import Job, State
from storage.people import Person
from tests.bot.house import ADA, CHANNEL, House
from tests.bot.platforms import CLOSED, DOWN
from tests.bot.postman import Post

TRIAGE = Room("security-triage")
SLACK_TRIAGE = Place("slack", "T1", "CTRIAGE")
TEAMS_TRIAGE = Place("teams", "T9", "19:triage")
DISABLED = DeliveryError("user_disabled", permanent=True, out_of_reach=True)
TOO_LONG = DeliveryError("msg_too_long", permanent=True)
TEXT = "Incident 42 needs you."
ADMINS = {"DUROOT", "DUADAM"}


async def bind(post: Post, *where: Place) -> None:
    def add(session: Session) -> None:
        for one in where:
            at = places.RoomPlace(one.platform, one.tenant, one.channel)
            places.bind_room(session, TRIAGE.name, at)

    await post.house.write(add)


async def known(post: Post, id: int) -> Person:
    now = post.house.clock.now()
    return await post.house.database.read(lambda session: people.by_id(session, id, now=now))


async def done(post: Post) -> list[Job]:
    return await post.house.jobs(State.DONE)


def where(post: Post) -> list[str]:
    """Return the channels in which the text can be read."""
    return [one.place.channel for one in (*post.slack.posts, *post.teams.posts) if one.text == TEXT]


class TestPassingOn:
    async def test_a_person_out_of_reach_is_replaced_by_every_place_of_a_room(
        self, post: Post
    ) -> None:
        await bind(post, SLACK_TRIAGE, TEAMS_TRIAGE)
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await known(post, 1), otherwise=(TRIAGE,))
        await post.settle()

        assert where(post) == ["CTRIAGE", "19:triage"]
        assert await post.house.jobs(State.DEAD) == []

    async def test_without_a_word_of_the_sender_no_room_ever_reads_it(self, post: Post) -> None:
        await bind(post, SLACK_TRIAGE, TEAMS_TRIAGE)
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await known(post, 1))
        await post.settle()

        assert where(post) == []
        [dead] = await post.house.jobs(State.DEAD)
        assert dead.error == "user_disabled"

    async def test_every_account_of_a_person_is_tried_before_the_next_in_line(
        self, post: Post
    ) -> None:
        await bind(post, SLACK_TRIAGE)
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await post.ada_on_both(), otherwise=(TRIAGE,))
        await post.settle()

        assert where(post) == ["Dada"]

    async def test_a_closed_room_is_replaced_by_a_deputy(self, post: Post) -> None:
        await bind(post, SLACK_TRIAGE)
        post.slack.fail("direct", DISABLED)
        post.slack.fail("post", CLOSED)

        await post.send(TEXT, await known(post, 1), otherwise=(TRIAGE, await known(post, 2)))
        await post.settle()

        assert where(post) == ["DUOLGA"]

    async def test_trouble_that_passes_changes_no_route(self, post: Post) -> None:
        await bind(post, SLACK_TRIAGE)
        post.slack.fail("direct", DOWN)

        await post.send(TEXT, await known(post, 1), otherwise=(TRIAGE,))
        await post.settle()
        await post.settle(after=10)

        assert where(post) == ["DUADA"]

    async def test_when_nobody_is_left_it_is_a_dead_letter_and_each_admin_is_told_once(
        self, post: Post
    ) -> None:
        await bind(post, SLACK_TRIAGE)
        post.slack.fail("direct", DISABLED, DISABLED)
        post.slack.fail("post", CLOSED)

        await post.send(TEXT, await known(post, 1), otherwise=(TRIAGE, await known(post, 2)))
        await post.settle()

        assert where(post) == []
        [dead] = await post.house.jobs(State.DEAD)
        assert dead.error == "user_disabled"
        told = [one.place.channel for one in post.slack.posts]
        assert sorted(told) == sorted(ADMINS)

    async def test_each_switch_is_left_with_its_job(self, post: Post) -> None:
        await bind(post, SLACK_TRIAGE)
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await known(post, 1), otherwise=(TRIAGE,))
        await post.settle()

        second, first = sorted(await done(post), key=lambda job: "instead_of" not in job.payload)
        assert (first.error, first.payload["otherwise"]) == (
            "user_disabled, passed on",
            [{"room": "security-triage"}],
        )
        assert (second.error, second.payload["instead_of"]) == (None, first.id)

    async def test_a_switch_between_accounts_is_left_with_its_job(self, post: Post) -> None:
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await post.ada_on_both())
        await post.settle()

        [job] = await done(post)
        assert job.error == "user_disabled, then delivered"

    async def test_a_room_without_a_place_is_passed_over(self, post: Post) -> None:
        olga = await known(post, 2)
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await known(post, 1), otherwise=(TRIAGE, olga))
        await post.settle()
        await post.send("To the room.", TRIAGE, otherwise=(olga,))
        await post.settle()

        assert where(post) == ["DUOLGA"]
        assert "To the room." in post.slack.texts

    async def test_rooms_without_a_place_are_no_end_for_a_message(self, post: Post) -> None:
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await known(post, 1), otherwise=(TRIAGE,))
        await post.settle()

        assert [job.error for job in await post.house.jobs(State.DEAD)] == ["user_disabled"]

    async def test_what_was_for_a_leaver_goes_to_the_next_in_line(self, post: Post) -> None:
        ada, olga = await known(post, 1), await known(post, 2)
        await post.house.write(lambda session: people.deactivate(session, 1))

        await post.send("Only for Ada.", ada)
        await post.send(TEXT, ada, otherwise=(olga,))
        await post.settle()

        assert where(post) == ["DUOLGA"]
        assert "Only for Ada." not in post.slack.texts

    async def test_a_last_in_line_who_left_leaves_a_dead_letter(self, post: Post) -> None:
        await post.house.write(lambda session: people.deactivate(session, 2))
        post.slack.fail("direct", DISABLED)

        await post.send(TEXT, await known(post, 1), otherwise=(await known(post, 2),))
        await post.settle()

        assert [job.error for job in await post.house.jobs(State.DEAD)] == ["person_left"]

    async def test_an_account_and_a_place_can_stand_in_line_as_well(self, post: Post) -> None:
        post.slack.fail("post", CLOSED, CLOSED)

        await post.send(TEXT, CHANNEL, otherwise=(UserRef("slack", "T1", "UOLGA"), SLACK_TRIAGE))
        await post.settle()

        assert where(post) == ["CTRIAGE"]

    async def test_the_same_key_edits_where_it_arrived(self, post: Post) -> None:
        await bind(post, SLACK_TRIAGE)
        post.slack.fail("direct", DISABLED, DISABLED)
        ada = await known(post, 1)

        for text in ("Open.", "Closed."):
            await post.send(text, ada, key="incident:42", otherwise=(TRIAGE,))
            await post.settle()

        assert post.slack.texts == ["Closed."]
        assert post.slack.posts[0].edits == 1

    async def test_whoever_was_taken_over_passes_nothing_on(self, post: Post) -> None:
        await post.send(TEXT, await known(post, 1), otherwise=(await known(post, 2),))
        slow = await post.claimed()
        post.slack.fail("direct", DISABLED)
        await post.settle(after=60)

        post.slack.fail("direct", DISABLED)
        await post.delivery.deliver(slow)
        await post.settle()

        assert where(post) == ["DUOLGA"]

    async def test_an_alert_stays_one(self, post: Post) -> None:
        olga = await known(post, 2)
        post.slack.fail("direct", DISABLED)
        await _send_alert(post.house, await known(post, 1), olga)

        await post.settle()

        assert {job.priority for job in await done(post)} == {jobs.ALERT}


async def _send_alert(house: House, to: Person, deputy: Person) -> None:
    def queue(session: Session) -> None:
        outbox.queue(
            session,
            house.sealer,
            Message(text=TEXT),
            to=to,
            envelope=outbox.Envelope("incident:42", otherwise=(deputy,)),
            now=house.clock.now(),
            priority=jobs.ALERT,
        )

    await house.write(queue)


class TestOutOfReach:
    async def test_who_was_told_so_where_they_asked_is_no_dead_letter(self, post: Post) -> None:
        told = DeliveryError("person_unreachable", permanent=True, out_of_reach=True, told=True)
        post.slack.fail("post", told)

        await post.send(TEXT, CHANNEL.privately(ADA))
        await post.settle()

        [job] = await done(post)
        assert job.error == "person_unreachable, told so"
        assert await post.house.jobs(State.DEAD) == []
        assert await self.names(post) == [("Ada", "person_unreachable")]

    async def names(self, post: Post) -> list[tuple[str, str]]:
        found = await post.house.database.read(accounts.out_of_reach)
        return [(noted.name, noted.note) for noted in found]

    async def test_whom_nothing_reaches_is_remembered_until_something_does(
        self, post: Post
    ) -> None:
        ada = await known(post, 1)
        post.slack.fail("direct", DISABLED)
        await post.send("one", ada)
        await post.settle()
        lost = await self.names(post)

        await post.send("two", ada)
        await post.settle()

        assert lost == [("Ada", "user_disabled")]
        assert await self.names(post) == []

    async def test_a_message_that_is_refused_says_nothing_of_the_person(self, post: Post) -> None:
        post.slack.fail("post", TOO_LONG)

        await post.send("one", await known(post, 1))
        await post.settle()

        assert await self.names(post) == []

    async def test_whoever_has_another_account_is_within_reach(self, post: Post) -> None:
        post.slack.fail("direct", DISABLED)

        await post.send("one", await post.ada_on_both())
        await post.settle()

        assert await self.names(post) == []


class TestSensitive:
    GUS = UserRef("slack", "T1", "UGUS")

    async def codes(self, post: Post) -> list[str | None]:
        return [job.error for job in await post.house.jobs(State.DEAD)]

    @pytest.mark.parametrize("standing", [Standing.GUEST, Standing.FOREIGN, Standing.GONE])
    async def test_it_goes_to_members_only(self, post: Post, standing: Standing) -> None:
        ada, olga = await known(post, 1), await known(post, 2)
        post.slack.standings[ADA] = standing

        await post.send("for Ada", ada, sensitive=True)
        await post.send("for Olga", olga, sensitive=True)
        await post.send("no secret", ada)
        await post.settle()

        assert await self.codes(post) == ["read_by_outsiders"]
        assert {"for Olga", "no secret"} <= set(post.slack.texts)
        assert "for Ada" not in post.slack.texts

    async def test_it_goes_to_the_account_that_is_a_members(self, post: Post) -> None:
        post.slack.standings[ADA] = Standing.GUEST

        await post.send(TEXT, await post.ada_on_both(), sensitive=True)
        await post.settle()

        assert where(post) == ["Dada"]

    async def test_it_is_not_posted_where_a_guest_reads(self, post: Post) -> None:
        post.slack.standings[self.GUS] = Standing.GUEST
        post.slack.members = {"C1": [ADA, self.GUS], "CTRIAGE": [ADA]}

        for place in (CHANNEL, SLACK_TRIAGE):
            await post.send(TEXT, place, sensitive=True)
        await post.send("no secret", CHANNEL)
        await post.settle()

        assert where(post) == ["CTRIAGE"]
        assert "no secret" in post.slack.texts
        assert await self.codes(post) == ["read_by_outsiders"]

    async def test_it_is_not_edited_where_a_guest_reads_by_now(self, post: Post) -> None:
        await post.send("before", CHANNEL, key="incident:42", sensitive=True)
        await post.settle()
        post.slack.standings[self.GUS] = Standing.GUEST
        post.slack.members = {"C1": [self.GUS]}

        await post.send("after", CHANNEL, key="incident:42", sensitive=True)
        await post.settle()

        assert "after" not in post.slack.texts
        assert await self.codes(post) == ["read_by_outsiders"]

    async def test_it_takes_the_next_route(self, post: Post) -> None:
        post.slack.fail("readers", DeliveryError("shared", permanent=True))

        await post.send(TEXT, CHANNEL, sensitive=True, otherwise=(await known(post, 2),))
        await post.settle()

        assert where(post) == ["DUOLGA"]

    async def test_the_next_route_must_be_a_members_as_well(self, post: Post) -> None:
        await bind(post, SLACK_TRIAGE)
        post.slack.standings[ADA] = post.slack.standings[self.GUS] = Standing.GUEST
        post.slack.members = {"CTRIAGE": [self.GUS]}

        await post.send(TEXT, await known(post, 1), sensitive=True, otherwise=(TRIAGE,))
        await post.settle()

        assert where(post) == []
        assert await self.codes(post) == ["read_by_outsiders"]

    async def test_only_who_sees_it_counts_where_one_person_does(self, post: Post) -> None:
        post.slack.standings[self.GUS] = Standing.GUEST
        post.slack.members = {"C1": [ADA, self.GUS]}

        await post.send("for Ada", CHANNEL.privately(ADA), sensitive=True)
        await post.send("for Gus", CHANNEL.privately(self.GUS), sensitive=True)
        await post.settle()

        assert "for Ada" in post.slack.texts
        assert "for Gus" not in post.slack.texts

    @pytest.mark.parametrize("verb", ["readers", "profile"])
    async def test_it_waits_until_the_platform_says_who_reads_there(
        self, post: Post, verb: str
    ) -> None:
        post.slack.members = {"C1": [ADA]}
        post.slack.fail(verb, DOWN)

        await post.send(TEXT, CHANNEL, sensitive=True)
        await post.settle()
        before = where(post)
        await post.settle(after=10)

        assert (before, where(post)) == ([], ["C1"])

    async def test_who_is_a_guest_is_not_asked_for_every_message(self, post: Post) -> None:
        post.slack.members = {"C1": [ADA, self.GUS]}

        for text in ("one", "two"):
            await post.send(text, CHANNEL, sensitive=True)
            await post.settle()
        post.house.clock.advance(timedelta(hours=25))
        await post.send("three", CHANNEL, sensitive=True)
        await post.settle()

        assert post.slack.asked == [ADA, self.GUS] * 2
