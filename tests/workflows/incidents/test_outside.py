"""What leaves the platforms of the worst incidents, and what the timeline says of closed ways."""

from typing import Any

import pytest
from sqlmodel import Session

from bot.losses import Losses
from storage import jobs
from storage.jobs import Job, State
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import TITLE, House
from tests.workflows.incidents.test_severing import MILD, WORST, judges
from workflows.incidents import keeping, tables
from workflows.incidents.rules import Kind, Tlp
from workflows.incidents.tables import Exclusion
from workflows.reports.rules import Category


async def test_the_worst_is_told_when_it_is_declared_and_at_each_of_its_states(
    house: House,
) -> None:
    id = await house.declares(await house.files(), impact="3", certainty="ongoing")
    await house.says("Tess", f"security lead SI-{id}")

    found = await house.signalled()

    assert found[0] == ("incident.declared", f"SI-{id}", "S1", "declared")
    assert {what[1:3] for what in found} == {(f"SI-{id}", "S1")}


async def test_what_is_less_severe_stays_inside(house: House) -> None:
    await house.declares(await house.files())

    assert await house.signalled() == []


async def test_the_outside_hears_that_it_became_the_worst_and_that_it_is_not_any_more(
    house: House,
) -> None:
    id = await house.opens("Ivan", lead="Hugo")

    await judges(house, "Hugo", id, **WORST)
    await judges(house, "Hugo", id, **MILD, reason="It was a test account.")

    changed = ("incident.changed", f"SI-{id}")
    assert await house.signalled() == [
        (*changed, "S1", "responding"),
        (*changed, "S4", "responding"),
    ]


async def test_nothing_of_what_it_is_about_is_in_the_job(house: House) -> None:
    id = await house.opens("Lou", lead="Hugo", category=Category.CONDUCT, tlp=Tlp.AMBER)

    await judges(house, "Hugo", id, **WORST)

    waiting = await house.database.read(lambda session: jobs.listing(session, State.READY, 500))
    [found] = [job for job in waiting if job.kind == "signal"]
    text = repr(found.payload).casefold()
    assert not [word for word in (TITLE, "hugo", "lou", "conduct") if word.casefold() in text]


async def test_what_somebody_may_not_know_of_is_told_to_nobody_outside(house: House) -> None:
    red = await house.opens("Lou", tlp=Tlp.RED)
    other = await house.opens("Lou")
    await house.add(Exclusion(incident_id=other, person_id=house.ids["Ivan"], at=MONDAY))

    await judges(house, "Hugo", red, **WORST)
    await judges(house, "Hugo", other, **WORST)

    assert await house.signalled() == []


async def lost(house: House, payload: dict[str, Any]) -> list[str]:
    """Let a way be closed, and return what the timeline of the first incident says of it."""
    losses = Losses(house.engine.routes.misses, house.engine.keepers, house.clock, house.sealer)

    def close(session: Session) -> list[str]:
        jobs.enqueue(session, "send", "k", payload, lane=None, run_at=house.clock.now())
        [job] = _left(session)
        losses.missed(session, job, "user_disabled")
        lines = tables.timeline(session, 1)
        return [keeping.event(house.sealer, line) for line in lines if line.kind is Kind.DELIVERY]

    return await house.database.write(close)


def _left(session: Session) -> list[Job]:
    return [job for job in jobs.listing(session, State.READY, 500) if job.key == "k"]


@pytest.mark.parametrize(
    ("about", "key", "lines"),
    [
        ("incident:1", "incident:1:to:3:lead", 1),
        ("report:1", "report:1:call:0:3", 1),
        ("report:99", "report:99:call:0:3", 0),
        ("vote:1", "vote:1", 0),
        ("", "alert:x", 0),
        ("incident:1", "incident:1:event:7", 0),
        ("incident:1", "incident:1:room", 0),
    ],
)
async def test_a_closed_way_stands_in_the_timeline_but_for_the_timelines_own(
    house: House, about: str, key: str, lines: int
) -> None:
    await house.declares(await house.files())

    said = await lost(house, {"about": about, "key": key})

    assert len(said) == lines
    assert all("user_disabled" in line for line in said)
