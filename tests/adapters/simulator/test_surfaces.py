"""Buttons, forms, shortcuts, Home: what is sent, and what the bot's answer does."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.answers import REQUIRED
from adapters.simulator.errors import Unplayable
from adapters.simulator.outcomes import TROUBLE
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.views import View
from tests.adapters.simulator.samples import (
    actions,
    asked,
    button,
    card,
    form,
    home,
    option,
    text_input,
)
from tests.adapters.simulator.stand_in import StandInBot

Json = dict[str, Any]


def everything() -> Json:
    """Return a form with one input of each kind."""
    choices = [option("One", "1"), option("Two", "2")]
    elements: list[Json] = [
        {"type": "plain_text_input"},
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "4"},
        {"type": "static_select", "options": choices},
        {"type": "multi_static_select", "options": choices},
        {"type": "external_select"},
        {"type": "radio_buttons", "options": choices, "initial_option": choices[0]},
        {"type": "checkboxes", "options": choices},
        {"type": "users_select"},
        {"type": "multi_users_select"},
        {"type": "conversations_select"},
        {"type": "datepicker"},
        {"type": "timepicker"},
        {"type": "datetimepicker"},
        {"type": "email_text_input"},
        {"type": "file_input"},
    ]
    blocks = [
        asked(item["type"], {**item, "action_id": f"a.{item['type']}"}, item["type"])
        for item in elements
    ]
    return form(*blocks)


ANSWERS = {
    "plain_text_input": "words",
    "number_input": 3,
    "static_select": "Two",
    "multi_static_select": ["1", "2"],
    "external_select": "ext-7",
    "checkboxes": ["2"],
    "users_select": "U0BEN",
    "multi_users_select": ["U0BEN", "U0DEV"],
    "conversations_select": "C0SOC",
    "datepicker": "2026-11-23",
    "timepicker": "09:30",
    "datetimepicker": 1795424400,
    "email_text_input": "ben@northwind.example",
    "file_input": ["F1"],
}
VALUES: dict[str, Json] = {
    "plain_text_input": {"value": "words"},
    "number_input": {"value": "3"},
    "static_select": {"selected_option": option("Two", "2")},
    "multi_static_select": {"selected_options": [option("One", "1"), option("Two", "2")]},
    "external_select": {"selected_option": option("ext-7", "ext-7")},
    "radio_buttons": {"selected_option": option("One", "1")},
    "checkboxes": {"selected_options": [option("Two", "2")]},
    "users_select": {"selected_user": "U0BEN"},
    "multi_users_select": {"selected_users": ["U0BEN", "U0DEV"]},
    "conversations_select": {"selected_conversation": "C0SOC"},
    "datepicker": {"selected_date": "2026-11-23"},
    "timepicker": {"selected_time": "09:30"},
    "datetimepicker": {"selected_date_time": 1795424400},
    "email_text_input": {"value": "ben@northwind.example"},
    "file_input": {"files": [{"id": "F1"}]},
}


@pytest.fixture
def opened(slack: SlackSimulator) -> View:
    return slack.workspace.views.open("U0ADA", form())


class TestPresses:
    async def test_a_button_on_a_message_carries_message_and_value(
        self, slack: SlackSimulator, bot: StandInBot, client: AsyncWebClient
    ) -> None:
        await client.chat_postMessage(channel="C0GENERAL", **card())

        await slack.press("ben", slack.sees("ben", "general")[-1], "Share here")

        sent = bot.payloads("block_actions")[0]
        assert sent["actions"][0]["value"] == "1"
        assert sent["actions"][0]["block_id"] == "choices"
        assert sent["message"]["text"] == "EDRM"
        assert sent["container"]["is_ephemeral"] is False
        assert sent["user"]["id"] == "U0BEN"
        assert sent["trigger_id"]

    async def test_a_button_on_an_ephemeral_carries_no_message(
        self, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        bot.will_answer(card())
        await slack.command("ada", "general", "/term", "EDRM")

        await slack.press("ada", slack.sees("ada", "general")[-1], "share")

        sent = bot.payloads("block_actions")[0]
        assert sent["container"]["is_ephemeral"] is True
        assert "message" not in sent

    async def test_a_choice_on_home_carries_the_view(
        self, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        select = {"type": "static_select", "action_id": "dept", "options": [option()]}
        view = slack.workspace.views.publish("U0ADA", home(actions(select)), None)

        await slack.press("ada", view, "dept", value="plain")

        sent = bot.payloads("block_actions")[0]
        assert sent["actions"][0]["selected_option"] == option()
        assert sent["view"]["type"] == "home"
        assert sent["container"] == {"type": "view", "view_id": view.id}
        assert "response_url" not in sent

    async def test_inputs_on_a_message_are_sent_as_its_state(
        self, slack: SlackSimulator, bot: StandInBot, client: AsyncWebClient
    ) -> None:
        blocks = [asked("Reason", text_input(), "reason"), actions(button())]
        await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)

        await slack.press(
            "ada", slack.sees("ada", "general")[-1], "share", answers={"Reason": "Because"}
        )

        values = bot.payloads("block_actions")[0]["state"]["values"]
        assert values["reason"]["label_input"]["value"] == "Because"

    async def test_a_press_that_is_not_answered_is_told(
        self, slack: SlackSimulator, bot: StandInBot, client: AsyncWebClient
    ) -> None:
        await client.chat_postMessage(channel="C0GENERAL", **card())
        await slack.wait_for(lambda: bot.events("message"))
        bot.will_answer(status=500)

        played = await slack.press("ada", slack.sees("ada", "general")[-1], "share")

        assert played.notice is not None
        assert "did not respond" in played.notice

    async def test_what_is_not_there_cannot_be_pressed(
        self, slack: SlackSimulator, client: AsyncWebClient
    ) -> None:
        await client.chat_postMessage(channel="C0GENERAL", **card())

        with pytest.raises(Unplayable, match="nothing called Delete"):
            await slack.press("ada", slack.sees("ada", "general")[-1], "Delete")

    async def test_an_external_select_offers_what_the_bot_suggests(
        self, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        select = {"type": "external_select", "action_id": "term", "min_query_length": 2}
        view = slack.workspace.views.open("U0ADA", form(asked("Term", select, "term")))
        bot.will_answer({"options": [option("EDRM", "7")]})

        played = await slack.suggest("ada", view, "term", "ed")

        assert bot.payloads("block_suggestion")[0]["value"] == "ed"
        assert played.options == (option("EDRM", "7"),)


class TestForms:
    async def test_every_input_is_sent_as_slack_sends_it(
        self, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        view = slack.workspace.views.open("U0ADA", everything())

        await slack.submit("ada", view, ANSWERS)

        values = bot.payloads("view_submission")[0]["view"]["state"]["values"]
        assert values == {
            kind: {f"a.{kind}": {"type": kind, **value}} for kind, value in VALUES.items()
        }

    async def test_an_empty_answer_closes_the_form(
        self, slack: SlackSimulator, bot: StandInBot, opened: View
    ) -> None:
        played = await slack.submit("ada", opened, {"Term": "EDRM"})

        assert played.ok
        assert slack.view_of("ada") is None

    async def test_errors_stand_beside_their_inputs(
        self, slack: SlackSimulator, bot: StandInBot, opened: View
    ) -> None:
        bot.will_answer({"response_action": "errors", "errors": {"label": "Taken."}})

        played = await slack.submit("ada", opened, {"Term": "EDRM"})

        shown = slack.view_of("ada")
        assert played.errors == {"label": "Taken."}
        assert shown is not None
        assert shown.answers["label"] == {"label_input": "EDRM"}

    async def test_an_answer_updates_pushes_or_clears(
        self, slack: SlackSimulator, bot: StandInBot, opened: View
    ) -> None:
        titled = form(title={"type": "plain_text", "text": "Sure?"})
        bot.will_answer({"response_action": "update", "view": titled})
        await slack.submit("ada", opened, {"Term": "EDRM"})
        updated = slack.view_of("ada")

        assert updated is not None
        bot.will_answer({"response_action": "push", "view": form()})
        await slack.submit("ada", updated)
        depth = len(slack.workspace.views.stack("U0ADA"))
        top = slack.view_of("ada")
        assert top is not None
        bot.will_answer({"response_action": "clear"})
        await slack.submit("ada", top, {"Term": "EDRM"})

        assert updated.body["title"]["text"] == "Sure?"
        assert depth == 2
        assert slack.view_of("ada") is None

    @pytest.mark.parametrize(
        "answer",
        [
            {"response_action": "errors", "errors": {"elsewhere": "x"}},
            {"response_action": "update", "view": {"type": "modal"}},
            {"response_action": "shout"},
            "not JSON",
        ],
    )
    async def test_a_wrong_answer_is_trouble_and_keeps_the_form(
        self, slack: SlackSimulator, bot: StandInBot, opened: View, answer: Json | str
    ) -> None:
        bot.will_answer(answer)

        played = await slack.submit("ada", opened, {"Term": "EDRM"})

        assert played.errors == {"": TROUBLE}
        assert slack.view_of("ada") is not None

    async def test_a_missing_answer_is_refused_before_anything_is_sent(
        self, slack: SlackSimulator, bot: StandInBot, opened: View
    ) -> None:
        played = await slack.submit("ada", opened)

        assert played.errors == {"label": REQUIRED}
        assert bot.heard == []

    @pytest.mark.parametrize(("number", "said"), [(9, "range"), (1.5, "whole"), ("x", "number")])
    async def test_a_wrong_number_is_refused_by_the_client(
        self, slack: SlackSimulator, bot: StandInBot, number: object, said: str
    ) -> None:
        view = slack.workspace.views.open("U0ADA", everything())

        played = await slack.submit("ada", view, {**ANSWERS, "number_input": number})

        assert said in played.errors["number_input"]

    async def test_closing_is_told_when_it_was_asked_for(
        self, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        quiet = slack.workspace.views.open("U0ADA", form())
        await slack.close_view("ada", quiet)
        told = slack.workspace.views.open("U0ADA", form(notify_on_close=True))

        await slack.close_view("ada", told, everything=True)

        assert [sent["is_cleared"] for sent in bot.payloads("view_closed")] == [True]
        assert slack.view_of("ada") is None

    async def test_an_update_keeps_what_was_typed(
        self, slack: SlackSimulator, client: AsyncWebClient, bot: StandInBot, opened: View
    ) -> None:
        slack.workspace.views.type_in(opened, {"label": {"label_input": "EDRM"}})

        await client.views_update(view_id=opened.id, view=form(callback_id="second"))
        shown = slack.view_of("ada")

        assert shown is not None
        assert shown.answers["label"] == {"label_input": "EDRM"}


class TestShortcuts:
    async def test_a_global_shortcut_has_a_trigger_and_no_channel(
        self, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        await slack.shortcut("ada", "incident.report")

        sent = bot.payloads("shortcut")[0]
        assert sent["callback_id"] == "incident.report"
        assert sent["trigger_id"]
        assert "channel" not in sent

    async def test_a_message_shortcut_carries_the_message(
        self, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        played = await slack.post("ben", "general", "What is an ATS?")

        await slack.shortcut("ada", "glossary.explain", played.message)

        sent = bot.payloads("message_action")[0]
        assert sent["message"]["user"] == "U0BEN"
        assert sent["channel"] == {"id": "C0GENERAL", "name": "general"}
        assert sent["response_url"]


class TestResponseAddresses:
    async def say(self, http: ClientSession, url: str, said: Json) -> tuple[int, str]:
        async with http.post(url, json=said) as answer:
            return answer.status, await answer.text()

    async def test_five_answers_are_taken_and_no_sixth(
        self, slack: SlackSimulator, bot: StandInBot, http: ClientSession
    ) -> None:
        await slack.command("ada", "random", "/term", "EDRM")
        url = bot.heard[0]["response_url"]

        answers = [await self.say(http, url, {"text": f"Answer {n}"}) for n in range(6)]

        assert [status for status, _ in answers] == [200] * 5 + [404]
        assert '"used_url"' in answers[-1][1]
        assert [message.text for message in slack.sees("ada", "random")] == [
            f"Answer {n}" for n in range(5)
        ]

    async def test_an_ephemeral_is_replaced_and_deleted(
        self, slack: SlackSimulator, bot: StandInBot, http: ClientSession
    ) -> None:
        bot.will_answer(card())
        await slack.command("ada", "general", "/term", "EDRM")
        await slack.press("ada", slack.sees("ada", "general")[-1], "share")
        url = bot.payloads("block_actions")[0]["response_url"]

        await self.say(http, url, {"text": "Shared.", "replace_original": True})
        replaced = slack.sees("ada", "general")
        await self.say(http, url, {"delete_original": True})

        assert [message.text for message in replaced] == ["Shared."]
        assert slack.sees("ada", "general") == []

    async def test_a_message_is_replaced_for_everybody(
        self, slack: SlackSimulator, bot: StandInBot, http: ClientSession, client: AsyncWebClient
    ) -> None:
        await client.chat_postMessage(channel="C0GENERAL", **card())
        await slack.press("ada", slack.sees("ada", "general")[-1], "share")
        url = bot.payloads("block_actions")[0]["response_url"]

        await self.say(http, url, {"text": "Closed.", "replace_original": True})

        assert [message.text for message in slack.sees("ben", "general")] == ["Closed."]

    async def test_broken_blocks_are_refused(
        self, slack: SlackSimulator, bot: StandInBot, http: ClientSession
    ) -> None:
        await slack.command("ada", "general", "/term", "EDRM")

        status, body = await self.say(
            http, bot.heard[0]["response_url"], {"text": "x", "blocks": [{"type": "x"}]}
        )

        assert status == 404
        assert "invalid_blocks" in body
