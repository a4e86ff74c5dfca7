"""A small bot with a fixed script, which answers the simulator's signed requests."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import samples

Json = dict[str, Any]


class ScriptedBot:
    """Verifies, remembers what it heard, and answers by its script."""

    def __init__(self, secret: str, client: AsyncWebClient) -> None:
        self.heard: list[Json] = []
        self.client = client
        self.refuse_next: Json | None = None
        self._verifier = SignatureVerifier(secret)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of the simulator."""
        body = await request.text()
        if not self._verifier.is_valid_request(body, dict(request.headers)):
            return web.Response(status=401)
        said = _parsed(body)
        self.heard.append(said)
        answer = await self._answer(said)
        return web.json_response(answer) if answer else web.Response()

    def of_type(self, kind: str) -> list[Json]:
        """Return the payloads and events of one type, the oldest first."""
        events = [said["event"] for said in self.heard if said.get("type") == "event_callback"]
        return [said for said in (*self.heard, *events) if said.get("type") == kind]

    def commands(self) -> list[str]:
        """Return the slash commands with their text, the oldest first."""
        return [
            f"{said['command']} {said['text']}".strip() for said in self.heard if "command" in said
        ]

    async def _answer(self, said: Json) -> Json | None:
        script: dict[str, Callable[[Json], Awaitable[Json | None]]] = {
            "block_actions": self._pressed,
            "view_submission": self._submitted,
            "message_action": self._reported,
            "event_callback": self._noticed,
        }
        if "command" in said:
            return await self._commanded(said)
        step = script.get(said["type"])
        return await step(said) if step else None

    async def _commanded(self, said: Json) -> Json | None:
        word = said["text"].split(" ")[0]
        forms = {"form": samples.form, "short": samples.short_form}
        if word in forms:
            await self.client.views_open(trigger_id=said["trigger_id"], view=forms[word]())
            return None
        if word == "everything":
            return {"response_type": "in_channel", **await samples.everything(self.client)}
        if word == "ask":
            await self.client.chat_postMessage(channel="U0ELENA", **samples.request())
        return {"response_type": "ephemeral", **samples.definition(said["text"])}

    async def _pressed(self, said: Json) -> Json | None:
        action = said["actions"][0]
        if action["action_id"] == "share":
            channel = said["channel"]["id"]
            await self.client.chat_postMessage(channel=channel, **samples.shared())
        if action["action_id"] == "approve":
            place = {"channel": said["channel"]["id"], "ts": said["message"]["ts"]}
            await self.client.chat_update(**place, text="Approved by Elena.", blocks=[])
        if action["action_id"] == "close":
            place = {"channel": said["channel"]["id"], "ts": said["message"]["ts"]}
            await self.client.chat_update(**place, text="The vote is closed.", blocks=[])
        if action["action_id"] == "more":
            await self.client.views_push(trigger_id=said["trigger_id"], view=samples.deeper())
        return None

    async def _submitted(self, _said: Json) -> Json | None:
        refusal, self.refuse_next = self.refuse_next, None
        return {"response_action": "errors", "errors": refusal} if refusal else None

    async def _reported(self, said: Json) -> Json | None:
        await self.client.views_open(trigger_id=said["trigger_id"], view=samples.short_form())
        return None

    async def _noticed(self, said: Json) -> Json | None:
        event = said["event"]
        if event["type"] == "app_home_opened":
            await self.client.views_publish(user_id=event["user"], view=samples.home())
        if event["type"] == "app_mention":
            thread = event.get("thread_ts", event["ts"])
            words = "You called?"
            await self.client.chat_postMessage(
                channel=event["channel"], thread_ts=thread, text=words
            )
        return None


def _parsed(body: str) -> Json:
    if body.startswith("{"):
        parsed: Json = json.loads(body)
        return parsed
    fields: Json = dict(parse_qsl(body, keep_blank_values=True))
    payload: Json = json.loads(fields["payload"]) if "payload" in fields else fields
    return payload
