"""Whoever asserts that nothing waits relies on what waits being seen."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.blocking import calls_that_wait


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()


def connect(address: tuple[str, int]) -> None:
    socket.create_connection(address, timeout=60).close()


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda _: time.sleep(0), ["sleep"]),
        (lambda _: socket.getaddrinfo("127.0.0.1", 80), ["getaddrinfo"]),
        (lambda _: socket.gethostbyname("127.0.0.1"), ["gethostbyname"]),
        (connect, ["getaddrinfo", "socket.connect"]),
    ],
)
async def test_a_call_that_waits_is_seen(
    address: tuple[str, int], call: Callable[[tuple[str, int]], object], names: list[str]
) -> None:
    with calls_that_wait() as waited:
        await asyncio.sleep(0)
        call(address)

    assert waited == names


async def test_the_loop_and_other_threads_may_wait(address: tuple[str, int]) -> None:
    with calls_that_wait() as waited:
        await asyncio.sleep(0)
        await asyncio.to_thread(connect, address)
        _, writer = await asyncio.open_connection(*address)
    writer.close()
    await writer.wait_closed()

    assert waited == []
