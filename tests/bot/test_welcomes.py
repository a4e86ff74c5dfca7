"""First contact: each person and each channel is welcomed once, in words that fit."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import menu, outbox, welcomes
from bot.engine import Engine
from bot.errors import DeliveryError
from bot.inbound import Arrival, Command, Inbound, Place, UserRef
from bot.outbox import Parcel
from bot.platform import Standing
from bot.ui import Buttons
from storage import joining, people
from storage import welcomes as storage
from storage.database import Session
from storage.people import Account
from tests.bot import toys
from tests.bot.house import ADA, ADAM, CHANNEL, MONDAY, NOBODY_WE_KNOW, OLGA, ROOT, House, text_of
from tests.bot.platforms import all_told

CHAT = Place(platform="slack", tenant="T1", channel="DADA")
ADA_ON_TEAMS = UserRef("teams", "tenant", "ada")
CHAT_ON_TEAMS = Place(platform="teams", tenant="tenant", channel="a:ada")


def writes(
    words: str = "toys", user: UserRef = ADA, place: Place = CHAT, id: str = "m1"
) -> Command:
    return Command(
        id=id,
        user=user,
        place=place,
        inline=False,
        one_to_one=True,
        opens_forms=False,
        name="",
        text=words,
    )


def comes(place: Place, *newcomers: UserRef, user: UserRef = ADA) -> Arrival:
    return Arrival(
        id=f"arrival:{place.channel}",
        user=user,
        place=place,
        inline=False,
        one_to_one=place in {CHAT, CHAT_ON_TEAMS},
        opens_forms=False,
        newcomers=newcomers,
    )


async def welcomed(house: House) -> list[Parcel]:
    parcels = [outbox.unpack(house.sealer, job.key, job.payload) for job in await house.jobs()]
    return [one for one in parcels if one.envelope.key.startswith("welcome:")]


def again(house: House) -> Engine:
    """Return Parley after a restart, or another replica of it: it remembers nothing."""
    return Engine(
        house.database,
        [toys.workflow],
        clock=house.clock,
        sealer=house.sealer,
        admins=frozenset({ROOT}),
        standings=house.standings,
    )


def link_on_teams(session: Session) -> None:
    ada = people.identify(session, "slack", "T1", "UADA", now=MONDAY)
    assert ada is not None
    people.link_account(session, ada.id, "teams", "tenant", "ada")


async def test_the_first_words_of_a_person_are_answered_after_a_welcome(house: House) -> None:
    await house.engine.handle(writes("help"))

    first, second = [
        outbox.unpack(house.sealer, job.key, job.payload) for job in await house.jobs()
    ]
    assert first.place == second.place == CHAT
    assert first.message.text.startswith("Hello Ada. Nice to meet you. I am Parley.")
    [row] = [block for block in first.message.blocks if isinstance(block, Buttons)]
    assert len(row.buttons) == 3
    assert {button.route for button in row.buttons} == {menu.RUN}
    assert menu.INTRODUCTION in second.message.text


async def test_the_admins_are_named_and_an_account_of_the_settings_is_no_name(
    house: House,
) -> None:
    await house.engine.handle(writes())

    [parcel] = await welcomed(house)
    assert "Adam looks after me here" in parcel.message.text
    assert ROOT.user not in parcel.message.text


@pytest.mark.parametrize(
    ("count", "said"), [(0, welcomes.NOBODY_NAMED), (2, "Adam and Ben look after"), (5, "2 more")]
)
async def test_some_admins_are_named_however_many_there_are(
    house: House, count: int, said: str
) -> None:
    def appoint(session: Session) -> None:
        adam = people.identify(session, "slack", "T1", ADAM.user, now=house.clock.now())
        assert adam is not None
        people.revoke(session, adam.id, "admin")
        for name in ("Adam", "Ben", "Cleo", "Dora", "Emil")[:count]:
            people.grant(session, people.add_person(session, name).id, "admin")

    await house.write(appoint)

    await house.engine.handle(comes(CHANNEL))

    [parcel] = await welcomed(house)
    assert said in parcel.message.text


@pytest.mark.parametrize("first", [writes("home"), writes("peek"), comes(CHAT), comes(CHAT, ADA)])
async def test_nobody_is_welcomed_twice_whatever_they_do_and_whichever_replica_hears(
    house: House, first: Inbound
) -> None:
    await house.engine.handle(first)

    for engine in (house.engine, again(house)):
        for inbound in (first, writes("hello", id="m2"), comes(CHAT), writes("toys", id="m3")):
            await engine.handle(inbound)

    assert len(await welcomed(house)) == 1


async def test_two_replicas_that_hear_the_first_words_at_once_welcome_once(house: House) -> None:
    await house.write(link_on_teams)
    acts = [writes(id="one"), writes(id="two", user=ADA_ON_TEAMS, place=CHAT_ON_TEAMS)]

    await asyncio.gather(
        *(engine.handle(act) for engine in (house.engine, again(house)) for act in acts)
    )

    assert len(await welcomed(house)) == 1


async def test_a_quick_answer_does_not_wait_for_the_welcome(house: House) -> None:
    house.slack.answers.clear()

    await house.engine.handle(writes("peek"))
    early = [job.payload for job in await house.jobs()]
    house.slack.answers.set()
    await all_told(house.standings)

    assert len(early) == 1
    assert len(await welcomed(house)) == 1


async def test_an_answer_from_memory_needs_no_room_for_the_welcome(house: House) -> None:
    await house.standings.learn(ADA)
    home = replace(writes("", id="m2"), inline=True, name="home")
    await house.engine.handle(replace(home, one_to_one=False))
    writers = house.database._writers
    assert writers is not None
    room, writers._room = writers._room, 0

    answer = await house.engine.handle(home)
    writers._room = room
    early = await welcomed(house)
    await house.engine.handle(replace(home, id="m3"))

    assert menu.INTRODUCTION in text_of(answer)
    assert early == []
    assert len(await welcomed(house)) == 1


async def test_whom_parley_met_before_a_restart_is_not_looked_up_again(house: House) -> None:
    await house.engine.handle(writes())
    await house.engine.handle(comes(CHANNEL))
    restarted = again(house)
    await restarted.welcomes.recall()
    await house.write(lambda session: session.connection().execute(sa.delete(storage.welcome)))

    await restarted.handle(writes(id="m2"))
    await restarted.handle(comes(CHANNEL))

    assert len(await welcomed(house)) == 2
    assert await house.count("welcome") == 0


async def test_a_person_of_two_platforms_is_welcomed_on_the_first_one(house: House) -> None:
    await house.write(link_on_teams)

    await house.engine.handle(writes())
    await house.engine.handle(comes(CHAT_ON_TEAMS, user=ADA_ON_TEAMS))

    [parcel] = await welcomed(house)
    assert parcel.place == CHAT


async def test_two_who_turn_out_to_be_one_stay_welcomed(house: House) -> None:
    def add(session: Session) -> int:
        other = people.add_person(session, "Ada O.")
        people.link_account(session, other.id, "teams", "tenant", "ada")
        return other.id

    other = await house.database.write(add)
    await house.engine.handle(writes())
    await house.engine.handle(writes(user=ADA_ON_TEAMS, place=CHAT_ON_TEAMS, id="m2"))
    ada = people.identify
    kept = await house.database.read(
        lambda session: ada(session, "slack", "T1", "UADA", now=house.clock.now())
    )
    assert kept is not None

    await house.write(lambda session: joining.join(session, kept.id, other))
    await again(house).handle(writes(user=ADA_ON_TEAMS, place=CHAT_ON_TEAMS, id="m3"))

    assert len(await welcomed(house)) == 2


async def test_an_account_that_was_taken_away_and_given_back_was_met_before(house: House) -> None:
    await house.engine.handle(writes())

    await house.write(lambda s: people.unlink_account(s, Account("slack", "T1", ADA.user)))
    await again(house).handle(writes(id="m2"))

    assert len(await welcomed(house)) == 1


async def test_a_channel_is_welcomed_once_for_all_to_read(house: House) -> None:
    for engine in (house.engine, again(house)):
        await engine.handle(comes(replace(CHANNEL, thread="1.5"), user=OLGA))
        await engine.handle(comes(CHANNEL))

    [parcel] = await welcomed(house)
    assert parcel.place == CHANNEL
    assert parcel.message.text.startswith("Hello, all. I am Parley.")
    assert welcomes.TO_ALL in parcel.message.text


async def test_who_comes_into_a_channel_or_speaks_there_is_not_written_to(house: House) -> None:
    await house.engine.handle(comes(CHANNEL, NOBODY_WE_KNOW))
    await house.engine.handle(replace(writes(place=CHANNEL), one_to_one=False))

    assert await welcomed(house) == []


async def test_a_slash_command_may_belong_to_two_colleagues_and_welcomes_nobody(
    house: House,
) -> None:
    await house.engine.handle(replace(writes("toys"), inline=True, name="parley"))

    assert await welcomed(house) == []


@pytest.mark.parametrize(
    ("standing", "said", "unsaid"),
    [
        (Standing.MEMBER, menu.FOR_STRANGERS, welcomes.FOR_GUESTS),
        (Standing.GUEST, welcomes.FOR_GUESTS, "Adam"),
        (Standing.FOREIGN, welcomes.FOR_GUESTS, "Adam"),
    ],
)
async def test_strangers_and_guests_get_words_that_fit_them(
    house: House, standing: Standing, said: str, unsaid: str
) -> None:
    house.slack.standings[NOBODY_WE_KNOW] = standing

    await house.engine.handle(writes(user=NOBODY_WE_KNOW))

    [parcel] = await welcomed(house)
    assert said in parcel.message.text
    assert unsaid not in parcel.message.text
    assert "toy add" not in str(parcel.message.blocks)


async def test_a_known_person_who_is_a_guest_is_offered_what_guests_may_do(house: House) -> None:
    house.slack.standings[OLGA] = Standing.GUEST

    await house.engine.handle(writes(user=OLGA))

    [parcel] = await welcomed(house)
    assert "Olga" not in parcel.message.text
    assert "toy add" not in str(parcel.message.blocks)


async def test_a_closed_account_is_not_welcomed(house: House) -> None:
    house.slack.standings[ADA] = Standing.GONE

    await house.engine.handle(comes(CHAT))

    assert await welcomed(house) == []


async def test_whom_the_platform_does_not_tell_of_is_welcomed_when_it_does(house: House) -> None:
    house.slack.fail("profile", DeliveryError("down"), DeliveryError("down"))

    await house.engine.handle(comes(CHAT))
    early = await welcomed(house)
    house.clock.advance(timedelta(minutes=1))
    await house.engine.handle(writes())

    assert early == []
    assert len(await welcomed(house)) == 1


@pytest.mark.parametrize(
    ("platform", "said", "unsaid"),
    [("slack", "/parley", "tap"), ("teams", "in our own chat, or after @Parley", "/parley")],
)
async def test_a_welcome_says_what_is_typed_on_the_readers_platform(
    house: House, platform: str, said: str, unsaid: str
) -> None:
    place = Place(platform, "T1", "C9")

    await house.engine.handle(comes(place, user=UserRef(platform, "T1", "U1")))

    [parcel] = await welcomed(house)
    assert said in parcel.message.text
    assert unsaid not in parcel.message.text
