"""Sends activities to the bot, each with a token of the issuer."""

import json
from dataclasses import dataclass
from typing import Any

from adapters.simulator.journal import Asked, Journal
from adapters.simulator.line import Delivery, Line, Note
from adapters.simulator.teams.issuer import Issuer

Json = dict[str, Any]

PATH = "/api/messages"
USER_AGENT = "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One activity to tell the bot.

    Attributes:
        token: what it is signed with; a true token when left out.
    """

    activity: Json
    title: str
    person: str | None = None
    token: str | None = None

    @property
    def kind(self) -> str:
        """Return what the page's drawer calls it."""
        return str(self.activity.get("name") or self.activity.get("type"))


class Wire(Line):
    """The line to the bot, whose `bot_url` is its own address without the path."""

    platform = "teams"
    accepted = frozenset({200, 201, 202})

    def __init__(self, journal: Journal, issuer: Issuer, patience_seconds: float) -> None:
        super().__init__(journal, patience_seconds)
        self._issuer = issuer

    async def send(self, parcel: Parcel) -> Delivery:
        """Send *parcel*, wait as long as Teams does, and write the exchange down."""
        note = Note(parcel.kind, parcel.title, parcel.person)
        return await self._noted(note, lambda: self._attempt(parcel))

    def headers(self, activity: Json, token: str | None = None) -> dict[str, str]:
        """Return the headers under which Teams sends *activity*."""
        true_token = token or self._issuer.token(str(activity.get("serviceUrl")))
        conversation = activity.get("conversation") or {}
        return {
            "Authorization": f"Bearer {true_token}",
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": USER_AGENT,
            "x-ms-conversation-id": str(conversation.get("id", "")),
            "x-ms-tenant-id": str(conversation.get("tenantId", "")),
        }

    async def _attempt(self, parcel: Parcel) -> tuple[Asked, Delivery]:
        if self.bot_url is None:
            return Asked("POST", ""), Delivery(failure="dispatch_failed")
        body = json.dumps(parcel.activity).encode()
        headers = self.headers(parcel.activity, parcel.token)
        asked = Asked("POST", self.bot_url + PATH, tuple(headers.items()), body.decode())
        return asked, await self._post(asked, body)
