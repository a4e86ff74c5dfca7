"""Calls to the Bot Connector: what each failure means, and where our token never goes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.rates import Rates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from adapters.teams.api import WAIT_SECONDS, TeamsApi
from adapters.teams.render import render_post
from adapters.teams.sdk import Connector
from bot.errors import DeliveryError
from bot.ui import Message
from bot.web import serve

POST = render_post(Message(text="Hello."))


@dataclass
class Line:
    """The simulated Teams and a connector to it."""

    teams: TeamsSimulator
    api: TeamsApi
    connector: Connector = field(init=False)

    def __post_init__(self) -> None:
        self.connector = Connector(self.api, self.teams.service_url)

    @property
    def channel(self) -> str:
        return self.teams.conversation("hiring-security").id

    async def send(self) -> str:
        return await self.connector.send(self.channel, POST)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with TeamsSimulator(Behaviour(rates=Rates.unlimited())) as teams:
        hosts = {teams.service_host}
        api = TeamsApi(teams.token_url, teams.app_id, teams.app_password, hosts)
        yield Line(teams, api)
        await api.close()


async def test_a_post_arrives_with_its_card_and_its_summary(line: Line) -> None:
    id = await line.send()

    [seen] = line.teams.conversation("hiring-security").messages.values()
    assert (seen.id, seen.summary) == (id, "Hello.")
    assert seen.attachments == tuple(POST["attachments"])


async def test_letters_outside_ascii_are_sent_as_they_are(line: Line) -> None:
    await line.connector.send(line.channel, render_post(Message(text="Grüße, 東京")))

    [call] = line.teams.journal.calls("activities.send")
    assert "Grüße, 東京" in call.request.body


async def test_two_calls_share_one_token(line: Line) -> None:
    await line.send()
    await line.send()

    assert len(line.teams.journal.calls("token")) == 1


async def test_a_token_that_is_not_taken_is_replaced_once(line: Line) -> None:
    await line.send()
    line.teams.faults.add("activities.send", FaultKind.UNAUTHORIZED)

    await line.send()

    assert len(line.teams.journal.calls("token")) == 2
    assert len(line.teams.conversation("hiring-security").messages) == 2


async def test_a_second_token_that_is_not_taken_is_the_last(line: Line) -> None:
    line.teams.faults.add("activities.send", FaultKind.UNAUTHORIZED, times=9)

    with pytest.raises(DeliveryError) as refused:
        await line.send()

    assert (refused.value.code, refused.value.permanent) == ("unauthorized", True)
    assert len(line.teams.journal.calls("activities.send")) == 2


async def test_a_limit_without_a_time_is_waited_for_a_moment(line: Line) -> None:
    line.teams.faults.add("activities.send", FaultKind.PRECONDITION_FAILED)

    with pytest.raises(DeliveryError) as later:
        await line.send()

    least, most = WAIT_SECONDS
    assert later.value.retry_after is not None
    assert least <= later.value.retry_after <= most


@pytest.mark.parametrize("kind", [FaultKind.BAD_GATEWAY, FaultKind.GATEWAY_TIMEOUT])
async def test_a_gateway_that_fails_says_nothing_of_the_post(line: Line, kind: FaultKind) -> None:
    line.teams.faults.add("activities.send", kind)

    with pytest.raises(DeliveryError) as lost:
        await line.send()

    assert (lost.value.unknown, lost.value.permanent) == (True, False)


async def test_when_nobody_answers_at_all_nothing_was_posted(line: Line) -> None:
    await line.api.tokens.get()
    api = TeamsApi(
        line.teams.token_url, line.teams.app_id, line.teams.app_password, ["127.0.0.1:9"]
    )

    with pytest.raises(DeliveryError) as lost:
        await Connector(api, "http://127.0.0.1:9/emea/").send("19:x", POST)
    await api.close()

    assert (lost.value.code, lost.value.unknown) == ("unreachable", False)


@pytest.fixture
async def stranger() -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A server that is not Teams: it sends everybody on, or answers nothing of use."""
    met: list[web.Request] = []
    home = ""

    async def answer(request: web.Request) -> web.Response:
        met.append(request)
        if request.path.startswith(("/empty", "/list")):
            return web.json_response({} if request.path.startswith("/empty") else [])
        return web.Response(status=307, headers={"Location": f"{home}/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = await serve(app, "127.0.0.1", 0)
    home = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield home, met
    await runner.cleanup()


async def test_a_redirect_does_not_carry_the_token_away(
    line: Line, stranger: tuple[str, list[web.Request]]
) -> None:
    home, met = stranger
    hosts = [home.removeprefix("http://")]
    api = TeamsApi(line.teams.token_url, line.teams.app_id, line.teams.app_password, hosts)

    with pytest.raises(DeliveryError):
        await Connector(api, f"{home}/emea/").send("19:x", POST)
    await api.close()

    assert [request.path.startswith("/emea/") for request in met] == [True]


@pytest.mark.parametrize(
    "service_url",
    [
        "https://evil.example/emea/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net:8443/",
        "http://smba.trafficmanager.net/",
        "http://127.0.0.1:1/",
    ],
)
async def test_the_token_goes_to_no_other_host(line: Line, service_url: str) -> None:
    hosts = ["smba.trafficmanager.net"]
    api = TeamsApi(line.teams.token_url, line.teams.app_id, line.teams.app_password, hosts)

    with pytest.raises(DeliveryError) as refused:
        await Connector(api, service_url).send("19:x", POST)
    await api.close()

    assert (refused.value.code, refused.value.permanent) == ("address_refused", True)
    assert line.teams.journal.calls("token") == []


@pytest.mark.parametrize("path", ["empty", "list"])
async def test_an_answer_without_an_id_is_garbage(
    line: Line, stranger: tuple[str, list[web.Request]], path: str
) -> None:
    home, _ = stranger
    hosts = [home.removeprefix("http://")]
    api = TeamsApi(line.teams.token_url, line.teams.app_id, line.teams.app_password, hosts)

    with pytest.raises(DeliveryError) as lost:
        await Connector(api, f"{home}/{path}/").send("19:x", POST)
    await api.close()

    assert (lost.value.code, lost.value.unknown) == ("garbage", True)
