"""What a handler leaves for later: sends and timers, as rows of its own transaction."""

from datetime import timedelta

from sqlmodel import Session

from bot import outbox
from bot.context import NOBODY, Context
from bot.inbound import NOWHERE, Place, Room
from bot.ui import Message
from storage import people, places
from storage.jobs import Job
from tests.bot import toys
from tests.bot.house import ADA, CHANNEL, House


def context(house: House, session: Session) -> Context:
    """Return what a handler gets."""
    now = house.clock.now()
    person = people.by_id(session, 1, now=now)
    return Context(
        opened=session,
        person=person,
        place=NOWHERE,
        now=now,
        user=NOBODY,
        request_id="f00d",
        sealer=house.sealer,
    )


def parcel(house: House, job: Job) -> outbox.Parcel:
    return outbox.unpack(house.sealer, job.key, job.payload)


async def test_each_address_is_read_back_as_it_was_sent(house: House) -> None:
    def send(session: Session) -> None:
        ctx = context(house, session)
        for to in (ctx.person, ADA, CHANNEL):
            ctx.send(to, Message(text="Hello."), about="toy:1", sensitive=True)

    await house.write(send)

    parcels = [parcel(house, job) for job in await house.jobs()]
    assert [(one.person, one.user, one.place) for one in parcels] == [
        (1, None, None),
        (None, ADA, None),
        (None, None, CHANNEL),
    ]
    assert {(one.envelope.about, one.envelope.sensitive) for one in parcels} == {("toy:1", True)}
    assert len({one.envelope.key for one in parcels}) == 3


async def test_a_room_is_one_job_for_each_place_and_an_empty_one_none(house: House) -> None:
    def send(session: Session) -> None:
        places.bind_room(session, "panel", places.RoomPlace("slack", "T1", "C1", "1.2"))
        places.bind_room(session, "panel", places.RoomPlace("teams", "T9", "C9"))
        ctx = context(house, session)
        ctx.send(Room("panel"), Message(text="Hello."), key="vote:3")
        ctx.send(Room("nobody"), Message(text="Hello."))

    await house.write(send)

    assert [parcel(house, job).place for job in await house.jobs()] == [
        Place("slack", "T1", "C1", thread="1.2"),
        Place("teams", "T9", "C9"),
    ]


async def test_one_conversation_is_one_lane(house: House) -> None:
    thread, whisper = Place("slack", "T1", "C1", thread="1.2"), CHANNEL.privately(ADA)

    def send(session: Session) -> None:
        for to in (CHANNEL, thread, whisper):
            context(house, session).send(to, Message(text="Hello."))

    await house.write(send)

    assert {job.lane for job in await house.jobs()} == {"slack:T1:C1"}


async def test_what_is_said_under_one_key_is_said_once(house: House) -> None:
    for words in ("Welcome.", "Welcome again."):
        await house.engine.say(CHANNEL, Message(text=words), key="welcome:C1")

    [job] = await house.jobs()
    assert parcel(house, job).message.text == "Welcome."


async def test_a_timer_is_set_once_for_each_key(house: House) -> None:
    at = house.clock.now() + timedelta(hours=1)

    def schedule(session: Session) -> None:
        ctx = context(house, session)
        for key, later in (("toy:1:tidy:1", 0), ("toy:1:tidy:1", 1), ("toy:1:tidy:2", 2)):
            ctx.schedule(toys.tidy, at + timedelta(hours=later), key=key, toy="bear")

    await house.write(schedule)

    assert [(job.key, job.run_at, job.payload) for job in await house.jobs()] == [
        ("toy:1:tidy:1", at, {"route": "toys.tidy", "payload": {"toy": "bear"}}),
        (
            "toy:1:tidy:2",
            at + timedelta(hours=2),
            {"route": "toys.tidy", "payload": {"toy": "bear"}},
        ),
    ]


async def test_a_record_keeps_digests_of_both_states(house: House) -> None:
    def record(session: Session) -> Context:
        ctx = context(house, session)
        ctx.record("toy:1", before="old bear", after="new bear")
        ctx.record("toy:2", after="new bear")
        ctx.require(allowed=True, refusal="Never said.")
        return ctx

    ctx = await house.database.read(record)

    changed, added = ctx.records
    assert changed.before != changed.after == added.after
    assert added.before == ""
    assert "bear" not in str(ctx.records)
