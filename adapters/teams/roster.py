"""Who is in a conversation, and how they belong to the tenant: Teams tells by roster alone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import quote

from adapters.teams.api import TeamsApi
from adapters.teams.shapes import Id, MaybeGuid, Shape, Texts
from bot.errors import DeliveryError
from bot.platform import Profile, Standing
from bot.wire import shaped

#: How each of them belongs costs a call.
MOST_READERS = 200
#: For whom a conversation is remembered in which the roster can be asked.
MET_KEPT = 10_000
GUEST = "guest"


class Member(Shape):
    """An account in a conversation."""

    id: Id
    aad_object_id: MaybeGuid = None
    tenant_id: MaybeGuid = None
    user_role: Texts = ""
    name: Texts = ""
    #: As the admins of the directory entered it.
    email: Texts = ""

    def profile(self, tenant: str) -> Profile:
        """Return what the roster of a conversation of *tenant* says of the account."""
        return Profile(self.standing(tenant), self.email, self.name)

    def standing(self, tenant: str) -> Standing:
        """Return how the account belongs to *tenant*; who is in no directory joined by a link."""
        if self.tenant_id != tenant or self.aad_object_id is None:
            return Standing.FOREIGN
        return Standing.GUEST if self.user_role.casefold() == GUEST else Standing.MEMBER


class Page(Shape):
    """Some of the members of a conversation."""

    members: tuple[Member, ...] = ()
    continuation_token: Texts = ""


class Rosters:
    """The members of the conversations that the bot is in; *service_url* says where they are."""

    def __init__(self, api: TeamsApi, service_url: Callable[[], str]) -> None:
        self._api = api
        self._service_url = service_url
        self._met: OrderedDict[str, str] = OrderedDict()

    def meet(self, user: str, conversation: str) -> None:
        """Note where *user* was heard, for nobody can be asked about outside of a conversation."""
        self._met[user] = conversation
        self._met.move_to_end(user)
        while len(self._met) > MET_KEPT:
            self._met.popitem(last=False)

    def met_in(self, user: str) -> str | None:
        """Return a conversation in which *user* was heard."""
        return self._met.get(user)

    async def member(self, conversation: str, user: str) -> Member:
        """Return what the roster says of *user*."""
        path = f"{quote(conversation, safe='')}/members/{quote(user, safe='')}"
        return shaped(Member, await self._ask(path))

    async def members(self, conversation: str) -> tuple[Member, ...]:
        """Return everybody in a conversation.

        Raises:
            DeliveryError: for good, when there are too many to look at each.
        """
        path = f"{quote(conversation, safe='')}/pagedmembers?pageSize={MOST_READERS}"
        page = shaped(Page, await self._ask(path))
        if page.continuation_token:
            raise DeliveryError("too_many_readers", permanent=True)
        return page.members

    async def _ask(self, path: str) -> object:
        url = f"{self._service_url().rstrip('/')}/v3/conversations/{path}"
        return await self._api.call("GET", url, b"")
