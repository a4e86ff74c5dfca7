"""The message extension: commands on messages, commands, queries, and their repeats."""

from typing import Any

import pytest

from adapters.simulator.teams.outcomes import UNREACHABLE
from adapters.simulator.teams.simulator import TeamsSimulator
from tests.adapters.simulator.teams.samples import (
    asked,
    attached,
    card,
    dialog,
    found,
    said,
    submit,
)
from tests.adapters.simulator.teams.stand_in import StandInBot

Json = dict[str, Any]


async def test_a_command_on_a_message_quotes_it(teams: TeamsSimulator, bot: StandInBot) -> None:
    first = await teams.say("ben", "random", "We @ada & others use <EDRM>\ndaily")
    assert first.message is not None
    bot.will_answer(dialog(card(asked(), actions=(submit(),))))

    played = await teams.use_on("ada", first.message, "explain")

    heard = bot.activities("composeExtension/fetchTask")[0]
    quoted = heard["value"]["messagePayload"]
    assert played.ok
    assert (heard["value"]["commandId"], heard["value"]["commandContext"]) == ("explain", "message")
    assert quoted["id"] == first.message.id
    assert quoted["linkToMessage"].endswith(f"/{first.message.conversation}/{first.message.id}")
    assert quoted["body"] == {
        "contentType": "html",
        "content": '<div><div>We <at id="0">Ada Okafor</at> &amp; others use &lt;EDRM&gt;'
        "<br>daily</div></div>",
    }
    assert quoted["mentions"][0]["mentionText"] == "Ada Okafor"
    assert quoted["from"]["user"] == {
        "userIdentityType": "aadUser",
        "id": teams.person("ben").aad_object_id,
        "displayName": "Ben Lindqvist",
    }
    assert "replyToId" not in heard


async def test_a_message_of_the_bot_is_quoted_as_an_applications(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await bot.post(teams.conversation("general").id, attachments=[attached(card())])
    bot.will_answer(said("That is mine."))

    played = await teams.use_on("ada", teams.sees("ada", "general")[0], "explain")

    author = bot.heard[0]["value"]["messagePayload"]["from"]
    assert played.notice == "That is mine."
    assert (author["user"], author["application"]["id"]) == (None, teams.app_id)


async def test_a_submission_goes_back_to_the_command(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    first = await teams.say("ben", "random", "EDRM")
    assert first.message is not None
    bot.will_answer(dialog(card(asked(), actions=(submit(),))))
    opened = (await teams.use_on("ada", first.message, "explain")).dialog
    assert opened is not None
    bot.will_answer()

    played = await teams.submit("ada", opened, {"Term": "EDRM"})

    fetched, submitted = bot.heard
    assert played.ok
    assert submitted["name"] == "composeExtension/submitAction"
    assert submitted["value"] == fetched["value"] | {
        "data": {"route": "glossary.add", "term": "EDRM"}
    }


async def test_a_submission_that_is_not_taken_is_repeated_twice(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    bot.will_answer(dialog(card(asked(), actions=(submit(),))))
    opened = (await teams.use("ada", "general", "add")).dialog
    assert opened is not None
    for _ in range(3):
        bot.will_answer(status=503)

    played = await teams.submit("ada", opened, {"Term": "EDRM"})

    repeats = bot.activities("composeExtension/submitAction")
    assert played.notice == UNREACHABLE
    assert len({said["id"] for said in repeats}) == 3
    assert [said["value"] for said in repeats] == [repeats[0]["value"]] * 3


async def test_a_command_may_answer_with_a_card_to_send(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    bot.will_answer(dialog(card(asked(), actions=(submit(),))))
    opened = (await teams.use("ada", "general", "add")).dialog
    assert opened is not None
    bot.will_answer(found("EDRM"))

    played = await teams.submit("ada", opened)

    assert [hit.title for hit in played.hits] == ["EDRM"]


async def test_a_query_lists_what_was_found(teams: TeamsSimulator, bot: StandInBot) -> None:
    bot.will_answer(found("EDRM", "EDR"))

    played = await teams.search("ada", "random", "search", "edr")

    heard = bot.heard[0]
    assert [(hit.title, hit.text) for hit in played.hits] == [("EDRM", "A term"), ("EDR", "A term")]
    assert heard["name"] == "composeExtension/query"
    assert heard["value"]["parameters"] == [{"name": "query", "value": "edr"}]
    assert heard["value"]["queryOptions"] == {"skip": 0, "count": 25}


async def test_an_empty_box_asks_for_the_first_results(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    bot.will_answer({"composeExtension": {"type": "message", "text": "Type a term."}})

    played = await teams.search("ada", "general", "search", "")

    assert played.notice == "Type a term."
    assert bot.heard[0]["value"]["parameters"] == [{"name": "initialRun", "value": "true"}]


def without_preview() -> Json:
    return {
        "composeExtension": {
            "type": "result",
            "attachmentLayout": "list",
            "attachments": [attached(card())],
        }
    }


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"composeExtension": {"type": "auth"}},
        {"composeExtension": {"type": "result", "attachmentLayout": "list"}},
        found(*(str(n) for n in range(11))),
        without_preview(),
    ],
)
async def test_results_that_cannot_be_shown_are_not_reached(
    teams: TeamsSimulator, bot: StandInBot, answer: Json | None
) -> None:
    bot.will_answer(answer)

    played = await teams.search("ada", "general", "search", "edr")

    assert (played.ok, played.hits, played.notice) == (False, (), UNREACHABLE)


async def test_a_result_is_posted_as_the_persons_own(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    bot.will_answer(found("EDRM"))
    hit = (await teams.search("ada", "ta-sourcing", "search", "edr")).hits[0]

    played = await teams.insert("ada", "ta-sourcing", hit)

    posted = teams.sees("ben", "ta-sourcing")[0]
    assert played.delivery is None
    assert (posted.author, posted.words()) == (teams.person("ada").id, "EDRM")
