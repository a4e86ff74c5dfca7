"""The same act, however often and to however many bots at once, has one effect."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.wire import Parcel, Traffic
from adapters.simulator.workspace import Draft
from adapters.slack.render import render_message
from bot.ui import Buttons, Message
from tests.faults.bots import Bots
from tests.faults.rows import Rows
from tests.faults.toys.tally import handlers
from tests.faults.traffic import Act, eventually, posts, send_until_taken

pytestmark = pytest.mark.slow

PROCESSES = 4
COPIES = 7
CLICKS = 200
AT_ONCE = 5


async def test_the_same_click_in_four_processes_has_one_effect(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    # One SQLite file has one bot, which then gets every copy.
    quick = replace(bots.orders, breath_seconds=0.005)
    running = [await bots.start(quick) for _ in range(1 if rows.is_sqlite else PROCESSES)]
    urls = [running[copy % len(running)].url_now for copy in range(COPIES)]
    clicks = [click(slack, number) for number in range(CLICKS)]
    turns = asyncio.Semaphore(AT_ONCE)

    async def click_everywhere(act: Act) -> None:
        async with turns:
            await asyncio.gather(*(send_until_taken(slack, url, act) for url in urls))

    await asyncio.gather(*map(click_everywhere, clicks))
    await eventually(lambda: rows.waiting() == 0)

    expected = Counter(str(number) for number in range(CLICKS))
    assert rows.marks() == expected
    assert Counter(posts(slack, "soc")) == expected


def click(slack: SlackSimulator, number: int) -> Act:
    """Press one button once."""
    who, where = slack.person("ada"), slack.channel("general")
    buttons = Buttons(buttons=(handlers.press.button("Press", number=number),))
    drawn = render_message(Message(text="Press", blocks=(buttons,)))
    draft = Draft(slack.workspace.bot.id, "Press", tuple(drawn["blocks"]))
    carrier = slack.workspace.write(where, draft)
    [block] = carrier.blocks
    element = {**block["elements"][0], "block_id": block["block_id"]}
    payload = slack._interactions.press(who, carrier, element, None, {})
    return Act(*Parcel(Traffic.INTERACTION, "press", payload, who.id).encoded())
