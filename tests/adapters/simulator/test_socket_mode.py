"""Socket Mode: the same payloads down a websocket that the bot opens with Slack's own client."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.simulator import SlackSimulator

HELLO = {"text": "Hello over the socket"}


class Listener:
    """Acknowledges everything, commands with a greeting."""

    def __init__(self) -> None:
        self.heard: list[SocketModeRequest] = []

    async def __call__(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        payload = HELLO if request.type == "slash_commands" else None
        await client.send_socket_mode_response(
            SocketModeResponse(envelope_id=request.envelope_id, payload=payload)
        )


@pytest.fixture
async def listener(slack: SlackSimulator, http: ClientSession) -> AsyncIterator[Listener]:
    web_client = AsyncWebClient(base_url=slack.api_base, session=http)
    client = SocketModeClient(slack.app_token, web_client=web_client)
    listener = Listener()
    client.socket_mode_request_listeners.append(listener)
    await client.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
    await slack.wait_for(lambda: slack.socket_is_open)
    yield listener
    await client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped


async def test_a_command_is_answered_in_its_acknowledgement(
    slack: SlackSimulator, listener: Listener
) -> None:
    played = await slack.command("ada", "general", "/term", "EDRM")

    assert played.ok
    assert listener.heard[0].payload["text"] == "EDRM"
    assert listener.heard[0].accepts_response_payload is True
    assert slack.sees("ada", "general")[-1].text == HELLO["text"]


async def test_events_and_interactions_go_down_the_same_socket(
    slack: SlackSimulator, listener: Listener
) -> None:
    await slack.direct("ada", "hello")
    await slack.shortcut("ada", "incident.report")

    event, shortcut = listener.heard
    assert (event.type, event.payload["event"]["type"]) == ("events_api", "message")
    assert (shortcut.type, shortcut.payload["type"]) == ("interactive", "shortcut")


async def test_a_bot_token_opens_no_socket(slack: SlackSimulator, http: ClientSession) -> None:
    url = slack.api_base + "apps.connections.open"
    headers = {"Authorization": f"Bearer {slack.bot_token}"}

    async with http.post(url, headers=headers) as answer:
        body = await answer.json()

    assert body == {"ok": False, "error": "invalid_auth"}


async def test_a_socket_needs_a_ticket(slack: SlackSimulator, http: ClientSession) -> None:
    with pytest.raises(WSServerHandshakeError, match="401"):
        await http.ws_connect(slack.base_url + "/socket?ticket=made-up")
