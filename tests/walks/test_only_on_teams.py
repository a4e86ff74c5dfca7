"""What the glossary has on Teams and Slack has nothing like, over signed HTTP."""

from collections.abc import AsyncIterator

import pytest

from tests.walks.company import CHANNEL, Company, a_company

MEANING = "Electronic Discovery Reference Model"


@pytest.fixture
async def company(sqlite_url: str) -> AsyncIterator[Company]:
    async with a_company(sqlite_url, on=("teams",)) as opened:
        yield opened


async def test_the_message_extension_works_where_the_bot_is_not(company: Company) -> None:
    teams = company.teams
    written = await teams.say("ben", "random", "Which EDRM step are we at?")
    assert written.message is not None

    found = await teams.search("ada", "random", "glossary.find", "edrm")
    posted = await teams.insert("ada", "random", found.hits[0])
    explained = await teams.use_on("ada", written.message, "glossary.explain")

    assert found.hits[0].title.startswith("EDRM")
    assert posted.message is not None
    assert MEANING in posted.message.words()
    assert explained.dialog is not None, explained.problems
    assert MEANING in explained.dialog.words()


async def test_an_answer_to_a_mention_is_private_and_the_thread_says_so(
    company: Company,
) -> None:
    teams, screen = company.teams, company.on["teams"]

    asked = await teams.mention("ada", CHANNEL, "term EDRM")

    await screen.is_told("ada", MEANING)
    assert asked.message is not None
    thread = asked.message
    await screen.until(lambda: len(teams.sees_thread("ben", thread)) > 1)
    pointer = teams.sees_thread("ben", thread)[1].words()
    assert "in their own chat" in pointer
    assert MEANING not in pointer


async def test_a_term_is_shared_in_the_thread_in_which_that_was_asked(company: Company) -> None:
    teams, screen = company.teams, company.on["teams"]

    asked = await teams.mention("ada", CHANNEL, "term share EDRM")

    assert asked.message is not None
    thread = asked.message
    await screen.until(lambda: len(teams.sees_thread("ben", thread)) > 1)
    assert any(MEANING in one.words() for one in teams.sees_thread("ben", thread))
