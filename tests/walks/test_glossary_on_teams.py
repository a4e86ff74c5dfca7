"""The glossary on Teams, from what a person types to what others read, over signed HTTP."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import Session

import workflows
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.rates import Rates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from adapters.teams.platform import TeamsPlatform
from bot import web
from bot.clock import Clock
from bot.delivery import Delivery
from bot.engine import Engine
from bot.platform import Platform
from bot.standing import Standings
from bot.worker import Worker
from bot.workflow import discover
from console import sample
from storage import people
from storage.database import Database
from storage.secrets import Sealer
from tests.adapters.teams.house import settings_for

PATIENCE_SECONDS = 90.0
MEANING = "Electronic Discovery Reference Model"


async def ready() -> list[str]:
    return []


def give_accounts(session: Session, teams: TeamsSimulator) -> None:
    """Give everybody of the sample the account they have on Teams."""
    sample.seed(session, Clock().now())
    for account in teams.people:
        person = people.by_email(session, account.email or "", now=Clock().now())
        if person is not None and account.aad_object_id:
            people.link_account(session, person.id, "teams", teams.tenant_id, account.aad_object_id)


@pytest.fixture
async def teams(sqlite_url: str) -> AsyncIterator[TeamsSimulator]:
    """Northwind Shipping on Teams, with Parley in it."""
    behaviour = Behaviour(patience_seconds=PATIENCE_SECONDS, rates=Rates.unlimited())
    async with TeamsSimulator(behaviour) as simulator:
        platform = TeamsPlatform(settings_for(simulator))
        database, clock = Database(sqlite_url), Clock()
        sealer = Sealer("the key of the tests, long enough to seal")
        await database.open()
        await database.write(lambda session: give_accounts(session, simulator))
        platforms: dict[str, Platform] = {platform.name: platform}
        standings = Standings(database, platforms, clock)
        engine = Engine(
            database, discover(workflows), clock=clock, sealer=sealer, standings=standings
        )
        delivery = Delivery(database, platforms, sealer, clock, standings=standings)
        work = {"send": delivery.deliver, "timer": engine.run_timer}
        worker = Worker(database, clock, work, on_dead=engine.tell_admins)
        app = web.application(ready)
        platform.mount(app)
        runner = await web.serve(app, "127.0.0.1", 0)
        await worker.start()
        await platform.start(engine)
        simulator.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield simulator
        await runner.cleanup()
        await worker.close()
        await standings.close()
        await platform.close()
        await database.close()


async def told(teams: TeamsSimulator, person: str, words: str) -> Message:
    """Return what the bot says to somebody in their own chat, once it does."""

    def found() -> list[Message]:
        said = (m for m in teams.sees_direct(person) if m.author == teams.world.bot_id)
        return [message for message in said if words in message.words()]

    await teams.wait_for(found, PATIENCE_SECONDS)
    return found()[-1]


async def test_an_answer_to_a_mention_is_private_and_the_thread_says_so(
    teams: TeamsSimulator,
) -> None:
    asked = await teams.mention("ada", "hiring-security", "term EDRM")

    answer = await told(teams, "ada", MEANING)
    assert asked.message is not None
    thread = asked.message
    await teams.wait_for(lambda: len(teams.sees_thread("ben", thread)) > 1, PATIENCE_SECONDS)
    assert "in their own chat" in teams.sees_thread("ben", thread)[1].words()
    assert MEANING not in teams.sees_thread("ben", thread)[1].words()
    assert "EDRM" in answer.words()


async def test_a_suggestion_is_corrected_approved_by_another_and_shared(
    teams: TeamsSimulator,
) -> None:
    await teams.direct("ada", "term add boomerang")
    offer = await told(teams, "ada", "opens in a window of its own")
    opened = (await teams.press("ada", offer, "Open “Suggest a meaning”")).dialog
    assert opened is not None

    refused = await teams.submit("ada", opened, {"Term": "boomerang"})
    assert refused.dialog is not None
    assert set(refused.errors) == {"long_text#plain"}
    plain = "Somebody who left and now comes back to work here."
    owner = {"Whose word it is": "Talent acquisition", "Plain words": plain}
    thanked = await teams.submit("ada", refused.dialog, owner)
    assert thanked.ok, thanked.problems

    card = await told(teams, "elena", "boomerang")
    approved = await teams.press("elena", card, "Approve")
    assert approved.ok, approved.problems
    await told(teams, "elena", "Approved by Elena")
    await teams.mention("ada", "hiring-security", "term share boomerang")
    await teams.wait_for(
        lambda: any(plain in m.words() for m in teams.sees("ben", "hiring-security")),
        PATIENCE_SECONDS,
    )


async def test_a_term_is_found_from_the_compose_box_where_the_bot_is_not(
    teams: TeamsSimulator,
) -> None:
    found = await teams.search("ada", "random", "glossary.find", "edrm")

    posted = await teams.insert("ada", "random", found.hits[0])

    assert found.hits[0].title.startswith("EDRM")
    assert posted.message is not None
    assert MEANING in posted.message.words()


async def test_a_message_in_a_chat_without_the_bot_is_explained_in_a_dialog(
    teams: TeamsSimulator,
) -> None:
    written = await teams.say("ben", "random", "Which EDRM step are we at?")
    assert written.message is not None

    explained = await teams.use_on("ada", written.message, "glossary.explain")

    assert explained.dialog is not None, explained.problems
    assert MEANING in explained.dialog.words()


async def test_a_guest_learns_no_more_than_a_stranger_may(teams: TeamsSimulator) -> None:
    await teams.install("gus")

    await teams.direct("gus", "term add boomerang")

    answer = await told(teams, "gus", "")
    assert "opens in a window" not in answer.words()
