"""Offers: one at a time, until somebody says what became of it."""

import pytest
from sqlmodel import Session

from bot.workflow import NO_SUCH_THING
from tests.workflows.hiring.house import House, said
from tests.workflows.hiring.test_agenda_part import lines
from workflows.agendas.rules import Reach
from workflows.hiring import agenda_part
from workflows.hiring import offering_texts as texts
from workflows.hiring.rules import Outcome
from workflows.hiring.tables import Application


async def on_agenda(house: House) -> list[str]:
    return await lines(house, agenda_part.offers, Reach.COMPANY)


def reject(session: Session) -> None:
    session.get_one(Application, 1).outcome = Outcome.REJECTED


@pytest.mark.parametrize("result", ["accepted", "declined", "withdrawn"])
async def test_agendas_list_an_offer_until_it_is_said_what_became_of_it(
    furnished: House, result: str
) -> None:
    out = await furnished.says("Rita", "candidate offer C-1")
    listed = await on_agenda(furnished)
    card = await furnished.says("Rita", "candidate C-1")

    ended = await furnished.says("Rita", f"candidate offer C-1 {result}")

    assert said(out) == texts.out("C-1", "S-1")
    assert listed == ["1 offer without an answer"]
    assert "Offer (S-1): is out since" in said(card)
    assert said(ended) == f"The offer to C-1 in S-1 was {result}. No agenda lists it any more."
    assert await on_agenda(furnished) == []
    assert f"Offer (S-1): was {result}" in said(await furnished.says("Rita", "candidate C-1"))


async def test_whoever_reads_the_candidate_by_code_reads_of_the_offer(furnished: House) -> None:
    await furnished.says("Rita", "candidate offer C-1")

    card = said(await furnished.says("Max", "candidate C-1"))

    assert "Offer (S-1): is out since" in card
    assert "Ines" not in card


async def test_no_offer_goes_out_to_whoever_is_no_candidate_any_more(furnished: House) -> None:
    await furnished.database.write(reject)

    answer = await furnished.says("Rita", "candidate offer C-1")

    assert said(answer) == texts.over("C-1", "S-1")
    assert await on_agenda(furnished) == []


async def test_one_offer_waits_at_a_time_and_another_follows_the_first(furnished: House) -> None:
    early = await furnished.says("Rita", "candidate offer C-1 accepted")
    await furnished.says("Rita", "candidate offer C-1")
    twice = await furnished.says("Rita", "candidate offer C-1")
    odd = await furnished.says("Rita", "candidate offer C-1 perhaps")
    await furnished.says("Rita", "candidate offer C-1 Declined")
    again = await furnished.says("Rita", "candidate offer C-1")

    assert said(early) == texts.none_out("C-1", "S-1")
    assert said(twice) == texts.out_already("C-1", "S-1")
    assert said(odd) == texts.WHAT_BECAME
    assert said(again) == texts.out("C-1", "S-1")


async def test_recruiters_alone_say_so(furnished: House) -> None:
    assert said(await furnished.says("Max", "candidate offer C-1")) == NO_SUCH_THING
    assert await on_agenda(furnished) == []
