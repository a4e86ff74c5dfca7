"""Slack as the core sees it: take traffic, post, edit, find, and end in good order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from slack_bolt.response import BoltResponse

from adapters.slack import reading
from adapters.slack.answers import Carrier, Engine, Errands
from adapters.slack.api import SLACK_API, Json, SlackApi, next_cursor, text_in
from adapters.slack.app import SlackApp
from adapters.slack.channels import Channels
from adapters.slack.door import Door
from adapters.slack.inbound import SLACK
from adapters.slack.ingress import Ingress
from adapters.slack.render import render_message
from adapters.slack.uploads import hang, upload, upload_files
from adapters.slack.wire import PATH
from adapters.slack.workspace import Workspace
from bot.errors import DeliveryError
from bot.inbound import FileRef, Place, QuotedMessage, UserRef
from bot.platform import MessageRef, Profile
from bot.ui import Message

if TYPE_CHECKING:
    from adapters.slack.socket_mode import SocketMode

log = structlog.get_logger()

EVENT_TYPE = "parley"
#: How far Slack's clock and ours may differ when a post is looked for.
CLOCKS_APART = timedelta(minutes=2)
PAGE = 200
LAST_ERRANDS_SECONDS = 2.0
#: A little more than Slack's one post a second: at a nominal rate of exactly one, two replicas'
#: clocks let a second one slip into the same second.
SPACING = timedelta(seconds=1.1)
#: Slack lets more pass for a moment, and does not say how many.
BURST = 3
ASK_AGAIN_SECONDS = 5.0

#: The person cannot be shown something in this place, but can in a direct message.
_NOT_HERE = frozenset({"channel_not_found", "is_archived", "not_in_channel", "user_not_in_channel"})


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What connects Parley with one workspace; without a *team_id* Slack says which it is."""

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    team_id: str | None = None
    api_base: str = SLACK_API
    #: Our verb for each slash command that the workspace calls differently: {"words": "term"}.
    command_names: Mapping[str, str] = field(default_factory=dict)


class SlackPlatform:
    """One Slack workspace."""

    name = SLACK
    spacing = SPACING
    burst = BURST

    def __init__(
        self, settings: SlackSettings, *, wall_clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._ingress = Ingress(settings.signing_secret, self._take, now=wall_clock)
        self._errands = Errands()
        self._api: SlackApi | None = None
        self._workspace: Workspace | None = None
        self._app: SlackApp | None = None
        self._learning: asyncio.Task[None] | None = None
        self._socket: SocketMode | None = None
        self._direct: dict[str, str] = {}

    def mount(self, app: web.Application) -> None:
        """Add the address that Slack sends its traffic to."""
        app.router.add_route("*", PATH, self._ingress.handle)

    async def start(self, engine: Engine) -> None:
        """Begin to take traffic and hand it to *engine*.

        As long as nobody says which workspace is ours, all traffic is refused.
        """
        api = self._api = SlackApi(self._settings.api_base, self._settings.bot_token)
        workspace = self._workspace = Workspace(api, self._settings.team_id)
        if workspace.team is not None or await workspace.learn():
            self._open(engine, api, workspace)
        if workspace.home is None:
            self._learning = asyncio.create_task(self._learn(engine, api, workspace))

    async def _learn(self, engine: Engine, api: SlackApi, workspace: Workspace) -> None:
        """Ask until Slack has answered; what the settings say waits for no answer."""
        while True:
            if await workspace.learn():
                break
            await asyncio.sleep(ASK_AGAIN_SECONDS)
        if self._app is None:
            self._open(engine, api, workspace)

    def _open(self, engine: Engine, api: SlackApi, workspace: Workspace) -> None:
        carrier = Carrier(engine, api, self._errands)
        names = self._settings.command_names
        self._app = SlackApp(Door(engine, carrier, workspace=workspace, names=names), api)
        if self._settings.app_token:
            # Whoever is reached over HTTP needs no socket.
            from adapters.slack.socket_mode import SocketMode  # noqa: PLC0415  # see above

            self._socket = SocketMode(self._app, self._settings.app_token)
            self._socket.open()

    async def close(self) -> None:
        """Stop taking traffic and finish what is under way."""
        if self._learning is not None:
            self._learning.cancel()
            await asyncio.wait({self._learning})
        self._app = None
        if self._socket is not None:
            await self._socket.shut()
        await self._errands.finish(LAST_ERRANDS_SECONDS)
        if self._api is not None:
            await self._api.close()

    async def post(self, place: Place, message: Message, *, key: str) -> MessageRef:
        """Post *message* marked with *key*; where only one person may see it, only to them."""
        body = await self._drawn(message)
        if place.viewer is None:
            files = await upload_files(self._open_api(), message)
            ref = await self._post(place, body, key)
            channel = await self._channel(place)
            await hang(self._open_api(), files, channel=channel, thread=place.thread or ref.id)
            return ref
        try:
            return await self._whisper(place, place.viewer, body)
        except DeliveryError as error:
            if error.code not in _NOT_HERE:
                raise
        direct = await self.direct(UserRef(SLACK, place.tenant, place.viewer))
        return await self._post(direct, body, key)

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace what the post says; what only one person saw cannot be edited."""
        if ref.place.viewer is not None:
            raise DeliveryError("ephemeral", permanent=True)
        channel = await self._channel(ref.place)
        body = await self._drawn(message)
        await self._call("chat.update", channel=channel, ts=ref.id, **body)

    async def direct(self, user: UserRef) -> Place:
        """Return the one-to-one chat with *user*."""
        if user.user not in self._direct:
            opened = await self._call("conversations.open", users=user.user)
            self._direct[user.user] = text_in(opened.get("channel"), "id")
        return Place(SLACK, user.tenant, self._direct[user.user])

    async def find(self, place: Place, key: str, since: datetime) -> MessageRef | None:
        """Return the post marked *key* if it arrived after *since*."""
        channel, cursor = await self._channel(place), ""
        method = "conversations.replies" if place.thread else "conversations.history"
        oldest = f"{(since - CLOCKS_APART).timestamp():.6f}"
        while True:
            page = await self._call(
                method,
                channel=channel,
                ts=place.thread,
                oldest=oldest,
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor or None,
            )
            for post in page.get("messages", []):
                if _key_of(post) == key:
                    return self._ref(place, channel, text_in(post, "ts"))
            cursor = next_cursor(page)
            if not cursor:
                return None

    async def profile(self, user: UserRef) -> Profile:
        """Return what Slack says of *user*."""
        return await self._ours().profile(user.user, user.tenant)

    async def readers(self, place: Place) -> list[UserRef]:
        """Return everybody who is in the channel of *place*."""
        users = await self._ours().readers(await self._channel(place))
        return [UserRef(SLACK, place.tenant, user) for user in users]

    async def before(self, place: Place, message: str) -> list[QuotedMessage]:
        """Return what people read above *message*."""
        channel = await self._channel(place)
        return await reading.before(self._open_api(), channel, message, place.thread)

    async def download(self, file: FileRef, *, most: int) -> bytes:
        """Return what is in *file*."""
        return await reading.download(self._open_api(), file, most=most)

    async def make_channel(self, name: str) -> Place:
        """Make a private channel; the *name* is one as Slack takes them, in lower case."""
        team = self._ours().team
        if team is None:
            raise DeliveryError("workspace_unknown")
        return Place(SLACK, team, await self._channels().make(name))

    async def gather(self, place: Place, users: Collection[UserRef]) -> Collection[UserRef]:
        """Have exactly *users* in a channel of ours; return who could not be let in."""
        missing = await self._channels().gather(place.channel, {one.user for one in users})
        return [one for one in users if one.user in missing]

    async def archive(self, place: Place) -> None:
        """Close a channel of ours."""
        await self._channels().archive(place.channel)

    async def _take(self, payload: Json) -> BoltResponse:
        if self._app is None:
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return await self._app.take(payload)

    async def _drawn(self, message: Message) -> Json:
        files = await upload(self._open_api(), message)
        return render_message(message, files=files)

    async def _post(self, place: Place, body: Json, key: str) -> MessageRef:
        channel = await self._channel(place)
        posted = await self._call(
            "chat.postMessage",
            channel=channel,
            thread_ts=place.thread,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            unfurl_links=False,
            unfurl_media=False,
            **body,
        )
        return self._ref(place, channel, text_in(posted, "ts"))

    def _ref(self, place: Place, channel: str, ts: str) -> MessageRef:
        return MessageRef(place, ts, self._ours().link(channel, ts, place.thread))

    async def _whisper(self, place: Place, viewer: str, body: Json) -> MessageRef:
        shown = await self._call(
            "chat.postEphemeral",
            channel=await self._channel(place),
            user=viewer,
            thread_ts=place.thread,
            **body,
        )
        return MessageRef(place, text_in(shown, "message_ts"))

    async def _channel(self, place: Place) -> str:
        """Return the channel's id; a person's id stands for the direct message with them."""
        if not place.channel.startswith(("U", "W")):
            return place.channel
        return (await self.direct(UserRef(SLACK, place.tenant, place.channel))).channel

    async def _call(self, method: str, **arguments: object) -> Json:
        return await self._open_api().call(method, **arguments)

    def _open_api(self) -> SlackApi:
        if self._api is None:
            raise DeliveryError("not_started")
        return self._api

    def _channels(self) -> Channels:
        return Channels(self._open_api(), self._ours())

    def _ours(self) -> Workspace:
        if self._workspace is None:
            raise DeliveryError("not_started")
        return self._workspace


def _key_of(post: Json) -> object:
    metadata = post.get("metadata") or {}
    return (metadata.get("event_payload") or {}).get("key")
