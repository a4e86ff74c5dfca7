"""What is shown to one person: what they do under it, and who cannot be shown it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.messages import Message as Seen
from adapters.teams import answers, door
from adapters.teams.answers import (
    ADD_THE_APP,
    LONGEST_TOAST,
    NOT_INSIDE,
    NOT_SURE,
    SENT,
    SENT_HERE,
)
from adapters.teams.platform import NO_PRIVATE_CHAT
from bot import menu
from storage import jobs
from storage.jobs import State
from tests.adapters.house import PATIENCE_SECONDS
from tests.adapters.teams.acts import CARD, CHANNEL, announced, channel, given, invoked, told
from tests.adapters.teams.house import House


async def asked_in_a_thread(house: House) -> tuple[Seen, Seen]:
    """Let Ada ask for buttons in a channel; return her question and the answer in her own chat."""
    played = await house.teams.mention("ada", CHANNEL, "menu")
    answer = await told(house, "ada", "Press one")
    question = given(played.message)
    await house.until(lambda: len(house.teams.sees_thread("ben", question)) == 2)
    return question, answer


async def test_a_press_under_a_private_answer_is_done_where_it_was_asked(house: House) -> None:
    question, answer = await asked_in_a_thread(house)

    played = await house.teams.press("ada", answer, "Announce here")

    await house.until(lambda: len(house.teams.sees_thread("ben", question)) == 3)
    shared = house.teams.sees_thread("ben", question)[-1]
    assert played.notice == "Announced."
    assert "Press one" in shared.words()
    assert len(house.said_to("ada")) == 1


async def test_what_such_a_press_leads_to_belongs_there_as_well(house: House) -> None:
    question, answer = await asked_in_a_thread(house)

    played = await house.teams.press("ada", answer, "Show it again")
    await house.until(lambda: len(house.said_to("ada")) == 2)
    again = house.said_to("ada")[-1]
    await house.teams.press("ada", again, "Announce here")

    await house.until(lambda: len(house.teams.sees_thread("ben", question)) == 3)
    assert played.notice == SENT_HERE
    assert len(house.said_to("ada")) == 2


async def test_an_answer_to_a_press_in_a_channel_belongs_to_that_channel(house: House) -> None:
    card = await announced(house)

    await house.teams.press("ben", card, "Show it again")
    shown = await told(house, "ben", "Press one")
    before = len(house.said_in(CHANNEL))
    await house.teams.press("ben", shown, "Announce here")

    await house.until(lambda: len(house.said_in(CHANNEL)) > before)
    assert house.said_in(CHANNEL)[-1].root == (card.root or card.id)


def forged(asked_in: str) -> dict[str, Any]:
    """Return a press whose card names another place, which its reader may write into it."""
    ticket = {"route": "toy.count", "ids": {"number": 1}, "asked_in": asked_in}
    return {"action": {"data": {"parley": ticket}}}


async def test_nobody_does_anything_in_a_channel_that_they_are_not_in(house: House) -> None:
    card = await announced(house)

    refused = await invoked(house, CARD, forged(channel(house, "soc")), card, is_alone=True)
    allowed = await invoked(house, CARD, forged(channel(house)), card, is_alone=True)

    assert refused.answer["value"] == NOT_INSIDE
    assert allowed.answer["value"] == "Counted 1."
    assert house.toy.heard == [f"count 1 in {channel(house)}"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (FaultKind.SLOW, NOT_SURE),
        (FaultKind.UNAVAILABLE, NOT_SURE),
        (FaultKind.RATE_LIMITED, NOT_SURE),
        (FaultKind.NOT_FOUND, NOT_INSIDE),
    ],
)
async def test_who_cannot_be_looked_for_in_time_is_asked_to_try_again(
    house: House, monkeypatch: pytest.MonkeyPatch, kind: FaultKind, said: str
) -> None:
    card = await announced(house)
    monkeypatch.setattr(door, "PATIENCE_SECONDS", 0.05 if kind is FaultKind.SLOW else 60)
    house.teams.faults.add("members.get", kind, seconds=60)

    refused = await invoked(house, CARD, forged(channel(house)), card, is_alone=True)

    assert refused.answer["value"] == said
    assert house.toy.heard == []


@pytest.mark.parametrize("name", ["a:1x", "19:x/../y", "19:x?y", "19:" + "x" * 600])
async def test_a_name_that_no_conversation_has_is_not_asked_about(house: House, name: str) -> None:
    card = await announced(house)

    await invoked(house, CARD, forged(name), card, is_alone=True)

    assert house.toy.heard == []


# Who has not added the app -----------------------------------------------------------------------


async def no_job_is_left(house: House) -> None:
    """Wait until none waits, and make sure that none was given up."""
    for _ in range(int(PATIENCE_SECONDS * 100)):
        counted = await house.database.read(jobs.counts)
        if not counted[State.READY]:
            break
        await asyncio.sleep(0.01)
    assert (counted[State.READY], counted[State.DEAD], house.dead) == (0, 0, [])


async def test_a_press_of_who_has_not_added_the_app_is_answered_in_the_toast(
    house: House,
) -> None:
    card = await announced(house)
    house.teams.world.installed.discard(house.teams.person("ben").id)

    played = await house.teams.press("ben", card, "Show it again")

    assert played.notice == f"Press one {ADD_THE_APP}"
    await no_job_is_left(house)


async def test_a_press_does_not_wait_until_it_is_known_who_is_in_reach(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await announced(house)
    monkeypatch.setattr(answers, "PATIENCE_SECONDS", 0.05)
    house.teams.faults.add("conversations.create", FaultKind.SLOW, seconds=60)

    played = await house.teams.press("ben", card, "Show it again")

    assert played.notice == SENT
    await told(house, "ben", "Press one")


async def test_a_long_answer_is_cut_in_the_toast_of_who_has_not_added_the_app(
    house: House,
) -> None:
    pressed = {"action": {"data": {"parley": {"route": menu.RUN, "ids": {"words": "help"}}}}}
    card = await announced(house)
    house.teams.world.installed.discard(house.teams.person("ben").id)

    answer = await invoked(house, CARD, pressed, card)

    assert answer.answer["value"].endswith(ADD_THE_APP)
    assert len(answer.answer["value"]) <= LONGEST_TOAST


async def test_who_removes_the_app_before_the_answer_comes_is_told_in_the_thread(
    house: House,
) -> None:
    card = await announced(house)
    await house.platform.direct(house.user("ben"))
    house.teams.world.installed.discard(house.teams.person("ben").id)

    played = await house.teams.press("ben", card, "Show it again")

    await house.until(lambda: NO_PRIVATE_CHAT.text in house.said_in(CHANNEL)[-1].words())
    assert played.notice == SENT
    await no_job_is_left(house)


async def test_words_of_who_has_not_added_the_app_leave_no_dead_letter(house: House) -> None:
    house.teams.world.installed.discard(house.teams.person("ben").id)

    await house.teams.mention("ben", CHANNEL, "term EDRM")

    await house.until(lambda: house.said_in(CHANNEL))
    assert NO_PRIVATE_CHAT.text in house.said_in(CHANNEL)[-1].words()
    await no_job_is_left(house)
