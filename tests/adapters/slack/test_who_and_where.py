"""Who counts as a colleague, and where a secret is told, played over signed HTTP."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from adapters.simulator.faults import FaultKind
from adapters.simulator.people import Standing
from adapters.simulator.sample import COLLEAGUES, GUS, OTTO, STELLA
from bot import menu
from bot.inbound import UserRef
from storage import accounts, jobs, people, places
from storage.jobs import Job, State
from tests.adapters import cases
from tests.adapters.cases import SECRET
from tests.adapters.slack.house import House, a_house

#: Everybody whom the operator has put on the list, rightly or not.
LISTED = (*COLLEAGUES, GUS, STELLA, OTTO)
WELCOME = "Welcome, Grace Kim."


def list_everybody(session: Session) -> None:
    for member in LISTED:
        person = people.add_person(session, member.name, email=member.email)
        people.link_account(session, person.id, "slack", "T0PARLEY", member.id)


def bind(channel: str) -> Callable[[Session], None]:
    at = places.RoomPlace("slack", "T0PARLEY", channel)
    return lambda session: places.bind_room(session, cases.TRIAGE.name, at)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[House]:
    """A house in which everybody is on the list, and cases are opened."""
    async with a_house(database_url, more=[cases.workflow]) as house:
        await house.database.write(list_everybody)
        yield house


async def asks_for_more(house: House, person: str, channel: str) -> str:
    """Let somebody use a command for members, and return what they read."""
    await house.slack.command(person, channel, "/members")
    return house.slack.sees(person, channel)[-1].text


async def let_slack_say(house: House, person: str) -> None:
    """Let it be known how somebody belongs: a first act waits for Slack's word only so long."""
    user = UserRef("slack", "T0PARLEY", house.slack.person(person).id)
    await house.standings.learn(user)


class TestWhoCounts:
    @pytest.mark.parametrize(
        "change",
        [
            {"standing": Standing.GUEST},
            {"standing": Standing.SINGLE_CHANNEL_GUEST},
            {"standing": Standing.STRANGER, "team": "T0HARBOUR"},
            {"deleted": True},
        ],
        ids=["guest", "single-channel guest", "of a partner", "closed"],
    )
    async def test_the_same_person_is_refused_as_an_outsider(
        self, database_url: str, change: dict[str, object]
    ) -> None:
        said: list[str] = []
        for how in ({}, change):
            async with a_house(database_url) as house:
                slack = house.slack
                slack.workspace.people.add(replace(slack.person("grace"), **how))  # type: ignore[arg-type]  # of this test
                if not said:
                    await house.database.write(list_everybody)
                await let_slack_say(house, "grace")
                said.append(await asks_for_more(house, "grace", "general"))

        assert said == [WELCOME, menu.FOR_STRANGERS_HERE]

    async def test_a_partner_who_presses_a_button_is_a_stranger(self, office: House) -> None:
        slack = office.slack
        for person in ("ada", "stella"):
            await slack.mention(person, "harbour-search", "members")

        await office.sees("ada", "harbour-search", "Welcome, Ada Okafor.")
        await office.sees("stella", "harbour-search", menu.FOR_STRANGERS_HERE)

    async def test_somebody_who_left_is_a_stranger(self, office: House) -> None:
        await let_slack_say(office, "grace")
        before = await asks_for_more(office, "grace", "general")
        await office.database.write(_leave)

        assert before == WELCOME
        assert await asks_for_more(office, "grace", "general") == menu.FOR_STRANGERS_HERE

    async def test_as_long_as_slack_does_not_say_nothing_for_members_is_done(
        self, office: House
    ) -> None:
        office.slack.faults.add("users.info", FaultKind.SLOW, times=100, seconds=60)

        assert await asks_for_more(office, "grace", "general") == menu.UNSURE
        assert office.toy.heard == []

    async def test_slack_is_asked_once(self, office: House) -> None:
        for _ in range(3):
            assert await asks_for_more(office, "grace", "general") == WELCOME

        assert len(office.slack.journal.calls("users.info")) == 1


def _leave(session: Session) -> None:
    grace = people.by_email(session, "grace@northwind.example", now=datetime.now(UTC))
    assert grace
    people.deactivate(session, grace.id)


def _all_jobs(session: Session) -> list[Job]:
    found = [*jobs.listing(session, State.DONE), *jobs.listing(session, State.READY)]
    return sorted(found, key=lambda job: job.id)


class TestWhereASecretIsTold:
    def readers(self, house: House) -> set[str]:
        """Return who can read the secret anywhere."""
        return {
            member.handle
            for member in house.slack.workspace.people
            for channel in house.slack.workspace.memberships(member.id)
            if any(SECRET in seen.words() for seen in channel.seen_by(member.id))
        } - {"parley", "pager"}

    async def tell(self, house: House, words: str) -> None:
        await house.slack.command("ada", "general", "/parley", words)

    async def test_a_room_of_members_reads_it(self, office: House) -> None:
        await office.database.write(bind("C0SOC"))

        await self.tell(office, "case luis@northwind.example")

        await office.sees("dev", "soc", SECRET)
        assert self.readers(office) == {"chiara", "dev", "farid"}

    @pytest.mark.parametrize("outsider", ["U0GUS", "U0STELLA", "U0OTTO"])
    async def test_a_room_with_an_outsider_in_it_does_not(
        self, office: House, outsider: str
    ) -> None:
        await office.database.write(bind("C0SOC"))
        office.slack.channel("soc").members.add(outsider)

        await self.tell(office, "case luis@northwind.example")

        await office.until(lambda: self.readers(office))
        assert self.readers(office) == {"luis"}

    @pytest.mark.parametrize("pending", [True, False])
    async def test_a_channel_shared_with_a_partner_does_not(
        self, office: House, pending: bool
    ) -> None:
        await office.database.write(bind("C0SOC"))
        channel = office.slack.channel("soc")
        channel.is_pending_ext_shared, channel.is_ext_shared = pending, not pending

        await self.tell(office, "case luis@northwind.example")

        await office.until(lambda: self.readers(office))
        assert self.readers(office) == {"luis"}

    async def test_where_nobody_else_was_named_it_is_told_to_nobody(self, office: House) -> None:
        await office.database.write(bind("C0HARBOUR"))

        await self.tell(office, "case nobody@northwind.example")

        await office.until(lambda: office.dead)
        assert office.dead == ["shared_with_another_company"]
        assert self.readers(office) == set()

    async def test_a_person_out_of_reach_is_replaced_by_the_room(self, office: House) -> None:
        await office.database.write(bind("C0SOC"))

        await self.tell(office, "page otto@northwind.example")

        await office.sees("dev", "soc", SECRET)
        first, second = await office.database.read(_all_jobs)
        assert (first.error, second.payload["instead_of"]) == (
            "read_by_outsiders, passed on",
            first.id,
        )

    async def test_without_a_word_of_the_sender_the_room_reads_nothing(self, office: House) -> None:
        await office.database.write(bind("C0SOC"))

        await self.tell(office, "whisper otto@northwind.example")

        await office.until(lambda: office.dead)
        assert self.readers(office) == set()

    @pytest.mark.parametrize("email", ["gus@agency.example", "stella@harbour.example"])
    async def test_an_outsider_on_the_list_is_told_nothing(self, office: House, email: str) -> None:
        await self.tell(office, f"whisper {email}")
        await self.tell(office, "whisper luis@northwind.example")

        await office.until(lambda: office.dead and self.readers(office))
        assert self.readers(office) == {"luis"}

    async def test_whom_slack_does_not_let_us_reach_is_remembered_until_heard_from(
        self, office: House
    ) -> None:
        grace = office.slack.person("grace")
        await asks_for_more(office, "grace", "general")
        await office.standings.sweep(office.engine.clock.now())
        office.slack.workspace.people.add(replace(grace, deleted=True))
        await self.tell(office, "whisper grace@northwind.example")
        await office.until(lambda: office.dead)
        lost = await office.database.read(accounts.out_of_reach)

        office.slack.workspace.people.add(grace)
        await asks_for_more(office, "grace", "general")
        await office.standings.sweep(office.engine.clock.now())

        assert [(one.name, one.note) for one in lost] == [("Grace Kim", "user_disabled")]
        assert await office.database.read(accounts.out_of_reach) == []


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("C0RANDOM", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("C0NOWHERE", "channel_not_found"),
        ("U0NOBODY", "user_not_found"),
        ("U0OTTO", "user_disabled"),
        ("U0PAGER", "cannot_dm_bot"),
    ],
)
async def test_whatever_slack_refuses_for_good_takes_the_next_route_at_once(
    office: House, where: str, code: str
) -> None:
    await office.slack.command("ada", "general", "/parley", f"reach {where}")

    await office.until(lambda: office.slack.sees_direct("ada"))
    first, second = await office.database.read(_all_jobs)
    assert [seen.text for seen in office.slack.sees_direct("ada")] == ["Is anybody there?"]
    assert (first.error, first.attempts) == (f"{code}, passed on", 1)
    assert second.payload["instead_of"] == first.id
