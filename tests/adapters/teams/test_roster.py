"""Who belongs to the tenant and who reads along, as the rosters of Teams tell."""

from urllib.parse import unquote

import pytest

from adapters.teams.roster import Member
from bot.errors import DeliveryError
from bot.inbound import UserRef
from bot.platform import Profile, Standing
from tests.adapters.teams.house import House

CHANNEL = "hiring-security"


@pytest.mark.parametrize(
    ("handle", "standing"),
    [("ada", Standing.MEMBER), ("gus", Standing.GUEST)],
)
async def test_who_was_heard_is_asked_for_where_they_were_heard(
    house: House, handle: str, standing: Standing
) -> None:
    await house.teams.mention(handle, CHANNEL, "announce")

    assert (await house.platform.profile(house.user(handle))).standing is standing
    asked = house.teams.journal.calls("members.get")
    assert house.place(CHANNEL).channel in unquote(asked[-1].request.url)


async def test_who_was_not_heard_is_asked_for_in_their_own_chat(house: House) -> None:
    assert (await house.platform.profile(house.user("ada"))).standing is Standing.MEMBER


async def test_the_roster_says_which_address_the_directory_has(house: House) -> None:
    profile = await house.platform.profile(house.user("ada"))

    assert profile == Profile(Standing.MEMBER, "ada@northwind.example", "Ada Okafor")


async def test_an_account_of_another_tenant_is_foreign_without_a_question(house: House) -> None:
    other = UserRef("teams", "another tenant", "somebody")

    assert (await house.platform.profile(other)).standing is Standing.FOREIGN
    assert house.teams.journal.calls("members.get") == []


async def test_the_readers_of_a_channel_are_all_on_its_roster(house: House) -> None:
    place = house.place(CHANNEL)

    readers = await house.platform.readers(place)

    members = house.teams.world.members_of(house.teams.conversation(CHANNEL))
    assert {reader.user for reader in readers} == {
        member.aad_object_id or member.id for member in members
    }
    assert house.user("gus") in readers


async def test_another_companys_people_stand_among_the_readers_of_a_shared_channel(
    house: House,
) -> None:
    readers = await house.platform.readers(house.place("harbour-search"))

    tenants = {reader.tenant for reader in readers}
    assert house.teams.tenant_id in tenants
    assert len(tenants) == 2


async def test_nobody_is_named_where_the_bot_is_not(house: House) -> None:
    with pytest.raises(DeliveryError) as refused:
        await house.platform.readers(house.place("random"))

    assert refused.value.permanent


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"userRole": "guest"}, Standing.GUEST),
        ({"userRole": "Guest"}, Standing.GUEST),
        ({"tenantId": "t2"}, Standing.FOREIGN),
        ({"tenantId": None}, Standing.FOREIGN),
        ({"aadObjectId": None}, Standing.FOREIGN),
    ],
)
def test_only_a_whole_account_of_our_tenant_is_a_members(
    changes: dict[str, str | None], standing: Standing
) -> None:
    account = {"id": "29:1", "aadObjectId": "a1", "tenantId": "t1", "userRole": "user"}

    assert Member.model_validate(account | changes).standing("t1") is standing
