"""Private channels that Parley makes: who is in them, and their end."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

import structlog

from adapters.slack.api import SlackApi, next_cursor, text_in
from adapters.slack.workspace import MOST_READERS, Members, Workspace
from bot.errors import DeliveryError
from bot.wire import shaped

log = structlog.get_logger()

#: Why one person cannot come in, while others can.
_NOT_THEM = frozenset(
    {
        "cant_invite",
        "ura_max_channels",
        "user_disabled",
        "user_is_restricted",
        "user_is_ultra_restricted",
        "user_not_found",
        "user_not_visible",
    }
)
_PAGE = 200


class Channels:
    """The private channels of one workspace."""

    def __init__(self, api: SlackApi, workspace: Workspace) -> None:
        self._api = api
        self._workspace = workspace

    async def make(self, name: str) -> str:
        """Make a private channel and return its id; a name that is taken gets a number."""
        for number in count(1):
            wanted = name if number == 1 else f"{name}-{number}"
            try:
                made = await self._api.call("conversations.create", name=wanted, is_private=True)
            except DeliveryError as error:
                if error.code != "name_taken":
                    raise
                # We made it ourselves where the answer to an earlier try was lost.
                if known := await self._own(wanted):
                    return known
            else:
                return text_in(made.get("channel"), "id")
        raise AssertionError  # there is always a next number

    async def gather(self, channel: str, users: Collection[str]) -> set[str]:
        """Have exactly *users* in a channel beside us; return who could not be let in.

        Raises:
            DeliveryError: somebody could not be removed, or the channel is not there any more.
        """
        page = await self._api.call("conversations.members", channel=channel, limit=MOST_READERS)
        if next_cursor(page):
            raise DeliveryError("too_many_readers", permanent=True)
        present = set(shaped(Members, page).members) - {await self._workspace.bot()}
        for user in sorted(present - set(users)):
            await self._remove(channel, user)
        return await self._invite(channel, sorted(set(users) - present))

    async def archive(self, channel: str) -> None:
        """Archive a channel; one that is archived already stays so."""
        try:
            await self._api.call("conversations.archive", channel=channel)
        except DeliveryError as error:
            if error.code not in {"already_archived", "is_archived"}:
                raise

    async def _own(self, name: str) -> str | None:
        """Return the channel of that name which we made."""
        bot, cursor = await self._workspace.bot(), ""
        while True:
            page = await self._api.call(
                "conversations.list",
                types="private_channel",
                exclude_archived=True,
                limit=_PAGE,
                cursor=cursor or None,
            )
            for channel in page.get("channels", []):
                if _is_made_by(channel, bot) and channel.get("name") == name:
                    return text_in(channel, "id")
            cursor = next_cursor(page)
            if not cursor:
                return None

    async def _remove(self, channel: str, user: str) -> None:
        try:
            await self._api.call("conversations.kick", channel=channel, user=user)
        except DeliveryError as error:
            if error.code != "not_in_channel":
                raise

    async def _invite(self, channel: str, users: list[str]) -> set[str]:
        """Invite all at once; where one of them cannot come, each by themselves."""
        if not users:
            return set()
        try:
            await self._api.call("conversations.invite", channel=channel, users=",".join(users))
        except DeliveryError as error:
            if error.code == "already_in_channel" and len(users) == 1:
                return set()
            if error.code not in _NOT_THEM | {"already_in_channel"}:
                raise
            if len(users) == 1:
                log.info("slack_not_invited", code=error.code)
                return set(users)
        else:
            return set()
        alone = [await self._invite(channel, [user]) for user in users]
        return set().union(*alone)


def _is_made_by(channel: object, user: str) -> bool:
    return isinstance(channel, dict) and channel.get("creator") == user
