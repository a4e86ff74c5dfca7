"""Rows read by prepared statements are those that SQLAlchemy would give, on both databases."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from storage import people
from storage.database import Database
from storage.reading import Changing, Reading, keep
from workflows.hiring.rules import TemplateState
from workflows.hiring.tables import Criterion, Template

NOW = datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=UTC)
ALL = Reading(
    sa.select(Template, Criterion, col(Template.created_at))
    .join(Criterion)
    .order_by(col(Criterion.position))
)
TEMPLATE = Reading(sa.select(Template).where(col(Template.id) == sa.bindparam("template")))
STATE = Changing(Template, "state", "created_at")


def add(session: Session) -> None:
    """Add a template with one criterion."""
    who = people.add_person(session, "Ada").id
    session.add(Template(id=7, role_family="soc", level="any", proposed_by=who, created_at=NOW))
    session.flush()
    anchors = ["ä", "100 %"]
    told = Criterion(
        template_id=7,
        position=1,
        key="tech",
        label="Depth",
        department="security",
        weight=100,
        must_pass=True,
        anchors=anchors,
    )
    session.add(told)


def template(session: Session) -> Template:
    """Return the template as it is stored."""
    [(found,)] = TEMPLATE.rows(session, template=7)
    return found


async def test_models_are_those_of_the_session(database: Database) -> None:
    def both(session: Session) -> tuple[object, object]:
        add(session)
        [(one, criterion, at)] = ALL.rows(session)
        wanted = session.get_one(Template, 7), session.get_one(Criterion, criterion.id), NOW
        return (one.model_dump(), criterion.model_dump(), at), (
            wanted[0].model_dump(),
            wanted[1].model_dump(),
            wanted[2],
        )

    read, wanted = await database.write(both)

    assert read == wanted


async def test_what_is_not_kept_cannot_be_changed(database: Database) -> None:
    def change(session: Session) -> None:
        add(session)
        template(session).frozen = True

    with pytest.raises(AttributeError):
        await database.write(change)


async def test_a_kept_row_is_saved_with_its_changes(database: Database) -> None:
    def change(session: Session) -> None:
        keep(session, template(session)).frozen = True

    await database.write(add)
    await database.write(change)

    assert (await database.read(template)).frozen


async def test_a_row_that_the_session_has_is_kept_as_it_is_stored(database: Database) -> None:
    def change(session: Session) -> tuple[bool, str]:
        held = session.get_one(Template, 7)
        session.connection().execute(sa.update(Template).values(level="senior"))
        return keep(session, template(session)) is held, held.level

    await database.write(add)

    assert await database.write(change) == (True, "senior")


async def test_a_saved_change_stands_in_the_row_and_in_the_database(database: Database) -> None:
    later = NOW.replace(year=2027)

    def change(session: Session) -> tuple[TemplateState, bool]:
        held = keep(session, template(session))
        STATE.save(session, held, {"state": TemplateState.WITHDRAWN, "created_at": later})
        return held.state, session.is_modified(held)

    await database.write(add)
    told = await database.write(change)
    stored = await database.read(template)

    assert told == (TemplateState.WITHDRAWN, False)
    assert (stored.state, stored.created_at) == (TemplateState.WITHDRAWN, later)
