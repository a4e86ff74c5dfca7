"""Sees what would stop the event loop: calls that wait, made on the loop's own thread.

How long a loop lags says little on a busy machine. Whether anything waited on its thread can be
told for certain: Python announces each call of C before it makes it.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, FrameType

#: These always wait; a connection only does on a socket that blocks.
_WAITING = frozenset({"time.sleep", "_socket.getaddrinfo", "_socket.gethostbyname"})


@contextmanager
def calls_that_wait() -> Iterator[list[str]]:
    """Lend a list of the calls on this thread that wait, as they come."""
    seen: list[str] = []

    def note(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and isinstance(called, BuiltinFunctionType) and _waits(called):
            seen.append(called.__qualname__)

    # An audit hook would stay, and let go of the interpreter's lock while coverage begins to watch
    # a thread: Python 3.11 then refuses to watch another, which dies of that.
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)


def _waits(called: BuiltinFunctionType) -> bool:
    if f"{called.__module__}.{called.__name__}" in _WAITING:
        return True
    # A socket of asyncio's never waits; one that has a time limit, or none, does.
    end = called.__self__
    return called.__name__ == "connect" and isinstance(end, socket.socket) and end.gettimeout() != 0
