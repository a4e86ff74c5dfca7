"""Who is called, when and how often, until a person has a report."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.auditor import Auditor
from bot.context import Context
from bot.delivery import Delivery
from bot.errors import DeliveryError
from bot.standing import Standings
from bot.worker import Worker
from storage import people, places, posts
from storage.places import RoomPlace
from storage.posts import Post
from tests.bot.platforms import MemoryPlatform
from tests.workflows.acting import buttons, said
from tests.workflows.reports.house import IDS, SEEN, House
from workflows.reports import calls, chain, filing, receipts, tables, waiting
from workflows.reports.paces import PACES
from workflows.reports.rules import TRIAGE_ROOM, Category, Interaction, Severity, State

URGENT = Interaction.ENTERED_CREDENTIALS
NAMES = {number: name for name, number in IDS.items()}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def called(house: House, id: int) -> list[tuple[int, list[str]]]:
    """Return after how many minutes somebody was called, and who."""
    report = await house.report(id)
    rows = await house.database.read(lambda session: tables.calls_of(session, id))
    found: dict[int, list[str]] = {}
    for row in rows:
        after = (row.at - report.received_at) // MINUTE
        if row.person_id is not None:
            found.setdefault(after, []).append(NAMES[row.person_id])
    return list(found.items())


def auditor(house: House) -> Auditor:
    return Auditor(house.database, house.engine.routes, house.clock, house.engine.keepers.alert)


async def test_an_urgent_report_climbs_six_times_and_then_the_auditor_hears_of_it(
    house: House,
) -> None:
    id = await house.files(interaction=URGENT)

    await house.passes(timedelta(days=1))

    steps = await called(house, id)
    everybody = ["Tess", "Uma", "Hugo"]
    assert steps[:4] == [(0, ["Tess"]), (15, ["Tess", "Uma"]), (30, ["Hugo"]), (60, everybody)]
    assert len(steps) == 4 * (1 + 5)
    assert steps[4] == (90, ["Tess"])
    auditing = auditor(house)
    await auditing.sweep(house.clock.now())
    told = [one.message.text for one in await house.sent("Adam")]
    assert len([text for text in told if f"report:{id} is open" in text]) == 1
    await house.says("Tess", f"security take R-{id}")
    assert not [one for one in await auditing.problems() if "report:" in one]


async def test_whoever_takes_it_stops_the_chain(house: House) -> None:
    id = await house.files(interaction=URGENT)
    await house.passes(20 * MINUTE)

    await house.presses("Uma", await house.offered("Uma", "Take it"))
    await house.passes(25 * MINUTE)

    assert [after for after, _ in await called(house, id)] == [0, 15]
    assert "need do nothing" in (await house.sent("Tess"))[-1].message.text


async def test_silence_after_taking_it_resumes_the_chain_at_the_next_step(house: House) -> None:
    id = await house.files(interaction=URGENT)
    await house.presses("Tess", await house.offered("Tess", "Take it"))

    await house.passes(HOUR)
    assert "Are you still on" in (await house.sent("Tess"))[-1].message.text
    await house.passes(30 * MINUTE)

    assert (await house.report(id)).state is State.RECEIVED
    assert await called(house, id) == [(0, ["Tess"]), (90, ["Tess", "Uma"])]


async def test_saying_that_one_is_still_on_it_keeps_the_lease(house: House) -> None:
    id = await house.files(interaction=URGENT)
    await house.presses("Tess", await house.offered("Tess", "Take it"))
    await house.passes(HOUR)

    await house.presses("Tess", await house.offered("Tess", "I am still on it"))
    await house.passes(80 * MINUTE)

    assert (await house.report(id)).holder_id == IDS["Tess"]


async def test_a_call_that_comes_late_comes_once_and_says_so(house: House) -> None:
    id = await house.files(interaction=URGENT)

    house.clock.move_to(house.clock.now() + 25 * MINUTE)
    await house._run_due()
    await house._run_due()

    rows = await house.database.read(lambda session: tables.calls_of(session, id))
    assert [(NAMES[row.person_id or 0], row.late) for row in rows] == [
        ("Tess", 0),
        ("Tess", 600),
        ("Uma", 600),
    ]
    due = (await house.report(id)).received_at + 15 * MINUTE
    assert [parcel.message.due for parcel in await house.sent("Uma")] == [due]


async def test_a_first_call_is_due_when_the_report_came(house: House) -> None:
    await house.says("Rita", f"report that {SEEN}")
    house.clock.move_to(house.clock.now() + 25 * MINUTE)

    await house.passes(timedelta(0))

    due = (await house.newest()).received_at
    assert (await house.sent("Tess"))[-1].message.due == due


async def test_what_is_taken_back_at_once_calls_nobody(house: House) -> None:
    await house.says("Rita", f"report that {SEEN}")
    id = (await house.newest()).id
    await house.presses("Rita", receipts.withdraw.button("Withdraw", report=id or 0))

    await house.passes(MINUTE)

    assert await house.sent("Tess") == []


async def test_who_has_left_is_not_called_and_the_next_one_is(house: House) -> None:
    await house.database.write(lambda session: people.deactivate(session, IDS["Tess"]))

    id = await house.files(interaction=URGENT)

    assert await called(house, id) == [(0, ["Uma"])]


async def test_where_nothing_reaches_somebody_the_next_one_is_called_at_once(
    house: House,
) -> None:
    await house.files(interaction=URGENT)
    platforms = {name: MemoryPlatform(name) for name in ("slack", "teams")}
    for platform in platforms.values():
        platform.fail("post", DeliveryError("blocked", permanent=True, out_of_reach=True))
    standings = Standings(house.database, platforms, house.clock)
    delivery = Delivery(house.database, platforms, house.sealer, house.clock, standings=standings)
    worker = Worker(
        house.database,
        house.clock,
        {"send": delivery.deliver},
        on_dead=house.engine.keepers.tell_of_death,
    )

    await worker.idle()

    places = [post.place.channel for post in platforms["slack"].posts]
    assert places == ["DUUMA"]
    await standings.close()


async def test_somebody_in_triage_whom_a_report_is_about_never_hears_of_it(house: House) -> None:
    id = await house.files(interaction=URGENT, about=[IDS["Tess"]])

    await house.passes(timedelta(days=1))

    reached = {name for _, names in await called(house, id) for name in names}
    assert reached == {"Hugo", "Lou"}
    assert await house.sent("Tess") == []
    assert await house.sent("Uma") == []
    queue = said(await house.says("Tess", "security queue"))
    assert f"R-{id}" not in queue


async def test_the_head_of_security_can_take_what_they_are_called_about(house: House) -> None:
    id = await house.files(interaction=URGENT)
    before = said(await house.says("Hugo", f"security take R-{id}"))
    await house.passes(31 * MINUTE)

    after = said(await house.says("Hugo", f"security take R-{id}"))

    assert before.startswith("That is not here")
    assert "is yours" in after


async def test_what_is_not_urgent_waits_until_work_begins(house: House) -> None:
    house.clock.move_to(datetime(2026, 11, 6, 22, tzinfo=UTC))  # a Friday

    id = await house.files()
    await house.passes(timedelta(days=4))

    day = [datetime(2026, 11, 9, 9, tzinfo=UTC), datetime(2026, 11, 9, 17, tzinfo=UTC)]
    rows = await house.database.read(lambda session: tables.calls_of(session, id))
    assert [row.at for row in rows if row.step < 2][:2] == day


async def test_nobody_to_call_is_told_to_the_admins_and_tried_again(house: House) -> None:
    def all_leave(ctx: Context) -> None:
        for name in ("Tess", "Uma", "Hugo"):
            people.deactivate(ctx.session, IDS[name])

    await house.within(all_leave)
    id = await house.files(interaction=URGENT)
    await house.database.write(
        lambda session: people.grant(session, IDS["Sam"], "triage", department="security")
    )

    await house.passes(31 * MINUTE)

    assert f"R-{id}" in (await house.sent("Adam"))[0].message.text
    assert await called(house, id) == [(30, ["Sam"])]


async def test_what_became_serious_calls_the_next_one_at_once(house: House) -> None:
    id = await house.files()
    await house.passes(timedelta(days=3))
    steps = (await house.report(id)).step

    def raise_it(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        report.severity = Severity.S1
        waiting.hurry(ctx, report)

    await house.within(raise_it)
    await house.passes(15 * MINUTE)

    day = 3 * 24 * 60
    soon = [after - day for after, _ in await called(house, id) if after >= day]
    assert (steps, soon) == (4, [0, 5, 15])


async def test_the_card_of_a_restricted_report_is_taken_from_who_is_kept_out_later(
    house: House,
) -> None:
    id = await house.files(category=Category.CONDUCT)
    posted = Post(
        platform="slack",
        tenant="T1",
        channel="DULOU",
        message="1",
        key=f"report:{id}:card:{IDS['Lou']}",
        posted_at=house.clock.now(),
    )

    def keep_out(ctx: Context) -> None:
        posts.record(ctx.session, posted)
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        filing.keep_out(ctx, report, IDS["Lou"])
        calls.report_changed(ctx, id)

    await house.within(keep_out)
    await house.passes(timedelta(seconds=5))

    assert "looked at elsewhere" in (await house.sent("Lou"))[-1].message.text


async def test_who_is_kept_out_later_loses_the_call_and_what_they_had_taken(
    house: House,
) -> None:
    id = await house.files(interaction=URGENT)

    def keep_out(name: str) -> Callable[[Context], None]:
        def work(ctx: Context) -> None:
            report = tables.lock_report(ctx.session, id)
            assert report is not None
            filing.keep_out(ctx, report, IDS[name], is_subject=True)
            calls.report_changed(ctx, id)

        return work

    await house.within(keep_out("Tess"))
    await house.says("Uma", f"security take R-{id}")
    await house.within(keep_out("Uma"))

    assert "looked at elsewhere" in (await house.sent("Tess"))[-1].message.text
    assert (await house.report(id)).state is State.RECEIVED
    assert await called(house, id) == [(0, ["Tess", "Hugo"])]


@pytest.mark.parametrize("severity", Severity)
def test_a_repeat_waits_as_long_as_the_last_step(severity: Severity) -> None:
    pace = PACES[severity]

    spans = [chain.gap(pace, step).span for step in range(len(pace.steps))]

    assert sum(spans[:-1], timedelta(0)) == pace.steps[-1].span
    assert spans[-1] == spans[-2]


@pytest.mark.parametrize("how", ["taken", "restricted"])
async def test_the_call_in_triages_room_is_over_with_all_others(house: House, how: str) -> None:
    place = RoomPlace("slack", "T1", "CTRIAGE")
    await house.database.write(lambda session: places.bind_room(session, TRIAGE_ROOM, place))
    id = await house.files(interaction=Interaction.PAID)
    await house.passes(timedelta(minutes=61))

    if how == "taken":
        await house.says("Tess", f"security take R-{id}")
    else:
        form = await house.says("Rita", f"report add R-{id}")
        await house.sends("Rita", form, {"category": "conduct"})

    calls = [one for one in await house.sent() if one.envelope.key == f"report:{id}:call:3:room"]
    assert buttons(calls[-2].message)
    assert buttons(calls[-1].message) == []
    assert "behaviour" not in calls[-1].message.text
