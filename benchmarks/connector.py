"""What a bot of Teams talks to, as cheap as possible: `python -m benchmarks.connector FILE`.

It publishes its keys, sells tokens, takes every post and counts the replies among them.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from adapters.simulator.teams.issuer import Issuer, Registration
from adapters.simulator.teams.keys import Signature
from benchmarks.load import body_length
from benchmarks.teams import (
    APP,
    HANG,
    KEYS,
    MARK,
    METADATA,
    PASSWORD,
    REPLIES,
    SIGNED,
    TENANT,
    TOKENS,
    UNKNOWN,
)

BOUGHT = {"token_type": "Bearer", "expires_in": 3600, "access_token": "bench"}


class Desk:
    """Knows the answers."""

    def __init__(self) -> None:
        self.hangs = False  #: the issuer takes questions and answers none
        self._replies = 0
        self._documents: dict[bytes, object] = {}

    def open(self, url: str) -> None:
        """Begin to answer at *url*."""
        issuer = Issuer(Registration(APP, PASSWORD, TENANT), lambda: datetime.now(UTC))
        self._documents = {
            METADATA.encode(): issuer.metadata(url) | {"jwks_uri": f"{url}{KEYS}"},
            KEYS.encode(): issuer.key_set(),
            TOKENS.encode(): BOUGHT,
            SIGNED.encode(): issuer.token(url),
            UNKNOWN.encode(): issuer.sign(issuer.claims(url), Signature.UNKNOWN_KEY),
        }

    def answer(self, path: bytes, body: bytes) -> object:
        """Return a document, or else what a post becomes."""
        self.hangs = self.hangs or path == HANG.encode()
        if path in self._documents:
            return self._documents[path]
        if path == REPLIES.encode():
            return self._replies
        self._replies += MARK in body
        return {"id": str(self._replies)}


async def talk(desk: Desk, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer over one connection; a web server would cost more than what is measured."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(body_length(head))
            path = head.split(b" ", 2)[1]
            if desk.hangs and path == METADATA.encode():
                await asyncio.Event().wait()
            answer = json.dumps(desk.answer(path, body)).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%b" % (len(answer), answer)
            )
    writer.close()


async def main(ready: Callable[[str], object]) -> None:
    """Answer until the process is ended."""
    desk = Desk()
    server = await asyncio.start_server(partial(talk, desk), "127.0.0.1", 0)
    url = "http://{}:{}".format(*server.sockets[0].getsockname())
    desk.open(url)
    ready(url)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).write_text))
