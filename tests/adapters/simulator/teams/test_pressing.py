"""What people do with cards and dialogs, and what the client makes of the answers."""

from datetime import date, time
from typing import Any

import pytest
from aiohttp import web

from adapters.simulator.errors import Unplayable
from adapters.simulator.teams.dialogs import Dialog
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outcomes import UNREACHABLE, WRONG
from adapters.simulator.teams.simulator import TeamsSimulator
from tests.adapters.simulator.teams.samples import (
    asked,
    card,
    dialog,
    execute,
    opens,
    posted,
    said,
    submit,
    text,
    toast,
)
from tests.adapters.simulator.teams.stand_in import StandInBot

Json = dict[str, Any]

CHOICES = [{"title": "Yes", "value": "yes"}, {"title": "No", "value": "no"}]
EDIT = card(asked("Text", "Note", value="old"), actions=(execute(), opens()))


async def shown(teams: TeamsSimulator, bot: StandInBot, content: Json = EDIT) -> Message:
    """Let the bot post a card in #ta-sourcing and return it as people see it."""
    status, body = await bot.post(teams.conversation("ta-sourcing").id, **posted(content))
    assert status == 201, body
    return teams.sees("ada", "ta-sourcing")[-1]


async def before(teams: TeamsSimulator, bot: StandInBot, *fields: Json, **more: Any) -> Dialog:
    """Let Ada open a dialog with these inputs."""
    message = await shown(teams, bot, card(actions=(opens(),)))
    bot.will_answer(dialog(card(*fields, actions=(submit(), submit("Drop", drop="1"))), **more))
    played = await teams.press("ada", message, "Edit")
    assert played.dialog is not None, played.problems
    return played.dialog


class TestButtons:
    async def test_a_press_is_an_invoke_about_the_message(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot)
        bot.will_answer(toast("Thank you."))

        played = await teams.press("ada", message, "Approve")

        heard = bot.activities("adaptiveCard/action")[0]
        assert (played.ok, played.notice) == (True, "Thank you.")
        assert heard["type"] == "invoke"
        assert heard["replyToId"] == message.id
        assert heard["id"] != message.id
        assert heard["conversation"]["id"] == f"{message.conversation};messageid={message.id}"
        assert heard["value"] == {
            "action": {
                "type": "Action.Execute",
                "title": "Approve",
                "verb": "glossary.approve",
                "data": {"proposal": 3, "note": "old"},
            },
            "trigger": "manual",
        }

    async def test_an_answer_with_a_card_replaces_it_for_the_presser_only(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot)
        kind = "application/vnd.microsoft.card.adaptive"
        bot.will_answer({"statusCode": 200, "type": kind, "value": card(text("You said yes"))})

        await teams.press("ada", message, "Approve")

        after = teams.sees("ben", "ta-sourcing")[-1]
        assert after.card_for(teams.person("ada").id) == card(text("You said yes"))
        assert after.card_for(teams.person("ben").id) == EDIT

    @pytest.mark.parametrize(
        "answer",
        [
            None,
            {"statusCode": 500, "type": "application/vnd.microsoft.error", "value": {}},
            {"type": "application/vnd.microsoft.activity.message", "value": ""},
            {"type": "application/vnd.microsoft.card.adaptive", "value": "a card"},
            {
                "type": "application/vnd.microsoft.card.adaptive",
                "value": {"type": "AdaptiveCard", "version": "1.9"},
            },
        ],
    )
    async def test_an_answer_that_cannot_be_shown_went_wrong(
        self, teams: TeamsSimulator, bot: StandInBot, answer: Json | None
    ) -> None:
        message = await shown(teams, bot)
        bot.will_answer(answer)

        played = await teams.press("ada", message, "Approve")

        assert (played.ok, played.notice) == (False, WRONG)

    async def test_a_card_that_was_deleted_can_still_be_pressed_by_who_saw_it(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot)
        await bot.call("DELETE", f"conversations/{message.conversation}/activities/{message.id}")
        bot.will_answer(toast("That was decided on Monday."))

        played = await teams.press("ada", message, "Approve")

        assert played.notice == "That was decided on Monday."

    async def test_a_question_under_a_button_is_answered_below_it(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        sure = card(text("Sure?"), actions=(execute("Yes, delete"),))
        unfold = {"type": "Action.ShowCard", "title": "Delete", "card": sure}
        message = await shown(teams, bot, card(actions=(unfold,)))
        bot.will_answer(toast("Deleted."))

        silent = await teams.press("ada", message, "Delete")
        played = await teams.press("ada", message, "Yes, delete")

        assert silent.delivery is None
        assert played.notice == "Deleted."
        assert len(bot.heard) == 1

    async def test_a_card_with_an_empty_required_input_sends_nothing(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot, card(asked(isRequired=True), actions=(execute(),)))

        played = await teams.press("ada", message, "Approve")

        assert played.errors == {"term": "This field is required."}
        assert bot.heard == []

    async def test_a_button_may_leave_the_inputs_alone(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        button = execute(associatedInputs="none")
        message = await shown(teams, bot, card(asked(isRequired=True), actions=(button,)))

        await teams.press("ada", message, "Approve")

        assert bot.heard[0]["value"]["action"]["data"] == {"proposal": 3}

    async def test_what_is_not_there_cannot_be_pressed(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot, card(actions=(execute(isEnabled=False),)))
        words = await teams.say("ada", "ta-sourcing", "No card")
        assert words.message is not None

        with pytest.raises(Unplayable, match="nothing called Reject"):
            await teams.press("ada", message, "Reject")
        with pytest.raises(Unplayable, match="nothing called Approve"):
            await teams.press("ada", message, "Approve")
        with pytest.raises(Unplayable, match="no card"):
            await teams.press("ada", words.message, "Approve")
        with pytest.raises(Unplayable, match="is not in ta-sourcing"):
            await teams.press("hana", message, "Approve")


class TestOpening:
    async def test_a_button_opens_a_dialog(self, teams: TeamsSimulator, bot: StandInBot) -> None:
        opened = await before(teams, bot, asked())

        heard = bot.activities("task/fetch")[0]
        assert opened.words() == "Suggest a term\nTerm\nSuggest\nDrop"
        assert heard["value"] == {
            "data": {"type": "task/fetch", "route": "glossary.edit"},
            "context": {"theme": "default"},
        }
        assert teams.dialog_of("ada") == opened

    @pytest.mark.parametrize(
        "answer",
        [
            {},
            {"task": {"type": "continue"}},
            {"task": {"type": "message"}},
            {"task": {"type": "open"}},
            dialog(card(actions=(execute(),))),
            dialog(card(), title=""),
            dialog(card(), height="enormous"),
            dialog(card(version="1.9")),
        ],
    )
    async def test_a_dialog_that_cannot_be_shown_is_not_reached(
        self, teams: TeamsSimulator, bot: StandInBot, answer: Json
    ) -> None:
        message = await shown(teams, bot)
        bot.will_answer(answer)

        played = await teams.press("ada", message, "Edit")

        assert (played.ok, played.dialog, played.notice) == (False, None, UNREACHABLE)
        assert teams.dialog_of("ada") is None

    async def test_an_answer_that_is_no_json_is_not_reached(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot)
        bot.answers.append(web.Response(text="<html>"))

        played = await teams.press("ada", message, "Edit")

        assert played.notice == UNREACHABLE

    async def test_instead_of_a_dialog_there_may_be_words(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot)
        bot.will_answer(said("That was decided on Monday."))

        played = await teams.press("ada", message, "Edit")

        assert (played.ok, played.notice) == (True, "That was decided on Monday.")


class TestSubmitting:
    async def test_values_arrive_as_strings_beside_the_buttons_data(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        fields = (
            asked("Text", "Term"),
            asked("Text", "Empty"),
            asked("Number", "Count"),
            asked("Date", "Day"),
            asked("Time", "Hour"),
            asked("ChoiceSet", "Answer", choices=CHOICES),
            asked("ChoiceSet", "Several", choices=CHOICES, isMultiSelect=True),
            asked(
                "ChoiceSet",
                "Owner",
                choices=[],
                **{"choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}},
            ),
            {"type": "Input.Toggle", "id": "tell", "title": "Tell everybody"},
            {"type": "Input.Toggle", "id": "hide", "title": "Hide"},
        )
        opened = await before(teams, bot, *fields)
        bot.will_answer()

        played = await teams.submit(
            "ada",
            opened,
            {
                "Term": "EDRM",
                "count": 3,
                "Day": date(2026, 11, 23),
                "Hour": time(9, 30),
                "Answer": "Yes",
                "Several": ["yes", "No"],
                "Owner": "farid",
                "Tell everybody": True,
                "Hide": False,
                "Empty": None,
            },
        )

        heard = bot.activities("task/submit")[0]
        assert (played.ok, played.dialog, teams.dialog_of("ada")) == (True, None, None)
        assert heard["value"]["data"] == {
            "route": "glossary.add",
            "term": "EDRM",
            "count": "3",
            "day": "2026-11-23",
            "hour": "09:30",
            "answer": "yes",
            "several": "yes,no",
            "owner": teams.person("farid").aad_object_id,
            "tell": "true",
            "hide": "false",
        }

    async def test_another_button_submits_as_well(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        opened = await before(teams, bot, asked("Text", "Term", value="EDRM"))
        bot.will_answer(said("Dropped."))

        played = await teams.submit("ada", opened, button="Drop")

        assert played.notice == "Dropped."
        assert bot.heard[-1]["value"]["data"] == {
            "route": "glossary.add",
            "drop": "1",
            "term": "EDRM",
        }

    @pytest.mark.parametrize(
        ("field", "answer", "problem"),
        [
            (asked(isRequired=True), None, "This field is required."),
            (asked(isRequired=True, errorMessage="Which term?"), None, "Which term?"),
            (asked(maxLength=3, errorMessage="Too long."), "EDRM", "Too long."),
            (asked(regex="[a-z]+", errorMessage="Small letters."), "EDRM", "Small letters."),
            (asked("Number", max=4, errorMessage="1 to 4."), 5, "1 to 4."),
            (asked("Number", errorMessage="A number."), "five", "A number."),
            (asked("Date", min="2026-11-23", errorMessage="Later."), "2026-11-22", "Later."),
            (
                {
                    "type": "Input.Toggle",
                    "id": "term",
                    "title": "Term",
                    "isRequired": True,
                    "errorMessage": "Please agree.",
                },
                False,
                "Please agree.",
            ),
        ],
    )
    async def test_what_the_client_refuses_is_not_sent(
        self, teams: TeamsSimulator, bot: StandInBot, field: Json, answer: object, problem: str
    ) -> None:
        opened = await before(teams, bot, field)

        played = await teams.submit("ada", opened, {"Term": answer})

        assert played.errors == {"term": problem}
        assert bot.activities("task/submit") == []
        assert teams.dialog_of("ada") == played.dialog

    @pytest.mark.parametrize(
        ("field", "answers", "problem"),
        [
            (asked(), {"Label": "x"}, "no input called Label"),
            (asked("ChoiceSet", choices=CHOICES), {"Term": "Maybe"}, "no choice called Maybe"),
            (asked("ChoiceSet", choices=CHOICES), {"Term": ["Yes", "No"]}, "Only one thing"),
        ],
    )
    async def test_what_cannot_be_filled_in_is_not_played(
        self, teams: TeamsSimulator, bot: StandInBot, field: Json, answers: Json, problem: str
    ) -> None:
        opened = await before(teams, bot, field)

        with pytest.raises(Unplayable, match=problem):
            await teams.submit("ada", opened, answers)

    async def test_errors_of_the_bot_stand_above_the_fields_with_the_values_kept(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        opened = await before(teams, bot, asked(), asked("Text", "Meaning"))
        again = card(
            text("There is such a term.", color="Attention"),
            asked("Text", "Term", value="EDRM"),
            {
                "type": "RichTextBlock",
                "inlines": [{"type": "TextRun", "text": "Too short.", "color": "attention"}],
            },
            asked("Text", "Meaning", value="x"),
            actions=(submit(),),
        )
        bot.will_answer(dialog(again))

        played = await teams.submit("ada", opened, {"Term": "EDRM", "Meaning": "x"})

        assert not played.ok
        assert played.errors == {"term": "There is such a term.", "meaning": "Too short."}
        assert played.dialog == teams.dialog_of("ada")

    async def test_what_was_typed_stays_when_the_bot_is_not_reached(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        opened = await before(teams, bot, asked())
        bot.will_answer(status=503)

        failed = await teams.submit("ada", opened, {"Term": "EDRM"})
        assert failed.dialog is not None
        played = await teams.submit("ada", failed.dialog)

        assert (failed.ok, failed.errors) == (False, {"": UNREACHABLE})
        assert played.ok
        assert bot.heard[-1]["value"]["data"]["term"] == "EDRM"

    async def test_a_dialog_can_be_dismissed_without_the_bot_hearing_of_it(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        await before(teams, bot, asked())
        heard = len(bot.heard)

        teams.dismiss("ada")

        assert teams.dialog_of("ada") is None
        assert len(bot.heard) == heard

    async def test_a_dialog_without_a_submission_cannot_be_submitted(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        message = await shown(teams, bot)
        link = {"type": "Action.OpenUrl", "title": "Read", "url": "https://northwind.example/"}
        bot.will_answer(dialog(card(actions=(link,))))
        opened = (await teams.press("ada", message, "Edit")).dialog
        assert opened is not None

        played = await teams.submit("ada", opened, button="Read")

        assert played.delivery is None
        with pytest.raises(Unplayable, match="nothing to submit"):
            await teams.submit("ada", opened)
