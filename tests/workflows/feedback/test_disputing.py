"""What a disagreement leads to: one vote by itself, or a word to the panel's lead alone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from bot.inbound import Place, Submission
from bot.ui import Answer, Button, Form
from storage import people, roster
from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.acting import prefilled
from tests.workflows.engine import MONDAY, engine_around
from tests.workflows.feedback import reading_house as rows
from tests.workflows.feedback.reading_house import FIVE, IDS, House, button, said
from workflows import feedback, votes
from workflows.feedback import handlers
from workflows.feedback import summary_texts as texts
from workflows.feedback.rules import Overall
from workflows.hiring.tables import PanelSeat, Search
from workflows.votes import handlers as votes_handlers
from workflows.votes import opening_texts
from workflows.votes.rules import Dispute, Trigger
from workflows.votes.tables import Elector, Vote

assert handlers
assert votes_handlers

YES, STRONG_YES, NO, STRONG_NO = (
    Overall.YES,
    Overall.STRONG_YES,
    Overall.NO,
    Overall.STRONG_NO,
)
#: Ben leads nothing and is of talent acquisition, like Tess, who owns the search there.
DEPARTMENTS = {"Ada": "security", "Ben": "ta", "Cleo": "security", "Hugo": "security", "Tess": "ta"}


def settle(session: Session) -> None:
    """Let everybody be of a department, and nobody be barred."""
    rows.seat_panel(session)
    rows.bind_room(session)
    rows.nobody_barred(session)
    for name, department in DEPARTMENTS.items():
        someone = people.by_id(session, IDS[name], now=MONDAY)
        roster.correct(session, replace(someone, department=department))


@pytest.fixture
def furniture() -> Furniture:
    """A panel of two departments."""
    return settle


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A panel of three, of two departments, that was just asked."""
    beside = [votes.workflow]
    async with engine_around(feedback.workflow, database, beside=beside) as (engine, clock, sealer):
        made = House(engine, database, clock, sealer, cards=dict(rows.PANEL))
        await made.tells(1)
        yield made


async def all_give(house: House, *overalls: Overall) -> None:
    for name, overall in zip(("Ada", "Ben", "Cleo"), overalls, strict=False):
        await house.gives(name, overall=overall)


async def opened(house: House) -> list[Vote]:
    return await house.database.read(lambda session: list(session.exec(select(Vote)).all()))


async def suggested(house: House) -> dict[str, Button]:
    """Return to whom a vote was suggested, with the button that opens its form."""
    names = {id: name for name, id in IDS.items()}
    found = [one for one in await house.sent() if "disagreement" in one.envelope.key]
    return {
        names[one.person or 0]: button(one.message, texts.ESCALATE)
        for one in found
        if one.envelope.sensitive
    }


async def sends(house: House, name: str, form: Answer) -> Answer:
    """Let somebody send a form as it was filled in for them."""
    assert isinstance(form, Form)
    user = rows.account(name)
    place = Place(user.platform, "T1", "C1")
    filled = Submission(
        id=f"form-{name}",
        user=user,
        place=place,
        route=form.route,
        state=form.state,
        answers=prefilled(form),
    )
    return await house.engine.handle(filled)


async def test_a_grave_disagreement_opens_a_vote_in_the_rooms_of_the_search(house: House) -> None:
    await all_give(house, STRONG_NO, YES, STRONG_YES)

    [vote] = await opened(house)

    assert (vote.trigger, vote.dispute) == (Trigger.EXTREMES, Dispute.TECHNICAL)
    assert (vote.origin, vote.opened_by, vote.stage) == ("round:1", None, rows.STAGE)
    [card] = [one for one in await house.sent() if one.envelope.key == "vote:1"]
    assert card.place == Place("slack", "T1", "CPANEL")
    assert "C-1 in S-1, stage onsite" in card.message.text
    assert await suggested(house) == {}
    assert await electors(house) == {"Ada", "Ben", "Cleo", "Hugo", "Tess"}


async def test_two_last_cards_at_once_open_one_vote(house: House) -> None:
    await house.gives("Ada", overall=STRONG_NO)

    await asyncio.gather(
        house.gives("Ben", overall=STRONG_YES), house.gives("Cleo", overall=STRONG_YES)
    )

    assert [vote.origin for vote in await opened(house)] == ["round:1"]
    cards = [one for one in await house.sent() if one.envelope.key == "vote:1"]
    assert len(cards) == 1


async def test_a_plain_disagreement_is_told_to_the_lead_alone(house: House) -> None:
    await house.gives("Ada", {**FIVE, "case": 1})
    await house.gives("Ben")
    await house.gives("Cleo")

    found = await suggested(house)

    assert (list(found), await opened(house)) == (["Ada"], [])
    form = await house.presses("Ada", found["Ada"])
    assert prefilled(form)["question"] == texts.question("C-1", "S-1", rows.STAGE)
    assert "V-1 is open" in said(await sends(house, "Ada", form))
    [vote] = await opened(house)
    assert (vote.trigger, vote.opened_by, vote.origin) == (Trigger.PERSON, IDS["Ada"], None)


async def test_a_lead_who_has_left_is_not_asked_but_who_recruits(house: House) -> None:
    await house.changes(lambda session: people.deactivate(session, IDS["Ada"]))
    await house.gives("Ada", {**FIVE, "case": 1})
    await house.gives("Ben")
    await house.gives("Cleo")

    assert list(await suggested(house)) == ["Tess"]


@pytest.mark.parametrize("overalls", [(YES, YES, STRONG_YES), (NO, YES, YES)])
async def test_what_differs_a_little_leads_to_nothing(
    house: House, overalls: tuple[Overall, ...]
) -> None:
    await all_give(house, *overalls)

    assert (await opened(house), await suggested(house)) == ([], {})


async def test_a_card_that_comes_late_can_open_the_vote(house: House) -> None:
    await all_give(house, STRONG_YES, STRONG_YES)
    await house.moves_to(await house.opens_at())
    assert await opened(house) == []

    await house.gives("Cleo", overall=STRONG_NO)
    await house.gives("Cleo", {**FIVE, "tech": 1}, overall=STRONG_NO)

    assert [vote.origin for vote in await opened(house)] == ["round:1"]


async def test_what_was_written_after_the_reveal_opens_nothing(house: House) -> None:
    await all_give(house, STRONG_YES, STRONG_YES, STRONG_YES)

    await house.gives("Ben", {**FIVE, "case": 1}, overall=STRONG_NO, late=True)

    assert (await opened(house), await suggested(house)) == ([], {})


async def test_what_is_over_or_opened_by_hand_is_not_opened_again(house: House) -> None:
    await all_give(house, STRONG_YES, STRONG_YES)
    await house.moves_to(await house.opens_at())
    form = await house.says("Hugo", "escalate C-1 What now?")
    await sends(house, "Hugo", form)

    await house.gives("Cleo", overall=STRONG_NO)

    assert [vote.trigger for vote in await opened(house)] == [Trigger.PERSON]
    assert await suggested(house) == {}


@pytest.mark.parametrize("is_one_sided", [True, False])
async def test_where_no_vote_can_be_held_the_lead_hears_why(
    house: House, is_one_sided: bool
) -> None:
    def change(session: Session) -> None:
        if is_one_sided:
            for name in ("Ben", "Tess"):
                someone = people.by_id(session, IDS[name], now=MONDAY)
                roster.correct(session, replace(someone, department="legal"))
        else:
            session.get_one(Search, 1).hiring_manager_id = None

    await house.changes(change)
    await all_give(house, STRONG_NO, YES, STRONG_YES)

    why = opening_texts.nobody_of(["ta"]) if is_one_sided else opening_texts.NO_DECIDER
    assert await opened(house) == []
    [told] = [one for one in await house.sent() if "disagreement" in one.envelope.key]
    assert (told.person, why in told.message.text) == (IDS["Ada"], True)


async def test_nobody_opens_a_vote_while_the_panel_judges_alone(house: House) -> None:
    await all_give(house, STRONG_NO, STRONG_YES)

    answer = await house.says("Hugo", "escalate C-1")

    about = texts.title("C-1", "S-1", rows.STAGE)
    assert texts.vote_must_wait(about) in said(answer)
    assert texts.ESCALATE not in said(await house.says("Ada", "feedback summary C-1"))


async def test_who_joined_an_open_round_still_judges_alone(house: House) -> None:
    await all_give(house, YES, YES, YES)

    def join(session: Session) -> dict[str, int]:
        session.add(PanelSeat(interview_id=1, person_id=IDS["Olga"]))
        return rows.ask(session, "Olga")

    house.cards |= await house.database.write(join)
    assert "still judges alone" in said(await house.says("Hugo", "escalate C-1"))
    await house.gives("Olga", {**FIVE, "case": 1})

    assert list(await suggested(house)) == ["Ada"]


async def test_the_summary_has_a_button_that_escalates(house: House) -> None:
    await all_give(house, YES, YES, YES)
    summary = await house.says("Cleo", "feedback summary C-1")

    form = await house.presses("Cleo", button(summary, texts.ESCALATE))

    assert isinstance(form, Form)
    assert form.state["application"] == 1


async def electors(house: House) -> set[str]:
    found = await house.database.read(lambda session: session.exec(select(Elector)).all())
    return {name for name, id in IDS.items() if id in {one.person_id for one in found}}
