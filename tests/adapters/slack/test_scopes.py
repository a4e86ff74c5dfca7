"""A look at our access, as `doctor` takes it."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from adapters.slack.scopes import SCOPES, greet
from bot.errors import DeliveryError


async def test_slack_tells_its_time_and_what_we_may_do() -> None:
    async with SlackSimulator() as slack:
        at, scopes = await greet(slack.api_base, slack.bot_token)

    assert abs(at - datetime.now(UTC)) < timedelta(seconds=30)
    assert scopes >= {scope.name for scope in SCOPES}


async def test_a_revoked_token_is_refused_for_good() -> None:
    async with SlackSimulator() as slack:
        slack.faults.add("auth.test", FaultKind.TOKEN_REVOKED)

        with pytest.raises(DeliveryError) as refused:
            await greet(slack.api_base, slack.bot_token)

    assert refused.value.permanent
    assert refused.value.code == "token_revoked"
