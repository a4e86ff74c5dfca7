"""What another system tells: done once, in one transaction, by nobody, and told to the keepers."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot import outbox
from bot.context import Context
from bot.engine import Engine
from bot.errors import Invalid, Overloaded
from bot.inbound import Notice
from bot.ui import Message
from bot.workflow import Workflow
from storage import audit, jobs, people
from storage.database import Database
from storage.secrets import Sealer
from tests.workflows.engine import KEY, engine_around

DOORBELL = Workflow("bell", summary="Rings.")


@DOORBELL.notice("door")
def ring(ctx: Context, notice: Notice) -> Message | None:
    """Note who rings; whoever is wrong, broken or odd makes trouble after that."""
    people.add_department(ctx.session, notice.id, notice.kind)
    if notice.kind == "wrong":
        raise Invalid("Nobody rings like this.")
    if notice.kind == "broken":
        raise RuntimeError("the bell fell off")
    if notice.kind != "quiet":
        ctx.record("door:1", after=notice.kind)
    return Message(text="Somebody odd rang.") if notice.kind == "odd" else None


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Engine]:
    """An engine with a doorbell, and somebody who looks after it."""

    def move_in(session: Session) -> None:
        root = people.add_person(session, "Root")
        people.link_account(session, root.id, "slack", "T1", "UROOT")
        people.grant(session, root.id, "admin")

    await database.write(move_in)
    async with engine_around(DOORBELL, database) as (engine, _, _):
        yield engine


async def rung(database: Database) -> set[str]:
    known = await database.read(people.departments)
    return {key for key in known if key.startswith("ring")}


async def test_what_is_told_is_done_once_and_audited_without_an_actor(
    engine: Engine, database: Database
) -> None:
    for _ in range(3):
        await engine.heed(Notice("ring-1", "door", "usual"))

    entries = await database.read(
        lambda session: session.connection().execute(sa.select(audit.audit)).all()
    )
    assert await rung(database) == {"ring-1"}
    assert [(one.actor, one.action, one.entity) for one in entries] == [
        (None, "bell.notice_door", "door:1")
    ]


async def test_what_changes_nothing_is_not_entered_in_the_audit(
    engine: Engine, database: Database
) -> None:
    await engine.heed(Notice("ring-1", "door", "quiet"))

    assert (await database.read(lambda s: audit.verify(s, Sealer(KEY)))).entries == 0


async def test_what_the_handler_answers_is_told_to_the_keepers_once(
    engine: Engine, database: Database
) -> None:
    for id in ("ring-1", "ring-2"):
        await engine.heed(Notice(id, "door", "odd"))

    alerts = await database.read(lambda s: jobs.listing(s, jobs.State.READY))
    told = [outbox.unpack(Sealer(KEY), alert.key, alert.payload) for alert in alerts]
    assert {parcel.message.text for parcel in told} == {"Somebody odd rang."}
    assert len({parcel.person for parcel in told}) == len(told)


@pytest.mark.parametrize(("kind", "raised"), [("wrong", Invalid), ("broken", Overloaded)])
async def test_what_fails_leaves_nothing_and_may_be_told_again(
    engine: Engine, database: Database, kind: str, raised: type[Exception]
) -> None:
    with pytest.raises(raised):
        await engine.heed(Notice("ring-1", "door", kind))
    left = await rung(database)
    await engine.heed(Notice("ring-1", "door", "usual"))

    assert left == set()
    assert await rung(database) == {"ring-1"}


def test_two_handlers_for_one_source_are_refused() -> None:
    workflow = Workflow("bell", summary="Rings.")
    workflow.notice("door")(ring.handler)

    with pytest.raises(ValueError, match="twice"):
        workflow.notice("door")(ring.handler)
