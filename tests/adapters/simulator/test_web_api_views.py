"""The Web API on views, triggers and rate limits."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.rates import Rates
from adapters.simulator.simulator import Settings, SlackSimulator
from tests.adapters.simulator.refusals import refusal
from tests.adapters.simulator.samples import form, home


class TestViews:
    async def test_a_trigger_opens_one_form_once(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        trigger = slack.workspace.triggers.issue("U0ADA")

        await client.views_open(trigger_id=trigger, view=form())

        again = await refusal(client, "views.open", trigger_id=trigger, view=form())
        opened = slack.view_of("ada")
        assert opened is not None
        assert again == "exchanged_trigger_id"
        assert (
            await refusal(client, "views.open", trigger_id="1.2.3", view=form())
            == "invalid_trigger_id"
        )

    async def test_a_stack_ends_at_three(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        views = slack.workspace.views
        top = views.open("U0ADA", form())
        for _ in range(2):
            trigger = slack.workspace.triggers.issue("U0ADA", top.id)
            await client.views_push(trigger_id=trigger, view=form())

        trigger = slack.workspace.triggers.issue("U0ADA", top.id)

        code = await refusal(client, "views.push", trigger_id=trigger, view=form())
        assert code == "push_limit_reached"
        assert len(views.stack("U0ADA")) == 3

    async def test_a_late_update_is_refused_by_its_hash(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        view = slack.workspace.views.open("U0ADA", form())

        await client.views_update(view_id=view.id, hash=view.hash, view=form())

        late = {"view_id": view.id, "hash": view.hash, "view": form()}
        assert await refusal(client, "views.update", **late) == "hash_conflict"
        assert await refusal(client, "views.update", view_id="V9", view=form()) == "not_found"

    async def test_home_is_published(self, client: AsyncWebClient, slack: SlackSimulator) -> None:
        await client.views_publish(user_id="U0ADA", view=home())

        shown = slack.home_of("ada")
        assert shown is not None
        assert shown.blocks[0]["text"]["text"] == "Waiting for you"

    async def test_a_broken_form_is_refused_and_costs_no_trigger(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        trigger = slack.workspace.triggers.issue("U0ADA")

        code = await refusal(client, "views.open", trigger_id=trigger, view=form(submit=None))

        assert code == "invalid_arguments"
        await client.views_open(trigger_id=trigger, view=form())


class TestTime:
    async def test_a_trigger_expires_after_three_seconds(self, http: ClientSession) -> None:
        moments = [datetime.now(UTC)]
        settings = Settings(wire_now=lambda: moments[-1])
        async with SlackSimulator(settings=settings) as slack:
            client = AsyncWebClient(slack.bot_token, base_url=slack.api_base, session=http)
            trigger = slack.workspace.triggers.issue("U0ADA")

            moments.append(moments[0] + timedelta(seconds=3.1))

            late = await refusal(client, "views.open", trigger_id=trigger, view=form())
        assert late == "expired_trigger_id"

    async def test_posting_too_fast_is_refused_with_a_time_to_wait(
        self, http: ClientSession
    ) -> None:
        settings = Settings(rates=Rates(posts_a_second=0.1, post_burst=2))
        async with SlackSimulator(settings=settings) as slack:
            client = AsyncWebClient(slack.bot_token, base_url=slack.api_base, session=http)
            for _ in range(2):
                await client.chat_postMessage(channel="C0GENERAL", text="x")

            with pytest.raises(SlackApiError) as refused:
                await client.chat_postMessage(channel="C0GENERAL", text="x")
            await client.chat_postMessage(channel="C0SOC", text="another channel")

        assert refused.value.response.status_code == 429
        assert 1 <= int(refused.value.response.headers["Retry-After"]) <= 10

    async def test_a_tier_two_method_takes_twenty_calls_a_minute(self, http: ClientSession) -> None:
        async with SlackSimulator() as slack:
            client = AsyncWebClient(slack.bot_token, base_url=slack.api_base, session=http)
            calls = [client.users_list() for _ in range(25)]

            answers = await asyncio.gather(*calls, return_exceptions=True)

        refused = [answer for answer in answers if isinstance(answer, SlackApiError)]
        assert 1 <= len(refused) <= 5
