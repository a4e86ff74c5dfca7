"""Our own token: bought once for many, ahead of time, and never by whoever waits for others."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import ClientSession, ClientTimeout
from structlog.testing import capture_logs

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from adapters.teams.outbound import GOVERNMENT_SCOPE, PUBLIC_SCOPE, OutboundTokens, scope_of
from bot.errors import DeliveryError

HOUR = timedelta(hours=1)


@dataclass
class Shop:
    """The simulated directory, a customer, and a clock that is moved by hand."""

    teams: TeamsSimulator
    session: ClientSession
    tokens: OutboundTokens = field(init=False)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.customer(self.teams.app_password)

    def customer(self, password: str) -> OutboundTokens:
        """Return somebody who buys with *password*."""
        return OutboundTokens(
            self.session, self.teams.token_url, self.teams.app_id, password, clock=self.clock
        )

    def clock(self) -> float:
        return self.seconds

    @property
    def sold(self) -> int:
        return len(self.teams.journal.calls("token"))

    async def until_sold(self, count: int) -> None:
        await self.teams.wait_for(lambda: self.sold == count, timeout_seconds=60)


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    settings = Behaviour(token_lifetime=HOUR)
    async with TeamsSimulator(settings) as teams, ClientSession() as session:
        opened = Shop(teams, session)
        yield opened
        await opened.tokens.close()


async def test_many_calls_at_once_need_one_purchase(shop: Shop) -> None:
    tokens = await asyncio.gather(*(shop.tokens.get() for _ in range(50)))

    assert len(set(tokens)) == 1
    assert shop.sold == 1
    assert shop.teams.issuer.bears(f"Bearer {tokens[0]}")


async def test_a_token_is_replaced_before_it_ends_and_nobody_waits(shop: Shop) -> None:
    first = await shop.tokens.get()

    shop.seconds = HOUR.total_seconds() - 300
    shop.teams.faults.add("token", FaultKind.SLOW, seconds=0.2)
    meanwhile = await shop.tokens.get()
    await shop.until_sold(2)

    assert meanwhile == first
    async with asyncio.timeout(60):
        while await shop.tokens.get() == first:  # noqa: ASYNC110 - a purchase tells nobody
            await asyncio.sleep(0.01)


async def test_a_token_that_has_ended_is_not_used(shop: Shop) -> None:
    first = await shop.tokens.get()

    shop.seconds = HOUR.total_seconds() - 1

    assert await shop.tokens.get() != first


async def test_a_token_that_was_refused_is_not_used_again(shop: Shop) -> None:
    first = await shop.tokens.get()

    shop.tokens.forget("another token")
    kept = await shop.tokens.get()
    shop.tokens.forget(first)

    assert kept == first
    assert await shop.tokens.get() != first


async def test_while_the_directory_is_down_the_old_token_stays_good(shop: Shop) -> None:
    first = await shop.tokens.get()

    shop.seconds = HOUR.total_seconds() - 300
    shop.teams.faults.add("token", FaultKind.UNAVAILABLE, times=9)
    with capture_logs() as logs:
        tokens = [await shop.tokens.get() for _ in range(5)]
        await shop.until_sold(2)
        await shop.tokens.close()

    assert set(tokens) == {first}
    assert [(entry["event"], entry["error"]) for entry in logs] == [
        ("teams_token_not_bought", "token_unavailable")
    ]


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.SERVER_ERROR,
        FaultKind.UNAVAILABLE,
        FaultKind.GARBAGE,
        FaultKind.ANSWER_LOST,
        FaultKind.RATE_LIMITED,
    ],
)
async def test_a_directory_that_fails_is_asked_again_later(shop: Shop, kind: FaultKind) -> None:
    shop.teams.faults.add("token", kind)

    with pytest.raises(DeliveryError) as failed:
        await shop.tokens.get()

    assert (failed.value.code, failed.value.permanent) == ("token_unavailable", False)
    assert not failed.value.unknown
    assert await shop.tokens.get()


async def test_a_wrong_password_is_permanent_and_stays_secret(shop: Shop) -> None:
    customer = shop.customer("not-the-password")

    with capture_logs() as logs, pytest.raises(DeliveryError) as refused:
        await customer.get()

    assert (refused.value.code, refused.value.permanent) == ("token_refused", True)
    assert "not-the-password" not in f"{logs} {refused.value!r}"


async def test_a_hanging_directory_fails_in_time_and_harms_nobody_else(shop: Shop) -> None:
    shop.teams.faults.add("token", FaultKind.SLOW, seconds=60)
    async with ClientSession(timeout=ClientTimeout(total=0.3)) as hurried:
        shop.session = hurried
        customer = shop.customer(shop.teams.app_password)

        with pytest.raises(DeliveryError) as failed:
            await customer.get()

        assert failed.value.code == "token_unavailable"
        assert await customer.get()


async def test_whoever_gives_up_waiting_does_not_end_the_purchase_for_others(shop: Shop) -> None:
    shop.teams.faults.add("token", FaultKind.SLOW, seconds=0.2)

    impatient, patient = (asyncio.create_task(shop.tokens.get()) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()

    assert await patient
    assert shop.sold == 1


def test_each_cloud_sells_tokens_for_its_own_connector() -> None:
    assert scope_of("https://login.microsoftonline.com/t/oauth2/v2.0/token") == PUBLIC_SCOPE
    assert scope_of("https://login.microsoftonline.us/t/oauth2/v2.0/token") == GOVERNMENT_SCOPE
