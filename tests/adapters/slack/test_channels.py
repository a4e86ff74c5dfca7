"""Private channels of ours on Slack: their names, and who cannot come in or out."""

import pytest

from adapters.simulator.faults import FaultKind
from bot.errors import DeliveryError
from bot.inbound import UserRef
from tests.adapters.slack.house import House

TEAM = "T0PARLEY"
ADA, OTTO, NOBODY = (UserRef("slack", TEAM, id) for id in ("U0ADA", "U0OTTO", "U0NOWHERE"))


async def test_a_name_that_is_taken_gets_a_number(house: House) -> None:
    house.slack.channel("soc").name = "sec-copper-heron"

    place = await house.platform.make_channel("sec-copper-heron")

    made = house.slack.channel(place.channel)
    assert (made.name, made.members) == ("sec-copper-heron-2", {"U0PARLEY"})
    assert made.as_json()["is_private"]


async def test_a_channel_whose_answer_was_lost_is_not_made_twice(house: House) -> None:
    house.slack.faults.add("conversations.create", FaultKind.ANSWER_LOST)
    with pytest.raises(DeliveryError) as lost:
        await house.platform.make_channel("sec-copper-heron")

    place = await house.platform.make_channel("sec-copper-heron")

    assert lost.value.unknown
    assert house.slack.channel(place.channel).name == "sec-copper-heron"


async def test_who_cannot_come_keeps_nobody_else_out(house: House) -> None:
    place = await house.platform.make_channel("sec-copper-heron")

    missing = await house.platform.gather(place, [OTTO, ADA, NOBODY])

    assert set(missing) == {OTTO, NOBODY}
    assert await house.platform.readers(place) == [ADA]


async def test_where_somebody_cannot_be_removed_nobody_is_let_in(house: House) -> None:
    place = await house.platform.make_channel("sec-copper-heron")
    await house.platform.gather(place, [UserRef("slack", TEAM, "U0BEN")])
    house.slack.faults.add("conversations.kick", FaultKind.SERVER_ERROR)

    with pytest.raises(DeliveryError):
        await house.platform.gather(place, [ADA])

    assert await house.platform.readers(place) == [UserRef("slack", TEAM, "U0BEN")]
