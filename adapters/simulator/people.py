"""The members of a workspace: colleagues, guests, strangers, bots, and those who left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from adapters.simulator.errors import Refusal

SLACKBOT = "USLACKBOT"


class Standing(StrEnum):
    """How a member belongs to the workspace."""

    MEMBER = "member"
    GUEST = "guest"
    SINGLE_CHANNEL_GUEST = "single_channel_guest"
    STRANGER = "stranger"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Member:
    """One account as Slack knows it."""

    id: str
    name: str
    handle: str
    title: str = ""
    email: str | None = None
    tz: str = "Europe/Berlin"
    team: str = "T0PARLEY"
    standing: Standing = Standing.MEMBER
    is_admin: bool = False
    deleted: bool = False
    is_email_confirmed: bool = True

    @property
    def is_bot(self) -> bool:
        """Say whether a program sits behind the account."""
        return self.standing is Standing.BOT

    @property
    def bot_id(self) -> str:
        """Return the id under which a bot's messages are marked."""
        return "B" + self.id[1:]

    def as_json(self) -> dict[str, Any]:
        """Return the user object of `users.info`."""
        is_single = self.standing is Standing.SINGLE_CHANNEL_GUEST
        profile = {
            "real_name": self.name,
            "display_name": self.handle,
            "title": self.title,
            "team": self.team,
            "email": self.email,
        }
        if self.is_bot:
            profile |= {"bot_id": self.bot_id}
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.handle,
            "real_name": self.name,
            "deleted": self.deleted,
            "tz": self.tz,
            "is_admin": self.is_admin,
            "is_bot": self.is_bot,
            "is_restricted": is_single or self.standing is Standing.GUEST,
            "is_ultra_restricted": is_single,
            "is_stranger": self.standing is Standing.STRANGER,
            "is_app_user": False,
            "is_email_confirmed": self.is_email_confirmed,
            "profile": {name: value for name, value in profile.items() if value is not None},
        }


class People:
    """Everybody in the workspace, by id, handle and e-mail."""

    def __init__(self, members: Mapping[str, Member]) -> None:
        self._members = dict(members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def add(self, member: Member) -> None:
        """Add *member*, or put a changed account in the place of the old one."""
        self._members[member.id] = member

    def find(self, member_id: str) -> Member | None:
        """Return the member with this id, if there is one."""
        return self._members.get(member_id)

    def get(self, member_id: str) -> Member:
        """Return the member with this id or refuse as Slack does."""
        member = self._members.get(member_id)
        if member is None:
            raise Refusal("user_not_found")
        return member

    def by_email(self, email: str) -> Member:
        """Return the active member with this e-mail, in any case."""
        for member in self._members.values():
            if member.email and member.email.casefold() == email.casefold() and not member.deleted:
                return member
        raise Refusal("users_not_found")

    def by_handle(self, handle: str) -> Member | None:
        """Return the member whom `@handle` means."""
        wanted = handle.casefold()
        return next((m for m in self._members.values() if m.handle.casefold() == wanted), None)
