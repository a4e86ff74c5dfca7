"""The draft in its owners' own chats: approved, left alone, or called off."""

from datetime import timedelta

from bot.context import Context
from bot.ui import Message
from tests.workflows.acting import buttons, said
from tests.workflows.agendas.house import IDS, LENGTH, OWNERS, STARTS, House
from tests.workflows.agendas.live import Live
from workflows.agendas import calls, planning
from workflows.agendas.rules import Part, Reach, State
from workflows.agendas.tables import Meeting, Member, Series

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
DRAFT = """\
Security and TA: draft of the agenda (AG-1).
When: Monday 9 November 2026, 09:00 (Europe/London).
Time: 13 of 45 minutes.
Facilitator: Sina.
1. Open escalations (8 min, Sina):
- V-7 waits for an answer (Tia)
2. Added items (5 min):
- Badges for visitors (5 min)
Approve it, or change it first. Without an answer it is posted as it stands on Monday 9 November \
2026, 07:00 (Europe/London).
You read all that you may know. Each channel shows what everybody there may know, and where guests \
or other companies read, numbers alone."""


async def draft(house: House, **changed: object) -> int:
    """Let a meeting's draft be with its owners; return the meeting's number."""
    meeting = await house.holds(await house.meets(), **changed)
    await house.moves(meeting, State.DRAFT)
    return meeting


async def newest(house: House, name: str) -> Message:
    """Return the draft as somebody reads it now."""
    return (await house.sent(name))[-1].message


def change(ctx: Context, meeting: int) -> None:
    """Tell everybody who watches that the agenda changed."""
    calls.agenda_changed(ctx, ctx.session.get_one(Meeting, meeting))


def plan_anew(ctx: Context) -> None:
    planning.plan(ctx, ctx.session.get_one(Series, 1))


def disown(ctx: Context, meeting: int, person: int) -> None:
    series = ctx.session.get_one(Meeting, meeting).series_id
    ctx.session.get_one(Member, (series, person)).is_owner = False


def labels(message: Message) -> list[str]:
    return [button.label for button in buttons(message)]


async def test_both_owners_read_the_draft_in_their_own_chat_and_nobody_else(
    house: House, live: Live
) -> None:
    live.put(Part.ESCALATIONS, "V-7 waits for an answer", owner=IDS["Tia"])
    live.put(Part.ADDED, "Badges for visitors", minutes=5)

    await draft(house)

    assert await house.told("Sina") == [DRAFT]
    assert await house.told("Tom") == [DRAFT]
    assert await house.told("Max") == []
    assert await house.sent() == []


async def test_each_owner_is_asked_for_alone(house: House, live: Live) -> None:
    await draft(house)

    readers = {(one.reach, *(reader.name for reader in one.readers)) for one in live.asked}
    assert readers == {(Reach.KNOWN, name) for name in OWNERS}


async def test_a_draft_offers_to_approve_and_to_change_it(house: House, live: Live) -> None:
    live.put(Part.WORDS, "panel is asked for")

    await draft(house)

    assert labels(await newest(house, "Tom")) == [
        "Approve",
        "Change the order",
        "Leave out",
        "Change words",
        "Add a topic",
    ]


async def test_one_owner_approves_for_both(house: House, live: Live) -> None:
    live.put(Part.WORDS, "panel is asked for")
    meeting = await draft(house)

    answer = await house.presses("Tom", await house.offered("Tom", "Approve"))
    await house.passes(MINUTE)

    assert said(answer).startswith("Thank you, the agenda is approved. It is posted on Monday 9 ")
    assert (await house.meeting(meeting)).approved_by == IDS["Tom"]
    shown = await newest(house, "Sina")
    assert "Tom approved it." in shown.text
    assert "Approve" not in labels(shown)


async def test_nobody_approves_twice(house: House, live: Live) -> None:
    live.put(Part.WORDS, "panel is asked for")
    await draft(house)
    approve = await house.offered("Tom", "Approve")
    await house.presses("Tom", approve)

    answer = await house.presses("Sina", approve)

    assert said(answer).startswith("This agenda is approved already.")


async def test_who_does_not_own_the_meeting_approves_nothing(house: House, live: Live) -> None:
    live.put(Part.WORDS, "panel is asked for")
    meeting = await draft(house)

    answer = await house.presses("Max", await house.offered("Tom", "Approve"))

    assert said(answer).startswith("That is not here, or not for you")
    assert (await house.meeting(meeting)).approved_by is None


async def test_what_is_posted_needs_no_approval_any_more(house: House, live: Live) -> None:
    live.put(Part.WORDS, "panel is asked for")
    meeting = await draft(house)
    approve = await house.offered("Tom", "Approve")
    await house.moves(meeting, State.PUBLISHED)

    answer = await house.presses("Tom", approve)

    assert "is no draft any more" in said(answer)


async def test_changed_data_change_the_draft_at_most_once_a_minute(
    house: House, live: Live
) -> None:
    meeting = await draft(house)
    for count in range(3):
        live.put(Part.WORDS, f"term {count}")
        await house.within(lambda ctx: change(ctx, meeting))
    await house.passes(MINUTE)

    drafts = await house.told("Sina")

    assert len(drafts) == 2
    assert "term 2" in drafts[-1]


async def test_a_draft_follows_data_that_nobody_tells_of_and_is_not_sent_again_otherwise(
    house: House, live: Live
) -> None:
    await draft(house)
    await house.passes(timedelta(hours=1))
    live.put(Part.WORDS, "term is asked for")
    await house.passes(timedelta(hours=1))

    drafts = await house.told("Sina")

    assert len(drafts) == 2
    assert "term is asked for" in drafts[-1]


async def test_an_empty_draft_asks_whether_to_cancel_and_everybody_hears_of_it(
    house: House, live: Live
) -> None:
    meeting = await draft(house)
    empty = await newest(house, "Sina")

    answer = await house.presses("Sina", await house.offered("Sina", "Cancel this meeting"))
    await house.passes(MINUTE)

    assert "Nothing is on the agenda so far." in empty.text
    assert "is cancelled" in said(answer)
    kept = await house.meeting(meeting)
    assert (kept.state, kept.why, kept.sequence) == (
        State.SKIPPED,
        "there is nothing to decide",
        1,
    )
    told = "does not take place: there is nothing to decide."
    for name in ("Tom", "Max", "Tia"):
        assert (await house.told(name))[-1].endswith(told)


async def test_a_meeting_that_was_moved_by_itself_stays_cancelled(house: House, live: Live) -> None:
    times = {"starts_at": STARTS + DAY, "ends_at": STARTS + DAY + LENGTH}
    meeting = await draft(house, **times, is_moved=True, is_by_itself=True)
    await house.presses("Sina", await house.offered("Sina", "Cancel this meeting"))

    await house.within(plan_anew)

    assert (await house.meeting(meeting)).state is State.SKIPPED


async def test_a_meeting_that_is_cancelled_is_not_cancelled_again(house: House, live: Live) -> None:
    await draft(house)
    cancel = await house.offered("Sina", "Cancel this meeting")
    await house.presses("Sina", cancel)

    answer = await house.presses("Tom", cancel)

    assert "cannot be changed any more" in said(answer)


async def test_a_draft_has_done_its_work_when_the_meeting_begins(house: House, live: Live) -> None:
    meeting = await draft(house)
    await house.moves(meeting, State.PUBLISHED, State.RUNNING)

    shown = await newest(house, "Tom")

    assert "has begun" in shown.text
    assert labels(shown) == []


async def test_who_owns_it_no_more_keeps_no_draft(house: House, live: Live) -> None:
    live.put(Part.WORDS, "panel is asked for")
    meeting = await draft(house)
    await house.within(lambda ctx: disown(ctx, meeting, IDS["Tom"]))
    await house.passes(timedelta(hours=1))

    shown = await newest(house, "Tom")

    assert shown.text.startswith("You do not own Security and TA any more")
    assert labels(shown) == []


async def test_an_owner_who_became_a_guest_reads_no_draft_and_no_reason(
    house: House, live: Live
) -> None:
    live.put(Part.WORDS, "panel is asked for")
    meeting = await draft(house)
    await house.becomes_guest("Tom")

    await house.says("Sina", "agenda skip AG-1 2026-11-09 layoffs")
    await house.passes(MINUTE)

    assert (await newest(house, "Tom")).text.startswith("You do not own Security and TA any more")
    assert "layoffs" not in "".join(await house.told("Tom"))
    assert "layoffs" in (await newest(house, "Sina")).text
    assert (await house.meeting(meeting)).state is State.SKIPPED


async def test_an_owner_who_was_a_guest_before_gets_no_draft(house: House) -> None:
    await house.becomes_guest("Sina")

    meeting = await draft(house)

    assert await house.told("Sina") == []
    assert (await house.meeting(meeting)).facilitator_id == IDS["Tom"]


async def test_a_remark_stands_above_the_items(house: House, live: Live) -> None:
    remark = calls.remark(lambda _ctx, _meeting, reach: f"Max is away ({reach}).")
    try:
        await draft(house)
    finally:
        calls.remark._hooked.remove(remark)

    assert "Max is away (known)." in (await newest(house, "Sina")).text
