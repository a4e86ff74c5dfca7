"""The page's JSON API as a browser asks it."""

from typing import Any

from aiohttp import ClientSession

Json = dict[str, Any]


class Browser:
    """Asks the page as a browser does."""

    def __init__(self, http: ClientSession, address: str) -> None:
        self.http = http
        self.address = address.rstrip("/")

    async def get(self, path: str, **headers: str) -> tuple[int, Json]:
        async with self.http.get(self.address + path, headers=headers) as answer:
            return answer.status, await answer.json()

    async def act(self, path: str, body: Json, **headers: str) -> tuple[int, Json]:
        origin = {"Origin": self.address, **headers}
        async with self.http.post(self.address + path, json=body, headers=origin) as answer:
            return answer.status, await answer.json()

    async def state(self, person: str, platform: str = "slack") -> Json:
        _, state = await self.get(f"/api/page/{platform}/state?person={person}")
        return state

    async def channel(self, person: str, channel: str, platform: str = "slack") -> Json:
        channels: list[Json] = (await self.state(person, platform))["channels"]
        return next(found for found in channels if found["id"] == channel)
