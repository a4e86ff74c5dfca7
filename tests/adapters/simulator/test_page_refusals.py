"""What the page's acts refuse, and what an open page is told."""

import asyncio
import base64
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.simulator.page import Page
from adapters.simulator.simulator import SlackSimulator
from tests.adapters.simulator.samples import asked, form, option
from tests.adapters.simulator.stand_in import StandInBot

Json = dict[str, Any]

TOO_LARGE = base64.b64encode(b"x" * (1024 * 1024 + 1)).decode()


@pytest.fixture
async def address(slack: SlackSimulator) -> AsyncIterator[str]:
    page = Page(slack)
    yield (await page.start()).rstrip("/")
    await page.close()


async def act(http: ClientSession, address: str, path: str, body: object) -> tuple[int, Json]:
    said = io.BytesIO(json.dumps(body).encode())
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{address}/api/page/{path}", data=said, headers=headers) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("slack/home", [], "unreadable"),
        ("slack/home", {}, "which person"),
        ("slack/home", {"person": "U0NOBODY"}, "Nobody here"),
        ("slack/say", {"person": "U0ADA", "channel": "C0GENERAL"}, "nothing to send"),
        ("slack/say", {"person": "U0ADA", "channel": "C0OLD", "text": "x"}, "is_archived"),
        (
            "slack/press",
            {"person": "U0ADA", "channel": "C0GENERAL", "message": "1.1", "action_id": "x"},
            "no longer there",
        ),
        ("slack/join", {"person": "U0ADA", "channel": "C0HIRINGSEC"}, "Only a public channel"),
        ("slack/upload", {"person": "U0ADA", "name": "x", "content": "?"}, "did not arrive whole"),
        ("slack/upload", {"person": "U0ADA", "name": "x", "content": TOO_LARGE}, "1 MiB"),
        ("clock", {"advance_seconds": 60}, "cannot be moved"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    slack: SlackSimulator, http: ClientSession, address: str, path: str, body: object, said: str
) -> None:
    status, told = await act(http, address, path, body)

    assert status == 400
    assert said in told["error"]


async def test_wrongly_formed_answers_are_refused(
    slack: SlackSimulator, http: ClientSession, address: str
) -> None:
    view = slack.workspace.views.open("U0ADA", form())

    status, told = await act(
        http, address, "slack/submit", {"person": "U0ADA", "view": view.id, "answers": "x"}
    )

    assert status == 400
    assert "wrong form" in told["error"]


async def test_suggestions_come_back_to_the_page(
    slack: SlackSimulator, bot: StandInBot, http: ClientSession, address: str
) -> None:
    select = {"type": "external_select", "action_id": "term", "min_query_length": 1}
    view = slack.workspace.views.open("U0ADA", form(asked("Term", select, "term")))
    bot.will_answer({"options": [option("EDRM", "7")]})

    _, told = await act(
        http,
        address,
        "slack/suggest",
        {"person": "U0ADA", "view": view.id, "action_id": "term", "value": "ed"},
    )

    assert told["options"] == [option("EDRM", "7")]


async def test_a_file_that_is_not_there_is_not_found(http: ClientSession, address: str) -> None:
    async with http.get(f"{address}/api/page/slack/files/F9") as answer:
        assert answer.status == 404


class MovedClock:
    """A clock that goes on from where it was put."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move_to(self, instant: datetime) -> None:
        self.ahead = instant - datetime.now(UTC)


async def test_an_open_page_is_told_of_the_clock_and_of_a_reset(
    slack: SlackSimulator, http: ClientSession
) -> None:
    page = Page(slack, clock=MovedClock())
    address = (await page.start()).rstrip("/")
    heard: list[str] = []
    async with http.get(f"{address}/api/page/events") as stream:
        await stream.content.readline()
        await act(http, address, "clock", {"advance_seconds": 3600})
        await act(http, address, "reset", {})
        async with asyncio.timeout(60):
            while not {"event: clock", "event: reset"} <= set(heard):
                heard.append((await stream.content.readline()).decode().strip())
    await page.close()

    assert "event: change" in heard
