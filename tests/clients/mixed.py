"""A company of which some are on one platform and the others on another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

from adapters.simulator.errors import Unplayable
from bot.inbound import UserRef
from tests.clients.client import Client, Filled

BREATH_SECONDS = 0.01


class MixedClients(Client):
    """Everybody at the screen they have; *of* names the platform of each."""

    def __init__(self, clients: Mapping[str, Client], of: Mapping[str, str]) -> None:
        self._clients = clients
        self._of = of
        self.around_answers = frozenset().union(*(one.around_answers for one in clients.values()))

    def user(self, handle: str) -> UserRef:
        return self._at(handle).user(handle)

    async def ask(self, handle: str, words: str) -> None:
        await self._at(handle).ask(handle, words)

    async def ask_for_form(self, handle: str, words: str) -> None:
        await self._at(handle).ask_for_form(handle, words)

    async def mention(self, handle: str, words: str) -> None:
        await self._at(handle).mention(handle, words)

    async def reply(self, handle: str, words: str, *, below: str = "") -> None:
        await self._at(handle).reply(handle, words, below=below)

    async def post(self, handle: str, words: str, *, copies: int = 1) -> None:
        await self._at(handle).post(handle, words, copies=copies)

    async def take_back(self, handle: str) -> None:
        await self._at(handle).take_back(handle)

    async def open_offered(self, handle: str) -> None:
        await self._at(handle).open_offered(handle)

    async def whisper(self, handle: str, words: str) -> None:
        await self._at(handle).whisper(handle, words)

    async def send_file(self, handle: str, name: str, content: bytes) -> None:
        await self._at(handle).send_file(handle, name, content)

    async def open_home(self, handle: str) -> None:
        await self._at(handle).open_home(handle)

    async def press(self, handle: str, label: str, *, on: str = "") -> None:
        await self._at(handle).press(handle, label, on=on)

    async def fill(self, handle: str, answers: Filled) -> dict[str, str]:
        return await self._at(handle).fill(handle, answers)

    async def use_on(self, handle: str, shortcut: str, words: str, *, below: str = "") -> None:
        await self._at(handle).use_on(handle, shortcut, words, below=below)

    def window_of(self, handle: str) -> str:
        return self._at(handle).window_of(handle)

    def where(self, channel: str) -> str:
        for one in self._clients.values():
            with suppress(Unplayable):
                return one.where(channel)
        raise Unplayable("No platform has this channel.")

    def public(self) -> list[str]:
        return [said for one in self._clients.values() for said in one.public()]

    def publics(self) -> list[list[str]]:
        return [one.public() for one in self._clients.values()]

    def told(self, handle: str) -> list[str]:
        return self._at(handle).told(handle)

    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float) -> None:
        async with asyncio.timeout(timeout_seconds):
            while not claim():  # noqa: ASYNC110 - any of several platforms may change
                await asyncio.sleep(BREATH_SECONDS)

    def _at(self, handle: str) -> Client:
        return self._clients[self._of[handle]]
