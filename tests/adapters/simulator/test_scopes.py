"""A bot may do and hear what its scopes let it, and no more."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.rates import Rates
from adapters.simulator.scopes import every_scope
from adapters.simulator.simulator import Settings, SlackSimulator

Installed = Callable[..., AbstractAsyncContextManager[tuple[SlackSimulator, AsyncWebClient]]]


@pytest.fixture
def installed(http: ClientSession) -> Installed:
    """Opens a Slack in which the bot was granted just these scopes."""

    @asynccontextmanager
    async def with_scopes(*scopes: str) -> AsyncIterator[tuple[SlackSimulator, AsyncWebClient]]:
        settings = Settings(patience_seconds=1.0, rates=Rates.unlimited(), scopes=frozenset(scopes))
        async with SlackSimulator(settings=settings) as slack:
            yield (
                slack,
                AsyncWebClient(
                    slack.bot_token, base_url=slack.api_base, session=http, retry_handlers=[]
                ),
            )

    return with_scopes


async def test_a_call_within_the_scopes_is_answered_and_names_them(installed: Installed) -> None:
    async with installed("chat:write", "im:write") as (_, client):
        posted = await client.chat_postMessage(channel="C0GENERAL", text="A vote is open")

    assert posted["ok"]
    assert posted.headers["X-OAuth-Scopes"] == "chat:write,im:write"


@pytest.mark.parametrize(
    ("method", "arguments", "needed"),
    [
        ("conversations.open", {"users": "U0ADA"}, "im:write"),
        ("users.info", {"user": "U0ADA"}, "users:read"),
        ("conversations.history", {"channel": "C0GENERAL"}, "channels:history"),
        ("conversations.history", {"channel": "C0HIRINGSEC"}, "groups:history"),
        ("conversations.create", {"name": "inc-42"}, "channels:manage"),
        ("conversations.create", {"name": "inc-42", "is_private": True}, "groups:write"),
        ("conversations.info", {"channel": "C0GENERAL"}, "channels:read"),
        ("files.getUploadURLExternal", {"filename": "a.png", "length": 3}, "files:write"),
    ],
)
async def test_a_call_beyond_the_scopes_is_refused_and_says_which_one_it_needs(
    installed: Installed, method: str, arguments: dict[str, Any], needed: str
) -> None:
    async with installed("chat:write") as (_, client):
        with pytest.raises(SlackApiError) as refused:
            await client.api_call(method, json=arguments)

    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == needed


async def test_a_channel_that_is_not_there_is_refused_as_such(installed: Installed) -> None:
    async with installed("chat:write") as (_, client):
        with pytest.raises(SlackApiError) as refused:
            await client.conversations_history(channel="C0NOWHERE")

    assert refused.value.response["error"] == "channel_not_found"


async def test_what_every_bot_may_do_needs_no_scope(installed: Installed) -> None:
    async with installed() as (_, client):
        answer = await client.auth_test()

    assert answer["ok"]


async def test_an_event_beyond_the_scopes_is_not_sent(installed: Installed) -> None:
    everything_but = every_scope() - {"app_mentions:read"}

    async with installed(*everything_but) as (slack, _):
        slack.bot_url = "http://127.0.0.1:9/slack/events"
        await slack.mention("ada", "general", "hello")
        heard = {entry.title for entry in slack.journal}

    assert "message.channels" in heard
    assert "app_mention" not in heard
