"""Teams as the core sees it: take traffic, post, edit, and end in good order."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from adapters.teams.answers import Carrier, Engine
from adapters.teams.api import TeamsApi
from adapters.teams.conversations import (
    Pointers,
    asked_in,
    conversation_of,
    is_channel,
    is_shared,
    link_to,
)
from adapters.teams.door import Door
from adapters.teams.inbound import TEAMS
from adapters.teams.ingress import PATH, Ingress
from adapters.teams.keys import Keys
from adapters.teams.render import render_post
from adapters.teams.roster import Rosters
from adapters.teams.sdk import Connector, Turns
from adapters.teams.tokens import Verifier, issuer_of
from bot.errors import DeliveryError, Overloaded
from bot.inbound import FileRef, Place, QuotedMessage, UserRef
from bot.platform import NOT_HANDED_OUT, MessageRef, Profile, Standing
from bot.ui import Message
from bot.wire import Json

log = structlog.get_logger()

#: Teams takes 1,800 posts an hour in one conversation, a burst among them.
SPACING = timedelta(seconds=2.01)
#: It takes 7 in one second, and 8 in two.
BURST = 6
#: How Teams names a bot among the members of a conversation.
BOT = "28:{app_id}"

#: Nobody is named: others read it as well.
SAID_IN_PRIVATE = Message(
    text="I have answered whoever asked in their own chat with me; the answer is for them alone."
)
NO_PRIVATE_CHAT = Message(
    text=(
        "I have an answer for whoever asked, for them alone, and cannot write to them yet. "
        "Please add the Parley app for yourself in Teams, under Apps, and ask again."
    )
)
#: The person cannot be written to; repeating helps only after they have added the app.
_CLOSED = frozenset({"not_allowed_there", "not_there"})
_NO_CHAT = _CLOSED | {"malformed"}


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What connects Parley with one tenant."""

    app_id: str
    app_password: str = field(repr=False)
    tenant_id: str
    openid_metadata_url: str
    token_url: str
    #: Where our token may be shown.
    service_hosts: frozenset[str]
    #: Where the Bot Connector answers until an activity has said where it does for this tenant.
    service_url: str


class TeamsPlatform:
    """One tenant of Microsoft Teams."""

    name = TEAMS
    spacing = SPACING
    burst = BURST

    def __init__(
        self, settings: TeamsSettings, *, wall_clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._keys = Keys(settings.openid_metadata_url)
        issuer = issuer_of(settings.openid_metadata_url)
        self._ingress = Ingress(
            Verifier(settings.app_id, issuer, self._keys, now=wall_clock),
            self._take,
            tenant=settings.tenant_id,
            hosts=settings.service_hosts,
        )
        self._service_url = settings.service_url
        self._connectors: dict[str, Connector] = {}
        self._chats: dict[str, Place] = {}
        self._pointers = Pointers()
        self._api: TeamsApi | None = None
        self._rosters: Rosters | None = None
        self._turns: Turns | None = None
        self._door: Door | None = None

    def mount(self, app: web.Application) -> None:
        """Add the address that Teams sends its traffic to."""
        app.router.add_route("*", PATH, self._ingress.handle)

    async def start(self, engine: Engine) -> None:
        """Begin to take traffic and hand it to *engine*."""
        own = self._settings
        self._api = TeamsApi(own.token_url, own.app_id, own.app_password, own.service_hosts)
        self._rosters = Rosters(self._api, lambda: self._service_url)
        self._keys.prepare()
        self._turns = Turns(self._connector)
        self._door = Door(
            engine,
            Carrier(engine, self.direct),
            tenant=own.tenant_id,
            met=self._rosters.meet,
            is_inside=self._is_inside,
        )

    async def close(self) -> None:
        """Stop taking traffic."""
        self._door = None
        await self._keys.close()
        if self._api is not None:
            await self._api.close()

    async def post(self, place: Place, message: Message, *, key: str) -> MessageRef:
        """Post *message*; where only one person may see it, in their own chat with the bot.

        Teams keeps no mark beside a post, so *key* stays here.
        """
        if not is_shared(place):
            return await self._post_alone(place, render_post(message))
        if place.viewer is None:
            return await self._post(place, render_post(message))
        post = render_post(asked_in(message, place))
        try:
            chat = await self.direct(UserRef(TEAMS, place.tenant, place.viewer))
            ref = await self._post_alone(chat, post)
        except DeliveryError as error:
            if error.out_of_reach:
                error.told = await self._point(place, NO_PRIVATE_CHAT)
            raise
        await self._point(place, SAID_IN_PRIVATE)
        return ref

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace what the post says; what is for one person does not replace what all read."""
        if ref.place.viewer is not None:
            raise DeliveryError("private", permanent=True)
        conversation = conversation_of(ref.place, root=ref.id)
        await self._here().update(conversation, ref.id, render_post(message))

    async def direct(self, user: UserRef) -> Place:
        """Return the one-to-one chat with *user*."""
        own = self._settings
        if user.tenant != own.tenant_id:
            raise _unreachable()
        if user.user not in self._chats:
            bot = BOT.format(app_id=own.app_id)
            try:
                chat = await self._here().open_chat(bot, user.user, own.tenant_id)
            except DeliveryError as error:
                if error.code not in _NO_CHAT:
                    raise
                raise _unreachable() from error
            self._chats[user.user] = Place(TEAMS, own.tenant_id, chat)
        return self._chats[user.user]

    async def find(self, place: Place, key: str, since: datetime) -> MessageRef | None:
        """Return nothing: Teams lets no bot look into a conversation."""
        return None

    async def profile(self, user: UserRef) -> Profile:
        """Return what is said of *user* by the roster of where they were heard last."""
        tenant = self._settings.tenant_id
        if user.tenant != tenant:
            return Profile(Standing.FOREIGN)
        met = self._rosters_open().met_in(user.user)
        conversation = met or (await self.direct(user)).channel
        return (await self._rosters_open().member(conversation, user.user)).profile(tenant)

    async def readers(self, place: Place) -> list[UserRef]:
        """Return everybody who is in the conversation of *place*."""
        members = await self._rosters_open().members(place.channel)
        for member in members:
            if member.aad_object_id is not None:
                # How they belong can be asked here, also of whoever has not added the app.
                self._rosters_open().meet(member.aad_object_id, place.channel)
        return [
            UserRef(TEAMS, member.tenant_id or "", member.aad_object_id or member.id)
            for member in members
        ]

    async def before(self, place: Place, message: str) -> list[QuotedMessage]:
        """Refuse: Teams lets no bot look into a conversation."""
        raise DeliveryError(NOT_HANDED_OUT, permanent=True)

    async def download(self, file: FileRef, *, most: int) -> bytes:
        """Return what is in *file*; Teams hands out those in somebody's own chat with the bot."""
        if self._api is None:
            raise DeliveryError("not_started")
        if not file.address:
            raise DeliveryError(NOT_HANDED_OUT, permanent=True)
        return await self._api.load(file.address, most=most)

    async def make_channel(self, name: str) -> Place:
        """Refuse: no bot makes channels by the Bot Connector."""
        raise DeliveryError("bots_make_no_channels", permanent=True)

    async def gather(self, place: Place, users: Collection[UserRef]) -> Collection[UserRef]:
        """Refuse: it is no channel of ours."""
        raise DeliveryError("bots_make_no_channels", permanent=True)

    async def archive(self, place: Place) -> None:
        """Refuse: it is no channel of ours."""
        raise DeliveryError("bots_make_no_channels", permanent=True)

    async def _take(self, activity: Json) -> Json | None:
        """Answer a verified activity, and note where the Bot Connector answers now."""
        if self._door is None or self._turns is None:
            raise Overloaded
        self._service_url = activity["serviceUrl"]
        return await self._turns.take(activity, self._door.answer)

    async def _is_inside(self, user: UserRef, place: Place) -> bool:
        """Say whether *user* is in the conversation of *place*, as the roster says now.

        Raises:
            DeliveryError: it does not say so now.
        """
        try:
            await self._rosters_open().member(place.channel, user.user)
        except DeliveryError as error:
            log.info("teams_not_inside", code=error.code)
            if not error.permanent:
                raise
            return False
        return True

    async def _post_alone(self, chat: Place, post: Json) -> MessageRef:
        """Post into somebody's own chat, which is closed once they remove the app."""
        try:
            return await self._post(chat, post)
        except DeliveryError as error:
            if error.code not in _CLOSED:
                raise
            self._chats = {user: kept for user, kept in self._chats.items() if kept != chat}
            raise _unreachable() from error

    async def _post(self, place: Place, post: Json) -> MessageRef:
        if not is_channel(place) or place.thread:
            id = await self._here().send(conversation_of(place), post)
        else:
            id = await self._here().begin_thread(place.channel, self._settings.tenant_id, post)
        return MessageRef(place, id, link_to(place, id))

    async def _point(self, place: Place, message: Message) -> bool:
        """Say where it was asked that the answer is elsewhere, once; False when that fails.

        In a channel nobody asked outside of a thread; a new one would speak of nothing.
        """
        if is_channel(place) and not place.thread:
            return False
        if not self._pointers.first(place, message):
            return True
        try:
            await self._post(place, render_post(message))
        except DeliveryError as error:
            self._pointers.forget(place, message)
            log.warning("teams_pointer_not_posted", code=error.code)
            return False
        return True

    def _rosters_open(self) -> Rosters:
        if self._rosters is None:
            raise DeliveryError("not_started")
        return self._rosters

    def _here(self) -> Connector:
        return self._connector(self._service_url)

    def _connector(self, service_url: str) -> Connector:
        """Return the connector that is kept for *service_url*."""
        if self._api is None:
            raise DeliveryError("not_started")
        if service_url not in self._connectors:
            self._connectors[service_url] = Connector(self._api, service_url)
        return self._connectors[service_url]


def _unreachable() -> DeliveryError:
    return DeliveryError("person_unreachable", permanent=True, out_of_reach=True)
