"""Sees what would stop the event loop: calls that wait, made on the loop's own thread.

How long a loop lags says little on a busy machine. Whether anything waited on its thread can be
told for certain: Python announces each of these calls before it makes it.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: These always wait; a connection only does on a socket that blocks.
_WAITING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "time.sleep"})
_watched: dict[int, list[str]] = {}


@contextmanager
def calls_that_wait() -> Iterator[list[str]]:
    """Lend a list of the calls on this thread that wait, as they come."""
    thread = threading.get_ident()
    seen = _watched[thread] = []
    try:
        yield seen
    finally:
        del _watched[thread]


def _note(event: str, args: tuple[object, ...]) -> None:
    seen = _watched.get(threading.get_ident())
    if seen is not None and (event in _WAITING or _connects_and_waits(event, args)):
        seen.append(event)


def _connects_and_waits(event: str, args: tuple[object, ...]) -> bool:
    # A socket of asyncio's never waits; one that has a time limit, or none, does.
    return event == "socket.connect" and args[0].gettimeout() != 0  # type: ignore[attr-defined]


# It stays for as long as the process lives: there is no way to take a hook back.
sys.addaudithook(_note)
