"""What the SDK does for us, and what it is kept from doing."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from adapters.teams import sdk
from adapters.teams.api import TeamsApi
from adapters.teams.sdk import Connector, Turns
from bot.wire import Json

ACTIVITY: Json = {
    "type": "message",
    "channelId": "msteams",
    "serviceUrl": "http://127.0.0.1:9/emea/",
    "conversation": {"id": "19:x"},
}


@pytest.fixture
async def turns() -> AsyncIterator[Turns]:
    api = TeamsApi("http://127.0.0.1:9/token", "app", "password", ["127.0.0.1:9"])
    yield Turns(partial(Connector, api))
    await api.close()


async def test_only_an_invoke_is_answered_in_its_own_answer(turns: Turns) -> None:
    async def work(body: Json) -> Json:
        return {"said": body["type"]}

    invoked = await turns.take({**ACTIVITY, "type": "invoke"}, work)
    told = await turns.take(ACTIVITY, work)

    assert invoked == {"said": "invoke"}
    assert told is None


async def test_what_goes_wrong_in_a_turn_comes_out_of_it(turns: Turns) -> None:
    async def work(_body: Json) -> Json:
        raise LookupError("nothing there")

    with pytest.raises(LookupError):
        await turns.take(ACTIVITY, work)


async def test_the_sdk_verifies_nothing_and_buys_no_token() -> None:
    verified = sdk._Verified()

    with pytest.raises(PermissionError):
        await verified.authenticate_request(None, "Bearer x")
    with pytest.raises(PermissionError):
        await verified.authenticate_streaming_request("Bearer x", "msteams")
    with pytest.raises(PermissionError):
        verified.create_connector_factory(None)
