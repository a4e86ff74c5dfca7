"""What reaches people beside the answer to an act: searches, and answers told."""

import pytest

from bot import menu, outbox
from bot.errors import Overloaded
from bot.inbound import Press, Query, UserRef
from bot.ui import Message, Result, Results
from bot.workflow import NO_SUCH_THING
from tests.bot.house import ADA, CHANNEL, NOBODY_WE_KNOW, House, text_of


def typed(text: str, *, user: UserRef = ADA, route: str = "toys.find") -> Query:
    return Query(id="q1", user=user, place=CHANNEL, route=route, text=text)


async def parcels(house: House) -> list[outbox.Parcel]:
    return [outbox.unpack(house.sealer, job.key, job.payload) for job in await house.jobs()]


async def test_a_search_answers_with_what_may_be_chosen(house: House) -> None:
    for toy in ("Bear", "Ball", "Car"):
        await house.says(f"toy add {toy}")
    acts = await house.count("inbound")

    answer = await house.engine.handle(typed("b"))

    assert isinstance(answer, Results)
    assert {result.title for result in answer.results} == {"Bear", "Ball"}
    assert await house.count("inbound") == acts


async def test_the_same_search_is_answered_each_time(house: House) -> None:
    first = await house.engine.handle(typed("b"))
    await house.says("toy add Bear")
    second = await house.engine.handle(typed("b"))

    assert isinstance(first, Results)
    assert isinstance(second, Results)
    assert (len(first.results), len(second.results)) == (0, 1)


async def test_a_search_is_refused_to_whom_it_is_not_for(house: House) -> None:
    answer = await house.engine.handle(typed("b", user=NOBODY_WE_KNOW))

    assert text_of(answer) == menu.FOR_STRANGERS


async def test_a_search_that_nobody_registered_finds_no_such_thing(house: House) -> None:
    answer = await house.engine.handle(typed("b", route="toys.wave"))

    assert text_of(answer) == NO_SUCH_THING


async def test_an_answer_that_is_told_goes_to_the_person_once(house: House) -> None:
    press = Press(id="p1", user=ADA, place=CHANNEL, route="toys.wave")

    for _ in range(2):
        await house.engine.tell(press, Message(text="Hello."))

    [parcel] = await parcels(house)
    assert (parcel.user, parcel.place) == (ADA, None)
    assert parcel.message == Message(text="Hello.")
    assert parcel.envelope.otherwise == (CHANNEL.privately(ADA),)


async def test_results_that_are_told_are_told_in_words(house: House) -> None:
    bear = Result(title="Bear", summary="In the box.", message=Message(text="A bear."))
    press = Press(id="p1", user=ADA, place=CHANNEL, route="toys.wave")

    await house.engine.tell(press, Results(text="One toy.", results=(bear,)))

    [parcel] = await parcels(house)
    assert parcel.message == Message(text="One toy.")


async def test_when_too_much_waits_nothing_is_told_and_a_repeat_is_asked_for(
    house: House,
) -> None:
    press = Press(id="p1", user=ADA, place=CHANNEL, route="toys.wave")
    await house.database.close()

    with pytest.raises(Overloaded):
        await house.engine.tell(press, Message(text="Hello."))
