"""What is still to be done after incidents, on the agendas of the departments that do it."""

from datetime import UTC, date, datetime

from bot.context import Context
from storage import people
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import House
from workflows.agendas import calls
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Part, Reach
from workflows.agendas.tables import Member, Series
from workflows.incidents import access, agenda_actions, review_keeping, tables
from workflows.incidents.review_tables import Action
from workflows.incidents.rules import Tlp

assert agenda_actions is not None
#: A day after the actions' own.
STARTS = datetime(2026, 12, 2, 9, tzinfo=UTC)


async def meets(house: House, *names: str) -> int:
    """Let some meet every week; return the number of their series."""

    def plan(ctx: Context) -> int:
        series = Series(
            name="Weekly",
            rule="wed 09:00",
            timezone="UTC",
            minutes=45,
            draft_minutes=1440,
            publish_minutes=120,
            active_from=MONDAY.date(),
            created_at=MONDAY,
        )
        ctx.session.add(series)
        ctx.session.flush()
        number = series.id or 0
        ctx.session.add_all(Member(series_id=number, person_id=house.ids[name]) for name in names)
        return number

    return await house.within(plan)


async def leaves(house: House, tlp: Tlp, what: str, department: str = "it") -> None:
    """Let something be to do after an incident."""
    incident = await house.opens("Tess", "Ivan", tlp=tlp)
    day = date(2026, 12, 1)

    def keep(ctx: Context) -> None:
        owner = house.ids["Ivan"]
        row = Action(incident_id=incident, department=department, owner_id=owner, due_on=day)
        review_keeping.seal_action(ctx, row, what)

    await house.within(keep)


async def carried(house: House, series: int, reach: Reach, *readers: str) -> list[Item]:
    """Return what stands on an agenda that these people read."""

    def read(ctx: Context) -> list[Item]:
        known = (people.by_id(ctx.session, house.ids[name], now=MONDAY) for name in readers)
        asked = Asked(
            series_id=series,
            meeting_id=0,
            starts_at=STARTS,
            since=None,
            reach=reach,
            readers=tuple(known),
        )
        return calls.items(ctx, Part.CARRIED, asked)

    return await house.within(read)


async def test_each_reach_reads_no_more_than_it_may(house: House) -> None:
    await leaves(house, Tlp.RED, "Sealed.")
    await leaves(house, Tlp.AMBER, "For some.")
    await leaves(house, Tlp.GREEN, "Show who calls.")
    series = await meets(house, "Ivan", "Tess")

    found = {reach: await carried(house, series, reach, "Ivan", "Tess") for reach in Reach}

    words = {reach: [str(item.line) for item in items] for reach, items in found.items()}
    assert "Sealed" not in str(words)
    assert "For some" not in str(words)
    assert len(words[Reach.KNOWN]) == 2
    assert "RA-2 of SI-2; due 2026-12-01, " in words[Reach.KNOWN][0]
    [company] = words[Reach.COMPANY]
    assert "RA-3 of SI-3: Show who calls; due 2026-12-01, " in company
    assert [item.owner_id for item in found[Reach.KNOWN]] == [house.ids["Ivan"]] * 2
    assert [item.owner_id for item in found[Reach.COMPANY]] == [None]
    [outside] = words[Reach.OUTSIDE]
    assert "RA-3; due 2026-12-01, " in outside
    assert "SI-3" not in outside


async def test_of_an_incident_that_a_reader_must_not_know_nothing_is_there(house: House) -> None:
    await leaves(house, Tlp.AMBER, "For some.")
    await leaves(house, Tlp.GREEN, "Show who calls.")
    series = await meets(house, "Ivan", "Tess")

    def shut_out(ctx: Context) -> None:
        found = tables.incident(ctx.session, 2)
        assert found is not None
        access.exclude(ctx, found, house.ids["Sam"])

    await house.within(shut_out)

    assert len(await carried(house, series, Reach.KNOWN, "Ivan", "Rita")) == 1
    assert await carried(house, series, Reach.KNOWN, "Ivan", "Sam") == []


async def test_departments_that_do_not_meet_there_are_not_spoken_of(house: House) -> None:
    await leaves(house, Tlp.GREEN, "Show who calls.", department="legal")
    series = await meets(house, "Ivan")

    assert await carried(house, series, Reach.KNOWN, "Ivan") == []
