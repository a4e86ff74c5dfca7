"""The pages that platforms and operators reach: alive, ready, and silent about what runs them."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web as aiohttp_web
from sqlmodel import Session

from bot import metrics, web
from bot.hooks import Handed
from bot.upkeep import Upkeep
from storage import jobs
from storage.database import Busy, Database
from storage.jobs import State
from tests.bot.house import House

problems: list[str] = []


def address(runner: aiohttp_web.AppRunner) -> tuple[str, int]:
    host, port = runner.addresses[0][:2]
    return host, port


@pytest.fixture
async def server() -> AsyncIterator[str]:
    async def ready() -> list[str]:
        return problems

    problems.clear()
    runner = await web.serve(web.application(ready), "127.0.0.1", 0)
    yield "http://{}:{}".format(*address(runner))
    await runner.cleanup()


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


class TestPages:
    async def test_a_process_that_runs_is_alive(
        self, server: str, browser: aiohttp.ClientSession
    ) -> None:
        problems.append("The database does not take writes.")

        async with browser.get(f"{server}/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, {"alive": True})

    async def test_it_is_ready_when_nothing_is_wrong(
        self, server: str, browser: aiohttp.ClientSession
    ) -> None:
        async with browser.get(f"{server}/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True, "problems": []})

    async def test_otherwise_it_says_what_is_wrong(
        self, server: str, browser: aiohttp.ClientSession
    ) -> None:
        problems.append("The database does not take writes.")

        async with browser.get(f"{server}/readyz") as answer:
            assert answer.status == 503
            assert (await answer.json())["problems"] == problems

    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/nothing"])
    async def test_no_answer_names_a_version(
        self, server: str, browser: aiohttp.ClientSession, path: str
    ) -> None:
        async with browser.get(server + path) as answer:
            said = f"{answer.headers} {await answer.text()}".casefold()

        assert answer.headers["Server"] == "parley"
        assert "aiohttp" not in said
        assert "python" not in said

    async def test_an_answer_to_a_broken_request_names_none_either(self, server: str) -> None:
        host, port = server.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))

        writer.write(b"GET / HTTP/nonsense\r\n\r\n")
        said = (await reader.read()).decode().casefold()
        writer.close()
        await writer.wait_closed()

        assert said.startswith("http/1.0 400")
        assert "aiohttp" not in said
        assert "python" not in said

    async def test_metrics_are_served_on_their_own_and_as_they_are_now(
        self, browser: aiohttp.ClientSession
    ) -> None:
        async def look() -> list[str]:
            metrics.JOBS_READY.set(17)
            return []

        runner = await web.serve(web.metrics_application(look), "127.0.0.1", 0)

        async with browser.get("http://{}:{}/metrics".format(*address(runner))) as answer:
            said = await answer.text()
        await runner.cleanup()

        assert "parley_jobs_ready 17.0" in said
        assert answer.headers["Server"] == "parley"

    async def test_a_compressed_body_is_not_unpacked(self, browser: aiohttp.ClientSession) -> None:
        async def echo(request: aiohttp_web.Request) -> aiohttp_web.Response:
            return aiohttp_web.Response(body=await request.read())

        app = aiohttp_web.Application()
        app.router.add_post("/", echo)
        runner = await web.serve(app, "127.0.0.1", 0)
        packed, headers = gzip.compress(b"words"), {"Content-Encoding": "gzip"}

        address_of_it = "http://{}:{}/".format(*address(runner))
        async with browser.post(address_of_it, data=packed, headers=headers) as answer:
            arrived = await answer.read()
        await runner.cleanup()

        assert arrived == packed

    async def test_a_port_that_is_taken_is_an_error(self, server: str) -> None:
        _, port = server.removeprefix("http://").split(":")

        with pytest.raises(OSError, match="in use"):
            await web.serve(aiohttp_web.Application(), "127.0.0.1", int(port))


class TestUpkeep:
    async def test_what_has_served_its_time_goes(self, house: House, database: Database) -> None:
        await house.says("toy tell A new bear.")
        await database.write(_do_all)
        upkeep = Upkeep(database)

        await upkeep.prune(house.clock.now() + timedelta(days=1))
        kept = (await house.count("inbound"), len(await house.jobs(State.DONE)))
        await upkeep.prune(house.clock.now() + timedelta(days=9))

        assert kept == (1, 1)
        assert (await house.count("inbound"), await house.jobs(State.DONE)) == (0, [])

    async def test_every_workflow_sweeps_in_a_transaction_of_its_own(
        self, house: House, database: Database
    ) -> None:
        swept: list[str] = []
        upkeep = Upkeep(database, [lambda _: swept.append("one"), lambda _: swept.append("two")])

        await upkeep.sweep(house.clock.now())

        assert swept == ["one", "two"]


def _do_all(session: Session) -> None:
    for job in jobs.listing(session, State.READY):
        jobs.discard(session, job.id)


class TestHandedOut:
    @pytest.fixture
    async def shop(self) -> AsyncIterator[str]:
        async def fetched(page: str, token: str) -> Handed | None:
            if token == "busy":
                raise Busy
            right = (page, token) == ("calendar", "3-x.ics")
            return Handed(b"BEGIN:VCALENDAR", "text/calendar", "agenda-3.ics") if right else None

        async def ready() -> list[str]:
            return []

        app = web.application(ready)
        web.add_pages(app, fetched)
        runner = await web.serve(app, "127.0.0.1", 0)
        yield "http://{}:{}".format(*address(runner))
        await runner.cleanup()

    async def test_whoever_has_the_token_gets_the_file(
        self, shop: str, browser: aiohttp.ClientSession
    ) -> None:
        async with browser.get(f"{shop}/pages/calendar/3-x.ics") as answer:
            assert (answer.status, await answer.read()) == (200, b"BEGIN:VCALENDAR")
            assert answer.content_type == "text/calendar"
            assert answer.headers["Content-Disposition"] == 'inline; filename="agenda-3.ics"'

    async def test_a_wrong_token_reads_like_a_path_that_there_is_not(
        self, shop: str, browser: aiohttp.ClientSession
    ) -> None:
        found = []
        for path in ("pages/calendar/4-x.ics", "pages/other/3-x.ics", "nothing"):
            async with browser.get(f"{shop}/{path}") as answer:
                found.append((answer.status, await answer.read(), answer.content_type))

        assert found == [(404, b"404: Not Found", "text/plain")] * 3

    async def test_under_load_it_asks_to_come_back(
        self, shop: str, browser: aiohttp.ClientSession
    ) -> None:
        async with browser.get(f"{shop}/pages/calendar/busy") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
