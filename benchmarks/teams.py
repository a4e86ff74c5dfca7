"""Signed activities as raw HTTP, made as fast as possible: the load must not be the limit."""

import asyncio
import itertools
import json
from typing import Any

from benchmarks.load import ask

APP = "00000000-0000-4000-8000-00000000000a"
PASSWORD = "a password that is only good for measuring"
TENANT = "00000000-0000-4000-8000-00000000000b"

PATH = "/api/messages"
METADATA = "/openid"
KEYS = "/keys"
TOKENS = "/tokens"
SIGNED = "/signed"  #: where the load gets a token that Teams would send
UNKNOWN = "/unknown"  #: and one that is signed with a key which nobody has heard of
HANG = "/hang"  #: from then on nobody hears of any key
REPLIES = "/replies"  #: where it reads how many replies have arrived

KEPT = "Kept: {text}"
MARK = KEPT.format(text="").encode()
#: Each has a chat with the bot, which takes one post in two seconds: many write, as in a company.
PEOPLE = 2_000
#: How often it is looked for replies that are missing, which takes a minute.
LOOKS = 3_000

_ids = itertools.count(1)


def person(number: int) -> str:
    """Return the directory's id of somebody."""
    return f"{number:08d}-0000-4000-8000-00000000000c"


class Tenant:
    """A company that writes to its bot; at *port* is all that the bot talks to."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._url = f"http://127.0.0.1:{port}"
        self._token = token
        self._messages = 0

    @property
    def settings(self) -> dict[str, str]:
        """Return what connects Parley with the company."""
        return {
            "PARLEY_TEAMS_APP_ID": APP,
            "PARLEY_TEAMS_APP_PASSWORD": PASSWORD,
            "PARLEY_TEAMS_TENANT_ID": TENANT,
            "PARLEY_TEAMS_OPENID_METADATA_URL": f"{self._url}{METADATA}",
            "PARLEY_TEAMS_TOKEN_URL": f"{self._url}{TOKENS}",
            "PARLEY_TEAMS_SERVICE_HOSTS": f"127.0.0.1:{self._port}",
            "PARLEY_TEAMS_SERVICE_URL": self._url,
        }

    def message(self) -> bytes:
        """Return one whole HTTP request: somebody writes to the bot in their own chat."""
        self._messages += 1
        html = {"contentType": "text/html", "content": "<p>jot a line</p>"}
        return self._request(
            "message", text="jot a line", textFormat="plain", attachments=[html], locale="en-GB"
        )

    def press(self) -> bytes:
        """Return one whole HTTP request: somebody presses a button on a card."""
        data = {"parley": {"route": "note.keep", "ids": {"text": "a line"}}}
        action = {"type": "Action.Execute", "verb": "note.keep", "data": data}
        return self._request(
            "invoke",
            name="adaptiveCard/action",
            value={"action": action},
            replyToId="1700000000000",
        )

    async def replied(self) -> None:
        """Return when every message has its reply.

        Raises:
            RuntimeError: some have none, or two.
        """
        for _ in range(LOOKS):
            replies = int(json.loads(await ask(self._port, REPLIES)))
            if replies >= self._messages:
                break
            await asyncio.sleep(0.02)
        if replies != self._messages:
            raise RuntimeError(f"{replies} replies to {self._messages} messages.")

    async def hang(self, port: int) -> None:
        """Let the bot at *port* ask for a key, and its question be answered never."""
        await ask(self._port, HANG)
        true, self._token = self._token, json.loads(await ask(self._port, UNKNOWN))
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(self.press())
        await writer.drain()
        self._token = true

    def _request(self, kind: str, **more: Any) -> bytes:
        number = next(_ids)
        body = json.dumps(self._activity(kind, number) | more).encode()
        head = (
            f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Content-Type: application/json; charset=utf-8\r\n"
            f"Authorization: Bearer {self._token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def _activity(self, kind: str, number: int) -> dict[str, Any]:
        who = number % PEOPLE
        return {
            "type": kind,
            "id": f"f:{number}",
            "timestamp": "2026-11-22T06:51:14.000Z",
            "localTimestamp": "2026-11-22T06:51:14.000+00:00",
            "localTimezone": "Europe/London",
            "channelId": "msteams",
            "serviceUrl": self._url,
            "from": {"id": f"29:{who}", "name": f"Person {who}", "aadObjectId": person(who)},
            "recipient": {"id": f"28:{APP}", "name": "Parley"},
            "conversation": {"id": f"a:{who}", "conversationType": "personal", "tenantId": TENANT},
            "entities": [{"type": "clientInfo", "locale": "en-GB", "timezone": "Europe/London"}],
            "channelData": {"tenant": {"id": TENANT}},
        }
