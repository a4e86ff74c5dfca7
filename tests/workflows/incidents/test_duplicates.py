"""What surely is the same joins an incident by itself; the rest is linked in one go."""

from datetime import timedelta
from typing import Any

import pytest

from bot.context import Context
from bot.inbound import QuotedMessage
from storage import people
from tests.workflows.acting import said
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents import linking, tables
from workflows.incidents.rules import State as Incidents
from workflows.incidents.rules import Tlp
from workflows.reports import tables as reports_tables
from workflows.reports.rules import Category, State

TRAP = QuotedMessage(id="1.0", text="Your parcel waits: http://evil.example/", author="USAM")
NOW = timedelta()


async def linked(house: House, incident: int, report: int) -> None:
    """Make a report part of an incident."""

    def link(ctx: Context) -> None:
        found = tables.lock_incident(ctx.session, incident)
        one = reports_tables.lock_report(ctx.session, report)
        assert found is not None
        assert one is not None
        linking.link(ctx, found, one)

    await house.within(link)


async def with_twin(house: House, **changed: Any) -> int:
    """Let an incident stand on a report of the message, and return its number."""
    incident = await house.opens("Hugo", **changed)
    await linked(house, incident, await house.keeps(TRAP))
    return incident


async def part_of(house: House, report: int) -> int | None:
    link = await house.database.read(lambda session: tables.link_of(session, report))
    return link.incident_id if link else None


async def test_the_same_message_joins_the_incident_by_itself(house: House) -> None:
    incident = await with_twin(house)

    second = await house.keeps(TRAP)
    await house.passes(NOW)

    assert (await house.report(second)).state is State.LINKED
    assert await part_of(house, second) == incident
    events = await house.database.read(lambda session: tables.timeline(session, incident))
    assert {event.by for event in events} == {None}


@pytest.mark.parametrize(
    "changed",
    [{"tlp": Tlp.RED}, {"lead_id": None, "state": Incidents.DECLARED}],
    ids=["red", "without a lead"],
)
async def test_where_somebody_could_be_harmed_a_person_decides(
    house: House, changed: dict[str, Any]
) -> None:
    await with_twin(house, **changed)

    second = await house.keeps(TRAP)
    await house.passes(NOW)

    assert (await house.report(second)).state is State.RECEIVED


@pytest.mark.parametrize("more", [{"category": Category.CONDUCT}, {"about": [1]}])
async def test_what_somebody_must_not_learn_of_joins_nothing_by_itself(
    house: House, more: dict[str, Any]
) -> None:
    await with_twin(house)

    second = await house.keeps(TRAP, **more)
    await house.passes(NOW)

    assert (await house.report(second)).state is State.RECEIVED


async def test_another_message_with_the_same_address_joins_nothing_by_itself(house: House) -> None:
    await with_twin(house)

    second = await house.keeps(QuotedMessage(id="2.0", text=TRAP.text, author="USAM"))
    await house.passes(NOW)

    assert (await house.report(second)).state is State.RECEIVED


async def test_several_reports_are_linked_at_once_and_decided_ones_stay(house: House) -> None:
    incident, other = await house.opens("Tess"), await house.opens("Tess", codename="b c")
    ids = [await house.files() for _ in range(3)]
    await linked(house, other, ids[2])

    words = " ".join(f"R-{id}" for id in ids)
    answer = await house.says("Tess", f"security link many SI-{incident} {words}")

    assert said(answer).startswith(f"2 reports are part of SI-{incident} now.")
    assert [await part_of(house, id) for id in ids] == [incident, incident, other]


async def test_who_may_not_read_one_of_them_links_none(house: House) -> None:
    incident = await house.opens("Tess")
    own, secret = await house.files(), await house.files(category=Category.CONDUCT)

    answer = await house.says("Tess", f"security link many SI-{incident} R-{own} R-{secret}")

    assert "Nothing was changed" in said(answer)
    assert await part_of(house, own) is None


async def test_no_more_than_fifty_are_linked_at_once(house: House) -> None:
    incident = await house.opens("Tess")
    words = " ".join(f"R-{number}" for number in range(1, 52))

    answer = await house.says("Tess", f"security link many SI-{incident} {words}")

    assert "up to 50 reports" in said(answer)


async def test_where_somebody_learns_nothing_of_the_twin_a_person_decides(house: House) -> None:
    incident = await house.opens("Hugo")
    await linked(house, incident, await house.keeps(TRAP, about=[IDS["Ivan"]]))

    second = await house.keeps(TRAP)
    await house.passes(NOW)

    assert (await house.report(second)).state is State.RECEIVED


async def test_where_the_lead_has_left_a_person_decides(house: House) -> None:
    await with_twin(house)
    await house.database.write(lambda session: people.deactivate(session, IDS["Hugo"]))

    second = await house.keeps(TRAP)
    await house.passes(NOW)

    assert (await house.report(second)).state is State.RECEIVED
