"""Taking a report, asking its reporter, what silence does, and opening one again."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from bot.context import Context
from storage import places
from storage.places import RoomPlace
from tests.workflows.acting import buttons, said
from tests.workflows.reports.house import IDS, SEEN, House
from workflows.reports import moving, tables
from workflows.reports.closing import UNKIND
from workflows.reports.rules import (
    TRIAGE_ROOM,
    Category,
    Interaction,
    Move,
    Outcome,
    Privacy,
    Remark,
    State,
)

URGENT = Interaction.ENTERED_CREDENTIALS
DAY = timedelta(days=1)


async def open_room(house: House) -> None:
    """Let triage have a channel."""
    place = RoomPlace("slack", "T1", "CTRIAGE")
    await house.database.write(lambda session: places.bind_room(session, TRIAGE_ROOM, place))


async def in_room(house: House) -> list[str]:
    """Return what triage's channel was sent."""
    return [
        one.message.text
        for one in await house.sent()
        if one.place is not None and one.place.channel == "CTRIAGE"
    ]


def link(ctx: Context, id: int) -> None:
    """Let a report be part of an incident."""
    report = tables.lock_report(ctx.session, id)
    assert report is not None
    moving.move(ctx, report, Move.LINK)


async def asked(house: House, interaction: Interaction = Interaction.NONE) -> int:
    """Let a report be taken and its reporter be asked something."""
    id = await house.files(interaction=interaction)
    await house.says("Tess", f"security ask R-{id} Which number called?", privately=True)
    return id


async def test_of_two_who_take_it_at_once_one_has_it_and_the_other_hears_so(house: House) -> None:
    id = await house.files()

    answers = await asyncio.gather(
        house.says("Tess", f"security take R-{id}"),
        house.says("Uma", f"security take R-{id}"),
    )

    texts = sorted(map(said, answers))
    assert [text for text in texts if "is yours" in text] == [texts[1]]
    assert texts[0].startswith("A colleague in triage has")
    notes = [one for one in await house.sent("Rita") if "looks at" in one.message.text]
    assert len(notes) == 1
    assert "Tess" not in notes[0].message.text
    assert "Uma" not in notes[0].message.text


async def test_the_card_shows_who_has_it_and_nothing_stays_on_it_at_the_end(house: House) -> None:
    await open_room(house)
    id = await house.files(text="Look at http://bad.example/login, it asks for my password.")
    await house.says("Tess", f"security take R-{id}")
    await house.passes(timedelta(seconds=5))
    held = (await in_room(house))[-1]

    await house.says("Tess", f"security close R-{id} stopped The page was taken down.")
    await house.passes(timedelta(seconds=5))

    cards = await in_room(house)
    assert "hxxp://bad[.]example" in cards[0]
    assert "Looked at by: Tess" in held
    assert cards[-1] == f"R-{id} is closed: real, and stopped in triage."


async def test_the_room_sees_nothing_of_what_somebody_is_kept_out_of_who_may_read_there(
    house: House,
) -> None:
    await open_room(house)

    await house.files(about=[IDS["Uma"]])
    await house.files(about=[IDS["Hugo"]], interaction=URGENT)
    about_it = await house.files(about=[IDS["Ivan"]])
    await house.files(category=Category.CONDUCT)
    await house.passes(timedelta(hours=2))

    assert await in_room(house) == []
    assert f"report:{about_it}:card:{IDS['Tess']}" in [
        one.envelope.key for one in await house.sent("Tess")
    ]


async def test_a_confidential_reporter_is_not_named_to_triage(house: House) -> None:
    await open_room(house)

    await house.files(privacy=Privacy.CONFIDENTIAL)

    [card] = await in_room(house)
    assert "a colleague, confidentially" in card
    assert "Rita" not in card


async def test_a_question_reaches_the_reporter_and_the_answer_whoever_asked(house: House) -> None:
    id = await asked(house)

    form = await house.presses("Rita", await house.offered("Rita", "Answer"))
    await house.sends("Rita", form, {"answer": "It was hidden."})

    assert (await house.report(id)).state is State.ACKNOWLEDGED
    assert "Which number called?" in (await house.sent("Rita"))[-1].message.text
    assert f"wrote about R-{id}" in (await house.sent("Tess"))[-1].message.text
    shown = await house.says("Uma", f"security show R-{id}")
    assert "It was hidden." in str(shown)


async def test_nobody_but_the_reporter_answers(house: House) -> None:
    id = await asked(house)

    answer = said(await house.says("Sam", f"report answer R-{id} It was me."))

    assert answer.startswith("That is not here")
    assert (await house.report(id)).state is State.NEEDS_INFO


async def test_a_question_that_blames_is_refused(house: House) -> None:
    id = await house.files()

    answer = said(await house.says("Tess", f"security ask R-{id} Whose fault was it?"))

    assert "without “fault”" in answer
    assert (await house.report(id)).state is State.RECEIVED


async def test_silence_about_something_mild_closes_it_after_one_more_question(
    house: House,
) -> None:
    id = await asked(house)

    await house.passes(6 * DAY)

    report = await house.report(id)
    texts = [one.message.text for one in await house.sent("Rita")]
    assert (report.state, report.outcome) == (State.CLOSED, Outcome.INSUFFICIENT_INFO)
    assert sum("would still like to hear" in text for text in texts) == 1
    assert not any(UNKIND.search(text) for text in texts)


async def test_silence_about_something_serious_hands_it_back_and_never_closes_it(
    house: House,
) -> None:
    id = await asked(house, interaction=URGENT)

    await house.passes(timedelta(hours=2))

    assert (await house.report(id)).state is State.ACKNOWLEDGED
    assert "too serious to wait" in (await house.sent("Tess"))[-1].message.text


async def test_a_late_answer_opens_a_closed_report_again_and_calls_whoever_is_on_duty(
    house: House,
) -> None:
    id = await asked(house)
    await house.passes(6 * DAY)

    await house.says("Rita", f"report answer R-{id} I remember the number now.")
    await house.passes(timedelta(seconds=1))

    report = await house.report(id)
    assert (report.state, report.outcome) == (State.RECEIVED, None)
    last = await house.database.read(lambda session: tables.calls_of(session, id)[-1])
    assert last.person_id == IDS["Tess"]


async def test_a_reporter_opens_it_again_within_two_weeks_and_not_later(house: House) -> None:
    id = await house.files()
    await house.says("Tess", f"security close R-{id} unclear")
    button = await house.offered("Rita", "It is not over")
    form = await house.presses("Rita", button)
    await house.sends("Rita", form, {"why": "They called again."})
    await house.says("Tess", f"security close R-{id} unclear")
    await house.passes(15 * DAY)

    late = await house.sends("Rita", form, {"why": "And again."})

    assert "too long" in said(late)
    assert (await house.report(id)).state is State.CLOSED
    details = await house.database.read(lambda s: len(tables.said(s, id, Remark.DETAIL)))
    assert details == 1


async def test_triage_opens_a_closed_report_again_and_has_it(house: House) -> None:
    id = await house.files()
    await house.says("Tess", f"security close R-{id} expected It is our own scanner.")

    await house.says("Uma", f"security reopen R-{id} It is not ours.")

    report = await house.report(id)
    assert (report.state, report.holder_id) == (State.ACKNOWLEDGED, IDS["Uma"])
    assert report.next_look


async def test_the_form_closes_with_an_outcome_and_names_the_report_it_repeats(
    house: House,
) -> None:
    await open_room(house)
    first, second = await house.files("Sam"), await house.files()
    card = [one for one in await house.sent() if one.envelope.key == f"report:{second}:card"][-1]
    [button] = [one for one in buttons(card.message) if one.label == "Close"]

    form = await house.presses("Uma", button)
    await house.sends("Uma", form, {"outcome": "duplicate", "same": f"R-{first}"})

    assert (await house.report(second)).duplicate_of == first
    assert "a colleague saw it too" in (await house.sent("Rita"))[-1].message.text


async def test_the_queue_shows_the_most_serious_first_and_to_triage_alone(house: House) -> None:
    mild = await house.files()
    urgent = await house.files(interaction=URGENT)

    queue = said(await house.says("Uma", "security queue"))
    outsider = said(await house.says("Sam", "security queue"))

    assert queue.index(f"R-{urgent}") < queue.index(f"R-{mild}")
    assert SEEN not in queue
    assert outsider.startswith("That is not here")


async def test_a_restricted_report_waits_for_its_readers_alone(house: House) -> None:
    id = await house.files(category=Category.CONDUCT)

    shown = {
        name: f"R-{id}" in said(await house.says(name, "security queue"))
        for name in ("Lou", "Tess")
    }

    assert shown == {"Lou": True, "Tess": False}


async def test_home_shows_what_waits_to_those_who_triage(house: House) -> None:
    id = await house.files()

    theirs = str(await house.says("Tess", "home"))
    others = str(await house.says("Sam", "home"))

    assert f"Take R-{id}" in theirs
    assert f"Take R-{id}" not in others
    assert "security ask" not in others


async def test_giving_it_back_calls_the_next_one(house: House) -> None:
    id = await house.files(interaction=URGENT)
    await house.says("Tess", f"security take R-{id}")

    refused = said(await house.says("Uma", f"security release R-{id}"))
    await house.says("Tess", f"security release R-{id}")

    assert "only they give it back" in refused
    assert (await house.report(id)).state is State.RECEIVED
    last = await house.database.read(lambda session: tables.calls_of(session, id)[-1])
    assert last.person_id == IDS["Uma"]


async def test_what_is_not_decided_in_time_is_said_to_the_head_and_to_the_reporter(
    house: House,
) -> None:
    id = await house.files(interaction=URGENT)
    await house.says("Tess", f"security take R-{id}")
    for _ in range(4):
        await house.passes(timedelta(hours=1))
        await house.presses("Tess", await house.offered("Tess", "I am still on it"))

    await house.passes(timedelta(minutes=1))

    [pressing] = [one.message.text for one in await house.sent("Hugo")]
    assert "should have been decided" in pressing
    assert "still looking" in (await house.sent("Rita"))[-1].message.text


@pytest.mark.parametrize("how", ["asked", "closed", "linked"])
async def test_a_password_in_an_answer_is_hidden_from_those_who_triage(
    house: House, how: str
) -> None:
    id = await asked(house)
    if how == "closed":
        await house.says("Tess", f"security close R-{id} stopped")
    if how == "linked":
        await house.within(lambda ctx: link(ctx, id))

    await house.says("Rita", f"report answer R-{id} I typed it. password: hunter22", privately=True)

    shown = str(await house.says("Tess", f"security show R-{id}"))
    told = "".join(str(one.message) for one in await house.sent("Tess"))
    assert "password: [hidden]" in shown
    assert "hunter22" not in shown + told
    original = str(await house.says("Tess", f"security original R-{id}", privately=True))
    assert "hunter22" in original


async def test_what_is_added_to_a_linked_report_reaches_whoever_triages(house: House) -> None:
    await open_room(house)
    held, free = await house.files(), await house.files()
    await house.says("Tess", f"security take R-{held}")
    for id in (held, free):
        await house.within(partial(link, id=id))

    for id in (held, free):
        await house.says("Rita", f"report add R-{id} He called again.", privately=True)

    assert (await house.sent("Tess"))[-1].message.text == f"The reporter wrote about R-{held}."
    assert (await in_room(house))[-1] == f"The reporter wrote about R-{free}."


@pytest.mark.parametrize("how", ["closed", "linked", "withdrawn"])
async def test_that_somebody_had_paid_is_lost_in_no_state(house: House, how: str) -> None:
    id = await house.files()
    form = await house.says("Rita", f"report add R-{id}", privately=True)
    if how == "closed":
        await house.says("Tess", f"security close R-{id} stopped")
    elif how == "linked":
        await house.says("Tess", f"security take R-{id}")
        await house.within(lambda ctx: link(ctx, id))
    else:
        await house.says("Rita", f"report withdraw R-{id}")

    answer = said(await house.sends("Rita", form, {"interaction": "paid"}))

    report = await house.report(id)
    if how == "closed":
        assert (report.state, report.is_urgent) == (State.ACKNOWLEDGED, True)
    elif how == "linked":
        assert "I paid" in str((await house.sent("Tess"))[-1].message)
    else:
        assert answer.startswith(f"R-{id} is withdrawn now")
