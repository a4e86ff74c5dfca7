"""One person on both platforms: asked by their address, or by a code from the one to the other."""

import re
from collections.abc import AsyncIterator

import pytest

from adapters.simulator.sample import BEN
from adapters.simulator.teams.people import stable_id
from adapters.simulator.teams.sample import TENANT
from bot.inbound import UserRef
from bot.platform import Standing
from console import sample
from storage import people
from storage.people import Account
from tests.adapters.house import PATIENCE_SECONDS
from tests.walks.company import Company, a_company

ON_SLACK = Account("slack", sample.TENANT, BEN.id)
ON_TEAMS = Account("teams", TENANT, stable_id("person", BEN.handle))
HE_IS = "You are Ben Lindqvist here as well"


@pytest.fixture
async def company(sqlite_url: str) -> AsyncIterator[Company]:
    async with a_company(sqlite_url) as opened:
        yield opened


async def forget(company: Company, account: Account) -> None:
    """Let nobody know yet that this account is Ben's as well."""
    await company.parley.database.write(lambda session: people.unlink_account(session, account))


async def is_told_of(company: Company, account: Account) -> None:
    """Wait until the platform has said how the account belongs, however long that takes."""
    user = UserRef(account.platform, account.tenant, account.user)
    standings = company.parley.standings
    await company.slack.wait_for(
        lambda: standings.of(user) is not Standing.UNKNOWN, PATIENCE_SECONDS
    )


async def test_who_is_asked_by_their_address_and_says_yes_is_known_on_both(
    company: Company,
) -> None:
    await forget(company, ON_TEAMS)

    await company.teams.direct("ben", "hello")
    question = await company.on_teams("ben", "Is this you?")
    await company.teams.press("ben", question, "Yes, that is me")

    await company.on_teams("ben", HE_IS)
    await company.on_slack("ben", "An account on Microsoft Teams, “Ben Lindqvist”, is linked")
    await company.teams.direct("ben", "people show")
    await company.on_teams("ben", "owner@ta")


async def test_who_types_their_code_on_the_other_platform_is_known_on_both(
    company: Company,
) -> None:
    await forget(company, ON_SLACK)

    for side, account in ((company.teams, ON_TEAMS), (company.slack, ON_SLACK)):
        await side.direct("ben", "hello")
        await is_told_of(company, account)
    await company.teams.direct("ben", "people link")
    shown = await company.on_teams("ben", "On Slack, say to me")
    code = re.search(r"people link ([A-Z0-9-]{17})", shown.words())
    assert code
    await company.slack.direct("ben", f"people link {code[1]}")

    await company.on_slack("ben", HE_IS)
    await company.on_teams("ben", "An account on Slack, “Ben Lindqvist”, is linked")
    await company.slack.direct("ben", "people show")
    await company.on_slack("ben", "owner@ta")
