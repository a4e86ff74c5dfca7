"""The workspace that is ours: which one it is, who belongs to it, and who is where."""

from __future__ import annotations

import structlog

from adapters.slack import links
from adapters.slack.api import SlackApi, next_cursor, text_in
from adapters.slack.shapes import Id, MaybeId, Shape, Texts
from bot.errors import DeliveryError
from bot.platform import SHARED, Profile, Standing
from bot.wire import shaped

log = structlog.get_logger()

#: How each of them belongs costs a call, and a minute has a hundred.
MOST_READERS = 200
#: An account that Slack does not show us is not of our workspace.
_NOT_SHOWN = frozenset({"user_not_found", "user_not_visible"})


class Organisation(Shape):
    """The organisation that an account is of, and its workspaces that the account is in."""

    enterprise_id: MaybeId = None
    teams: tuple[Id, ...] = ()


class Card(Shape):
    """How an account presents itself; without its scope Slack leaves the address out."""

    email: Texts = ""
    real_name: Texts = ""


class User(Shape):
    """An account; a bot counts as a member, since an admin let it in."""

    team_id: MaybeId = None
    profile: Card = Card()
    is_email_confirmed: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    enterprise_user: Organisation | None = None


class Channel(Shape):
    """A conversation in which several people can be."""

    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False


class Members(Shape):
    """Who is in a conversation."""

    members: tuple[Id, ...]


class Workspace:
    """The one workspace that this bot is installed in.

    *team* is its id and *home* its address on the web, once they are known.
    """

    def __init__(self, api: SlackApi, team: str | None) -> None:
        self._api = api
        self.team = team
        self.home: str | None = None
        self._bot = ""

    async def learn(self) -> bool:
        """Ask Slack which workspace our token is for, and where that is; False without a word.

        An installation for a whole organisation has a token for no workspace in particular, so
        a *team* that is known stays.
        """
        try:
            told = await self._api.call("auth.test")
            self.team = self.team or text_in(told, "team_id")
            self._bot = text_in(told, "user_id")
        except DeliveryError as error:
            log.warning("slack_workspace_unknown", code=error.code)
            return False
        self.home = links.home(told.get("url"))
        return True

    async def bot(self) -> str:
        """Return the id of our own account."""
        if not self._bot:
            self._bot = text_in(await self._api.call("auth.test"), "user_id")
        return self._bot

    def link(self, channel: str, ts: str, thread: str | None) -> str | None:
        """Return the address of a message, None while nobody has said where the workspace is."""
        return links.permalink(self.home, channel, ts, thread) if self.home else None

    async def profile(self, user: str, tenant: str) -> Profile:
        """Return what Slack says of an account, which acts for the team or organisation *tenant*.

        An address counts once Slack has seen that it is theirs.
        """
        if self.team is None:
            raise DeliveryError("workspace_unknown")
        try:
            answer = await self._api.call("users.info", user=user)
        except DeliveryError as error:
            if error.code in _NOT_SHOWN:
                return Profile(Standing.FOREIGN)
            raise
        found = shaped(User, answer.get("user"))
        email = found.profile.email if found.is_email_confirmed else ""
        return Profile(judge(found, tenant, self.team), email, found.profile.real_name)

    async def readers(self, channel: str) -> tuple[str, ...]:
        """Return the ids of everybody else in a conversation.

        Raises:
            DeliveryError: for good, when another company reads along or is invited to, and when
                there are too many to look at each.
        """
        if channel.startswith("D"):
            # Looking a direct conversation up takes a scope of its own, opening it again does not.
            opened = await self._api.call("conversations.open", channel=channel, return_im=True)
            return (text_in(opened.get("channel"), "user"),)
        found = await self._api.call("conversations.info", channel=channel)
        shown = shaped(Channel, found.get("channel"))
        if shown.is_ext_shared or shown.is_pending_ext_shared:
            raise DeliveryError(SHARED, permanent=True)
        page = await self._api.call("conversations.members", channel=channel, limit=MOST_READERS)
        if next_cursor(page):
            raise DeliveryError("too_many_readers", permanent=True)
        own = await self.bot()
        return tuple(id for id in shaped(Members, page).members if id != own)


def judge(user: User, tenant: str, team: str) -> Standing:
    """Return how *user*, who acts for *tenant*, belongs to the workspace *team*."""
    organisation = user.enterprise_user or Organisation()
    # Ids are unique within a team or an organisation only: the account must be of the one it
    # acts for, and that one ours.
    is_theirs = tenant in {user.team_id, organisation.enterprise_id}
    is_ours = team in {user.team_id, *organisation.teams}
    if user.is_stranger or not is_theirs or not is_ours:
        return Standing.FOREIGN
    if user.deleted:
        return Standing.GONE
    is_guest = user.is_restricted or user.is_ultra_restricted
    return Standing.GUEST if is_guest else Standing.MEMBER
