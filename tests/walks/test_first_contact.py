"""First contact over signed HTTP: a welcome for each person and each channel, on both platforms."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulator.events import joined_event
from tests.clients.slack import SlackClient
from tests.walks.company import Company, a_company

pytestmark = pytest.mark.repeats

WELCOME = "Nice to meet you"
TO_ALL = "Hello, all."
MEANING = "Electronic Discovery Reference Model"


@pytest.fixture
async def company(database_url: str) -> AsyncIterator[Company]:
    async with a_company(database_url) as opened:
        yield opened


def welcomes(company: Company, handle: str) -> int:
    told = [said for client in company.on.values() for said in client.told(handle)]
    return sum(WELCOME in said for said in told)


async def test_who_opens_home_is_welcomed_once_on_both_platforms_together(
    company: Company,
) -> None:
    slack, teams = company.on["slack"], company.on["teams"]
    await slack.open_home("ada")
    await slack.is_told("ada", "Hello Ada Okafor.")
    await slack.is_told("ada", "Farid")

    await slack.open_home("ada")
    await slack.whisper("ada", "term EDRM")
    await company.teams.install("ada")
    await teams.whisper("ada", "term EDRM")

    await slack.is_told("ada", MEANING)
    await teams.is_told("ada", MEANING)
    assert welcomes(company, "ada") == 1


async def test_the_first_words_to_parley_are_answered_and_welcomed(company: Company) -> None:
    teams = company.on["teams"]
    await teams.whisper("ben", "term EDRM")

    # Neither waits for the other: a term is looked up quicker than who asks for it.
    await teams.is_told("ben", MEANING)
    await teams.is_told("ben", WELCOME)
    assert len(teams.told("ben")) == 2


async def test_what_the_welcome_offers_is_done_by_a_press(company: Company) -> None:
    slack, teams = company.on["slack"], company.on["teams"]
    await slack.whisper("ada", "hello")
    await company.teams.install("ben")
    await slack.is_told("ada", WELCOME)
    await teams.is_told("ben", WELCOME)

    await slack.press("ada", "Try: term EDRM", on=WELCOME)
    await teams.press("ben", "Try: term EDRM", on=WELCOME)

    await slack.is_told("ada", MEANING)
    await teams.is_told("ben", MEANING)


async def test_a_channel_is_welcomed_once_however_often_parley_comes(company: Company) -> None:
    slack = company.slack
    channel, bot = slack.channel("random"), slack.workspace.bot.id

    await slack.invite("ada", "random")
    await slack.redeliver(joined_event(slack.workspace, channel, bot), times=2)
    channel.members.discard(bot)
    await slack.invite("ada", "random")
    await slack.mention("ada", "random", "term EDRM")

    seen = SlackClient(slack, "random")
    await seen.is_told("ada", MEANING)
    [welcome] = seen.public()
    assert TO_ALL in welcome


async def test_guests_are_welcomed_in_words_that_fit_them(company: Company) -> None:
    slack, teams = company.on["slack"], company.on["teams"]
    await slack.whisper("gus", "hello")
    await company.teams.install("gus")

    for client in (slack, teams):
        await client.is_told("gus", "You are here as a guest")
        said = " ".join(client.told("gus"))
        assert "Farid" not in said
        assert "people list" not in said
