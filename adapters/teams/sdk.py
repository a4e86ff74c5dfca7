"""The Bot Framework SDK, as far as Parley builds on it: its schema, turns and connector client.

No other file imports it. Its own authentication, token calls, retries and state are left out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity, ConversationAccount
from botframework.connector import models
from botframework.connector.aio.operations_async import ConversationsOperations
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)
from botframework.connector.bot_framework_sdk_client_async import BotFrameworkConnectorConfiguration
from msrest import Deserializer, Serializer
from msrest.async_client import ServiceClientAsync
from msrest.pipeline import Request, Response
from msrest.pipeline.async_abc import AsyncHTTPSender, AsyncPipeline

from adapters.teams.api import TeamsApi
from adapters.teams.limits import compact
from bot.errors import DeliveryError
from bot.wire import Json

INVOKE = "invoke"
#: What the SDK's client looks for in an answer that was read already.
READ = "deserialized_data"

Work = Callable[[Json], Awaitable[Json | None]]


class Connector:
    """Calls to the Bot Connector at one service URL; every one raises `DeliveryError`."""

    def __init__(self, api: TeamsApi, service_url: str) -> None:
        #: Under the name by which a turn of the SDK looks for it.
        self.conversations = _conversations(api, service_url)

    async def send(self, conversation: str, post: Json) -> str:
        """Post into *conversation* and return the post's id."""
        answer = await self.conversations.send_to_conversation(conversation, post)
        return _given(answer.id)

    async def update(self, conversation: str, id: str, post: Json) -> None:
        """Replace the post of that id."""
        await self.conversations.update_activity(conversation, id, post)

    async def begin_thread(self, channel: str, tenant: str, post: Json) -> str:
        """Begin a thread in a channel and return the id of its first post."""
        created = await self.conversations.create_conversation(
            {
                "isGroup": True,
                "channelData": {"channel": {"id": channel}, "tenant": {"id": tenant}},
                "tenantId": tenant,
                "activity": post,
            }
        )
        return _given(created.activity_id)

    async def open_chat(self, bot: str, user: str, tenant: str) -> str:
        """Return the id of the bot's chat with *user*, opened if need be."""
        created = await self.conversations.create_conversation(
            {
                "isGroup": False,
                "bot": {"id": bot},
                "members": [{"id": user}],
                "channelData": {"tenant": {"id": tenant}},
                "tenantId": tenant,
            }
        )
        return _given(created.id)


class Turns(CloudAdapterBase):  # type: ignore[misc]  # the SDK carries no types
    """Runs what was verified through the SDK's turns: its middleware, its contexts."""

    def __init__(self, connect: Callable[[str], Connector]) -> None:
        self._ready = _ready(connect)
        super().__init__(_Verified())

    async def take(self, body: Json, work: Work) -> Json | None:
        """Let *work* answer an activity within a turn."""
        answers: list[Json | None] = []

        async def turn(_context: TurnContext) -> None:
            answers.append(await work(body))

        # An answer that passed the SDK as well would be copied deeply on its way.
        await self.process_activity(self._ready, _received(body), turn)
        return answers[0] if body.get("type") == INVOKE else None


class _Sender(AsyncHTTPSender[Any, Any]):
    """Sends what the SDK's client wrote over our own session, with our own token."""

    def __init__(self, api: TeamsApi) -> None:
        self._api = api

    async def send(self, request: Request[Any], **_config: Any) -> Response[Any, Any]:
        """Send *request*; an answer that is no success raises before the SDK sees it."""
        asked = request.http_request
        answer = await self._api.call(asked.method, asked.url, asked.data or b"")
        return Response(request, SimpleNamespace(status_code=HTTPStatus.OK), {READ: answer})

    async def __aexit__(self, *_exc: object) -> None:
        """Leave the session open: it is not the SDK's."""


class _Verified(BotFrameworkAuthentication):  # type: ignore[misc]  # the SDK carries no types
    """Stands where the SDK would verify: every activity was verified before it comes here."""

    async def authenticate_request(
        self, activity: Activity, auth_header: str
    ) -> AuthenticateRequestResult:
        """Refuse: nothing comes here with a header."""
        raise PermissionError

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Refuse: nothing comes here with a header."""
        raise PermissionError

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """Refuse: what is sent outside a turn goes through `Connector`."""
        raise PermissionError

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Return nothing: nobody signs in to anything through Parley."""


class _Connections(ConnectorFactory):  # type: ignore[misc]  # the SDK carries no types
    """Gives each turn the connector that is kept for its service URL."""

    def __init__(self, connect: Callable[[str], Connector]) -> None:
        self._connect = connect

    async def create(self, service_url: str, audience: str) -> Connector:
        """Return the kept connector."""
        return self._connect(service_url)


def _ready(connect: Callable[[str], Connector]) -> AuthenticateRequestResult:
    """Return the result of an authentication that took place already."""
    result = AuthenticateRequestResult()
    result.claims_identity = ClaimsIdentity({}, is_authenticated=True)
    result.connector_factory = _Connections(connect)
    return result


class _Plain(Serializer):
    """Writes what is plain already: the SDK would check it value by value, for 2 ms a card."""

    def url(self, name: str, data: str, data_type: str, **_kwargs: object) -> str:
        """Return a part of an address."""
        return quote(data, safe="")

    def body(self, data: object, data_type: str, **_kwargs: object) -> bytes:
        """Return *data* as bytes, which the SDK's client sends as they are."""
        return compact(data)


def _conversations(api: TeamsApi, service_url: str) -> ConversationsOperations:
    # The SDK insists on credentials; ours are attached where the request leaves.
    configuration = BotFrameworkConnectorConfiguration("attached later", service_url)
    client = ServiceClientAsync(configuration)
    configuration.pipeline = AsyncPipeline([], _Sender(api))
    schema = {name: kind for name, kind in vars(models).items() if isinstance(kind, type)}
    return ConversationsOperations(
        client,
        configuration,
        _Plain(schema),  # type: ignore[no-untyped-call]  # the SDK carries no types
        Deserializer(schema),  # type: ignore[no-untyped-call]  # likewise
    )


def _received(body: Json) -> Activity:
    """Return as much of an activity as a turn needs; what it says is read by `shapes`."""
    return Activity(
        type=str(body.get("type")),
        channel_id=body["channelId"],
        service_url=body["serviceUrl"],
        conversation=ConversationAccount(id=body["conversation"]["id"]),
    )


def _given(id: str | None) -> str:
    """Return an id that every good answer has.

    Raises:
        DeliveryError: this one does not; what was asked for may have happened.
    """
    if not id:
        raise DeliveryError("garbage", unknown=True)
    return id
