"""One person on both platforms: asked by their address, or by a code from the one to the other."""

import re
from collections.abc import AsyncIterator

import pytest

from adapters.simulator.sample import BEN
from adapters.simulator.teams.people import stable_id
from adapters.simulator.teams.sample import TENANT
from console import sample
from storage import people
from storage.people import Account
from tests.walks.company import Company, a_company

pytestmark = pytest.mark.repeats

ON_SLACK = Account("slack", sample.TENANT, BEN.id)
ON_TEAMS = Account("teams", TENANT, stable_id("person", BEN.handle))
HE_IS = "You are Ben Lindqvist here as well"


@pytest.fixture
async def company(database_url: str) -> AsyncIterator[Company]:
    async with a_company(database_url) as opened:
        yield opened


async def forget(company: Company, account: Account) -> None:
    """Let nobody know yet that this account is Ben's as well."""
    await company.parley.database.write(lambda session: people.unlink_account(session, account))


async def test_who_is_asked_by_their_address_and_says_yes_is_known_on_both(
    company: Company,
) -> None:
    slack, teams = company.on["slack"], company.on["teams"]
    await forget(company, ON_TEAMS)
    await slack.whisper("ben", "people show")
    await slack.is_told("ben", "owner@ta")

    await teams.whisper("ben", "hello")
    await teams.is_told("ben", "Is this you?")
    await teams.press("ben", "Yes, that is me")

    await teams.is_told("ben", HE_IS)
    await slack.is_told("ben", "An account on Microsoft Teams, “Ben Lindqvist”, is linked")
    await teams.whisper("ben", "people show")
    await teams.is_told("ben", "owner@ta")


async def test_who_types_their_code_on_the_other_platform_is_known_on_both(
    company: Company,
) -> None:
    slack, teams = company.on["slack"], company.on["teams"]
    await forget(company, ON_SLACK)

    await teams.whisper("ben", "people link")
    await teams.is_told("ben", "On Slack, say to me")
    code = re.search(r"people link ([A-Z0-9-]{17})", " ".join(teams.told("ben")))
    assert code
    await slack.whisper("ben", f"people link {code[1]}")

    await slack.is_told("ben", HE_IS)
    await teams.is_told("ben", "An account on Slack, “Ben Lindqvist”, is linked")
    await slack.whisper("ben", "people show")
    await slack.is_told("ben", "owner@ta")
