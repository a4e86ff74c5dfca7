"""Where the simulated company reports, and who responds."""

from functools import partial

from sqlmodel import Session

from bot.roles import Role
from console import sample, sample_reports
from storage import people, places
from storage.database import Database
from storage.people import Person
from tests.workflows.engine import MONDAY
from workflows.reports.rules import REPORTING_ROOM, TRIAGE_ROOM


def _responders(session: Session, department: str) -> list[Person]:
    return people.holders(session, Role.RESPONDER, department=department, now=MONDAY)


async def test_both_rooms_are_on_both_platforms_and_every_department_has_somebody(
    database: Database,
) -> None:
    await database.write(partial(sample.seed, now=MONDAY))

    for room in (REPORTING_ROOM, TRIAGE_ROOM):
        bound = await database.read(partial(places.places_of, room=room))
        assert [place.platform for place in bound] == ["slack", "teams"]
    for department, handles in sample_reports.RESPONDERS.items():
        found = await database.read(partial(_responders, department=department))
        assert [someone.name.split()[0].lower() for someone in found] == list(handles)


async def test_a_second_start_leaves_alone_what_an_admin_changed(database: Database) -> None:
    await database.write(partial(sample.seed, now=MONDAY))
    [first, _] = await database.read(partial(places.places_of, room=TRIAGE_ROOM))
    await database.write(partial(places.unbind_room, room=TRIAGE_ROOM, place=first))

    await database.write(partial(sample.seed, now=MONDAY))

    [left] = await database.read(partial(places.places_of, room=TRIAGE_ROOM))
    assert left.platform == "teams"
