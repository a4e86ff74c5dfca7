"""Channels that Parley makes: where a platform makes none, it says so for good."""

import pytest

from bot.errors import DeliveryError
from tests.adapters.contract.side import Side

pytestmark = pytest.mark.repeats


async def test_a_channel_is_made_filled_thinned_and_closed_or_refused_for_good(side: Side) -> None:
    if not side.makes_channels:
        with pytest.raises(DeliveryError) as refused:
            await side.platform.make_channel("sec-copper-heron")
        assert refused.value.permanent
        return
    place = await side.platform.make_channel("sec-copper-heron")

    assert await side.platform.readers(place) == []
    assert await side.platform.gather(place, [side.user("ada"), side.user("ben")]) == []
    assert set(await side.platform.readers(place)) == {side.user("ada"), side.user("ben")}
    assert await side.platform.gather(place, [side.user("ben")]) == []
    assert await side.platform.readers(place) == [side.user("ben")]
    await side.platform.archive(place)
    await side.platform.archive(place)


async def test_what_is_no_channel_of_ours_is_refused_for_good(side: Side) -> None:
    for asked in (side.platform.gather(side.nowhere, []), side.platform.archive(side.nowhere)):
        with pytest.raises(DeliveryError) as refused:
            await asked
        assert refused.value.permanent
