"""First contact over signed HTTP: a welcome for each person and each channel, on both platforms."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulator.events import joined_event
from tests.adapters.house import PATIENCE_SECONDS
from tests.walks.company import Company, a_company

WELCOME = "Nice to meet you"
TO_ALL = "Hello, all."
MEANING = "Electronic Discovery Reference Model"


@pytest.fixture
async def company(database_url: str) -> AsyncIterator[Company]:
    async with a_company(database_url) as opened:
        yield opened


def welcomes(company: Company, handle: str) -> int:
    told = [one.words() for one in company.told_on_slack(handle)]
    told += [one.words() for one in company.told_on_teams(handle)]
    return sum(WELCOME in words for words in told)


async def test_who_opens_home_is_welcomed_once_on_both_platforms_together(
    company: Company,
) -> None:
    await company.slack.open_home("ada")
    welcome = await company.on_slack("ada", WELCOME)

    await company.slack.open_home("ada")
    await company.slack.direct("ada", "term EDRM")
    await company.teams.install("ada")
    await company.teams.direct("ada", "term EDRM")

    await company.on_slack("ada", MEANING)
    await company.on_teams("ada", MEANING)
    assert "Hello Ada Okafor." in welcome.words()
    assert "Farid" in welcome.words()
    assert welcomes(company, "ada") == 1


async def test_the_first_words_to_parley_are_answered_after_a_welcome(company: Company) -> None:
    await company.teams.direct("ben", "term EDRM")

    await company.on_teams("ben", MEANING)
    first, second = company.told_on_teams("ben")
    assert WELCOME in first.words()
    assert MEANING in second.words()


async def test_what_the_welcome_offers_is_done_by_a_press(company: Company) -> None:
    await company.slack.direct("ada", "hello")
    await company.teams.install("ben")
    on_slack = await company.on_slack("ada", WELCOME)
    on_teams = await company.on_teams("ben", WELCOME)

    await company.slack.press("ada", on_slack, "Try: term EDRM")
    await company.teams.press("ben", on_teams, "Try: term EDRM")

    await company.slack.wait_for(
        lambda: any(MEANING in one.words() for one in company.slack.sees_direct("ada")),
        PATIENCE_SECONDS,
    )
    await company.on_teams("ben", MEANING)


async def test_a_channel_is_welcomed_once_however_often_parley_comes(company: Company) -> None:
    slack = company.slack
    channel, bot = slack.channel("random"), slack.workspace.bot.id

    await slack.invite("ada", "random")
    await slack.redeliver(joined_event(slack.workspace, channel, bot), times=2)
    channel.members.discard(bot)
    await slack.invite("ada", "random")
    await slack.mention("ada", "random", "term EDRM")

    await slack.wait_for(
        lambda: any(MEANING in one.words() for one in slack.sees("ada", "random")),
        PATIENCE_SECONDS,
    )
    [welcome] = company.in_slack("random")
    assert TO_ALL in welcome.words()


async def test_guests_are_welcomed_in_words_that_fit_them(company: Company) -> None:
    await company.slack.direct("gus", "hello")
    await company.teams.install("gus")

    for welcome in (
        await company.on_slack("gus", "You are here as a guest"),
        await company.on_teams("gus", "You are here as a guest"),
    ):
        assert "Farid" not in welcome.words()
        assert "people list" not in welcome.words()
