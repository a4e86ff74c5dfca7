"""Who counts as a colleague, and where a secret is told, played over signed HTTP."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlmodel import Session

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.people import UserRole
from adapters.teams.platform import NO_PRIVATE_CHAT
from bot import menu
from storage import people, places
from storage.places import RoomPlace
from tests.adapters import cases
from tests.adapters.cases import SECRET
from tests.adapters.teams.house import House, a_house

pytestmark = pytest.mark.repeats

WELCOME = "Welcome, Ada Okafor."
#: Who is no member, and where they are with the bot.
OUTSIDERS = {"gus": "ta-sourcing", "stella": "harbour-search", "anon": "Panel C-104"}


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[House]:
    """A house in which everybody is on the list, rightly or not, and cases are opened."""
    async with a_house(database_url, more=[cases.workflow]) as house:
        await house.database.write(lambda session: list_everybody(session, house))
        # A first act waits for the roster's word only so long, and a loaded machine takes longer.
        await house.standings.learn(house.user("ada"))
        yield house


def list_everybody(session: Session, house: House) -> None:
    for account in house.teams.people:
        if not account.deleted:
            user = house.user(account.handle)
            person = people.add_person(session, account.name, email=account.email)
            people.link_account(session, person.id, user.platform, user.tenant, user.user)


async def is_told(house: House, handle: str, words: str) -> None:
    await house.until(lambda: any(words in one.words() for one in house.said_to(handle)))


async def bind(house: House, channel: str) -> None:
    at = house.place(channel)
    room = RoomPlace(at.platform, at.tenant, at.channel)
    await house.database.write(lambda s: places.bind_room(s, cases.TRIAGE.name, room))


def readers(house: House) -> set[str]:
    """Return who can read the secret anywhere."""
    world = house.teams.world
    return {
        member.handle
        for conversation in world.conversations.values()
        if any(SECRET in said.words() for said in conversation.messages.values())
        for member in world.members_of(conversation)
    }


@pytest.mark.parametrize("handle", OUTSIDERS)
async def test_who_is_no_member_is_a_stranger_whatever_the_list_says(
    office: House, handle: str
) -> None:
    where = OUTSIDERS[handle]

    await office.teams.mention(handle, where, "members")
    await office.teams.direct("ada", "members")

    await is_told(office, "ada", WELCOME)
    # Nobody of them can be written to; what they may not know is not said to all either.
    await office.until(lambda: office.said_in(where))
    assert [one.words() for one in office.said_in(where)] == [NO_PRIVATE_CHAT.text]
    assert office.toy.heard == ["members Ada Okafor"]


async def test_a_guest_who_has_the_app_is_told_what_strangers_are(office: House) -> None:
    await office.teams.install("gus")
    await office.standings.learn(office.user("gus"))

    await office.teams.direct("gus", "members")

    await is_told(office, "gus", menu.FOR_STRANGERS_HERE.split(".")[0])
    assert office.toy.heard == []


async def test_a_colleague_who_is_a_guest_on_the_roster_is_a_stranger(database_url: str) -> None:
    async with a_house(database_url) as house:
        teams = house.teams
        teams.people.add(replace(teams.person("grace"), role=UserRole.GUEST))
        await house.database.write(lambda session: list_everybody(session, house))
        await house.standings.learn(house.user("grace"))

        await teams.direct("grace", "members")

        await is_told(house, "grace", menu.FOR_STRANGERS_HERE.split(".")[0])
        assert house.toy.heard == []


async def test_as_long_as_no_roster_answers_nothing_for_members_is_done(office: House) -> None:
    office.teams.faults.add("members.*", FaultKind.UNAVAILABLE, times=100)

    await office.teams.direct("grace", "members")
    await is_told(office, "grace", menu.UNSURE)

    assert office.toy.heard == []


async def test_the_roster_is_asked_once_for_who_acts(office: House) -> None:
    before = len(office.teams.journal.calls("members.get"))
    for words in ("members", "members", "term last"):
        await office.teams.direct("ada", words)

    await is_told(office, "ada", "You asked for last.")
    assert office.toy.heard == ["members Ada Okafor", "members Ada Okafor", "term last"]
    assert len(office.teams.journal.calls("members.get")) == before + 1


async def test_a_newcomer_whom_no_roster_knows_breaks_nothing(office: House) -> None:
    office.teams.faults.add("members.*", FaultKind.NOT_FOUND, times=100)

    joined = await office.teams.join("hana", "Social")
    installed = await office.teams.install_in("ada", "Social")
    arrived = await office.teams.join("luis", "Social")

    await office.until(
        lambda: any(
            menu.INTRODUCTION in said.words() for said in office.teams.sees("ada", "Social")
        )
    )
    assert joined.delivery is None
    assert [played.ok for played in (installed, arrived)] == [True, True]


async def test_a_room_of_members_reads_a_secret(office: House) -> None:
    await bind(office, "soc")

    await office.teams.direct("ada", "case luis@northwind.example")

    await office.until(lambda: readers(office))
    assert readers(office) == {"chiara", "dev", "farid", "grace"}


@pytest.mark.parametrize("channel", ["ta-sourcing", "harbour-search"])
async def test_a_room_with_an_outsider_in_it_does_not_and_the_deputy_does(
    office: House, channel: str
) -> None:
    await bind(office, channel)

    await office.teams.direct("ada", "case luis@northwind.example")

    await office.until(lambda: readers(office))
    assert readers(office) == {"luis"}


@pytest.mark.parametrize("email", ["gus@agency.example", "stella@harbour.example"])
async def test_an_outsider_on_the_list_is_told_no_secret(office: House, email: str) -> None:
    for address in (email, "luis@northwind.example"):
        await office.teams.direct("ada", f"whisper {address}")

    await office.until(lambda: office.dead and readers(office))
    assert readers(office) == {"luis"}


async def test_who_has_removed_the_app_is_out_of_reach_and_the_room_reads_instead(
    office: House,
) -> None:
    await bind(office, "soc")
    await office.teams.uninstall("hana")

    await office.teams.direct("ada", "page hana@northwind.example")

    await office.until(lambda: readers(office))
    assert readers(office) == {"chiara", "dev", "farid", "grace"}
