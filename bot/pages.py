"""What programs fetch over the web without being anybody: a calendar that follows a meeting."""

from __future__ import annotations

from sqlmodel import Session

from bot.clock import Clock
from bot.context import unasked
from bot.errors import NotFound
from bot.hooks import Handed
from bot.routes import Routes
from storage.database import Database
from storage.secrets import Sealer


class Pages:
    """Hands out what workflows have under their tokens."""

    def __init__(self, database: Database, routes: Routes, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._routes = routes
        self._sealer = sealer
        self._clock = clock

    async def fetched(self, name: str, token: str) -> Handed | None:
        """Return what is under a token of a page; None when there is nothing.

        Raises:
            Busy: it should be fetched later.
        """
        page = self._routes.pages.get(name)
        if page is None:
            return None

        def read(session: Session) -> Handed | None:
            try:
                return page(unasked(session, self._sealer, self._clock.now()), token)
            except NotFound:
                return None

        return await self._database.read(read)
