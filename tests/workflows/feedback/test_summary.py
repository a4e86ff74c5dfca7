"""What readers are shown of a round, and what they are not."""

from collections.abc import AsyncIterator
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import Session

from bot.ui import Image, Items, Message, Quote
from bot.workflow import NO_SUCH_THING
from storage.audit import audit
from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import MONDAY, engine_around
from tests.workflows.feedback import reading_house as rows
from tests.workflows.feedback.reading_house import FIVE, IDS, House, button, said
from workflows import feedback
from workflows.feedback import charts, handlers, opening, summarising
from workflows.feedback import summary_texts as texts
from workflows.feedback.rules import CardState, Overall
from workflows.feedback.scores import Spread
from workflows.feedback.tables import GlassBreak
from workflows.hiring.tables import PanelSeat

assert handlers

SUMMARY = "feedback summary C-1"
REASON = '--reason="The debrief was moved ahead of time."'
GOLDEN = dict(zip(FIVE, (4, 3, 2, 3, 3), strict=True))


@pytest.fixture
def furniture() -> Furniture:
    """A panel that met a candidate."""
    return rows.seat_panel


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A panel of three, of whom nobody has said anything yet."""
    async with engine_around(feedback.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer, cards=dict(rows.PANEL))


def facts(answer: object) -> dict[str, str]:
    """Return the figures of a summary."""
    assert isinstance(answer, Message)
    found = [block for block in answer.blocks if block.kind == "facts"]
    return {label: str(value) for each in found for label, value in each.facts}


async def split(house: House) -> None:
    """Let all three say something, of which Ben says the opposite."""
    await house.gives("Ada", GOLDEN, overall=Overall.STRONG_YES)
    await house.gives("Ben", {**GOLDEN, "tech": 1}, overall=Overall.NO)
    await house.gives("Cleo", GOLDEN, overall=Overall.NO_DECISION)


async def test_a_revealed_round_is_read_with_all_that_the_panel_needs(house: House) -> None:
    await split(house)

    answer = await house.says("Hugo", SUMMARY)

    assert isinstance(answer, Message)
    read = facts(answer)
    assert read[texts.SCORE] == "2.800"
    assert read[texts.COVERAGE] == texts.coverage("100")
    assert read[texts.TALLY] == "1 strong yes, 1 no"
    assert read[texts.AGREEMENT] == texts.agreement(1, 1)
    assert texts.MUST_PASS not in read
    quotes = [block for block in answer.blocks if isinstance(block, Quote)]
    assert [quote.text for quote in quotes] == ["Ada saw tech at 4.", "Ben saw tech at 1."]
    [order] = [block for block in answer.blocks if isinstance(block, Items)]
    assert order.items[0] == "Technical depth"
    assert "Ada led the panel" in said(answer)


async def test_a_must_pass_line_below_its_bar_is_flagged(house: House) -> None:
    for name in ("Ada", "Ben", "Cleo"):
        await house.gives(name, dict.fromkeys(FIVE, 4) | {"tech": 2})

    read = facts(await house.says("Rita", SUMMARY))

    assert read[texts.MUST_PASS] == texts.must_pass("Technical depth", "2", 3)


async def test_too_little_assessed_gives_no_number(house: House) -> None:
    await house.gives("Ada", {"tech": 3, "case": "not_assessed"})

    read = facts(await house.says("Ada", SUMMARY))

    assert read[texts.SCORE] == texts.insufficient(70)
    assert read[texts.MISSING] == "Ben, Cleo"


async def test_the_chart_says_in_words_all_that_it_shows(house: House) -> None:
    await split(house)

    answer = await house.says("Ada", SUMMARY)

    assert isinstance(answer, Message)
    [picture] = [block for block in answer.blocks if isinstance(block, Image)]
    assert picture.png.startswith(b"\x89PNG")
    assert "1: Technical depth 1 / 4 / 4." in picture.alt
    assert "3: Communication 2 / 2 / 2." in picture.alt


def test_a_chart_fits_into_a_card() -> None:
    widest = [Spread(1, Fraction(5, 2), 4)] * 12

    assert len(charts.spread_chart(widest)) < 8_000


async def test_a_reader_hears_who_is_waited_for_and_nothing_more(house: House) -> None:
    await house.gives("Cleo", overall=Overall.STRONG_NO)
    await house.gives("Ada")

    blind, recruiter = await house.says("Ben", SUMMARY), await house.says("Rita", SUMMARY)

    for answer in (blind, recruiter):
        assert facts(answer) == {texts.MISSING: "Ben", texts.HIDDEN: "Ada, Cleo"}
        assert "strong no" not in said(answer)


@pytest.mark.parametrize("name", ["Iris", "Remy", "Olga"])
async def test_who_may_never_see_it_hears_that_there_is_nothing(house: House, name: str) -> None:
    await split(house)
    asked = [
        await house.says(name, SUMMARY),
        await house.presses(name, summarising.read_summary.button("-", interview=1)),
        await house.presses(name, summarising.read_card.button("-", card=house.cards["Ada"])),
    ]

    assert {said(answer) for answer in asked} == {said(Message(text=NO_SUCH_THING))}


async def test_one_card_is_read_in_full_by_those_who_may(house: House) -> None:
    await house.gives("Ada", GOLDEN, reason="Ada would work with her.")
    ada = summarising.read_card.button("-", card=house.cards["Ada"])

    closed = await house.presses("Ben", ada)
    await house.gives("Ben")
    await house.gives("Cleo")
    opened = await house.presses("Ben", ada)

    assert said(closed) == said(Message(text=NO_SUCH_THING))
    assert "Ada would work with her." in said(opened)
    assert "Ada saw talk at 2." in said(opened)


async def test_what_was_judged_is_found_again_where_an_answer_was_posted(house: House) -> None:
    await split(house)
    ada = summarising.read_card.button("-", card=house.cards["Ada"])

    for answer in (await house.says("Ada", SUMMARY), await house.presses("Ben", ada)):
        assert isinstance(answer, Message)
        assert answer.about == "candidate:1"


async def test_an_earlier_stage_stays_closed_until_the_later_one_is_judged(house: House) -> None:
    await split(house)
    later = await house.database.write(lambda s: rows.seat(s, ["Ada", "Olga"], stage="final"))
    ada = summarising.read_summary.button("-", interview=1)

    before = facts(await house.presses("Ada", ada))
    assert facts(await house.presses("Olga", ada))[texts.HIDDEN] == "Ada, Ben, Cleo"
    house.cards["Olga"] = later["Olga"]
    await house.gives("Olga")

    assert before[texts.HIDDEN] == "Ben, Cleo"
    assert texts.HIDDEN not in facts(await house.presses("Olga", ada))
    assert facts(await house.presses("Ada", ada))[texts.HIDDEN] == "Ben, Cleo"


async def test_a_revision_after_the_reveal_is_shown_beside_what_counts(house: House) -> None:
    await split(house)
    await house.gives("Ben", GOLDEN, overall=Overall.YES, late=True)

    answer = await house.says("Cleo", SUMMARY)

    assert facts(answer)[texts.SCORE] == "2.800"
    assert "Ben: Technical depth 1 → 4; overall no → yes." in said(answer)


async def test_the_lead_alone_lets_a_revision_count(house: House) -> None:
    await split(house)
    await house.gives("Ben", GOLDEN, overall=Overall.YES, late=True)
    label = texts.count_version("Ben", 2)
    offered = button(await house.says("Ada", SUMMARY), label)

    refused = await house.presses("Cleo", offered)
    nonsense = summarising.count_revision.button("-", card=house.cards["Ben"], version=3)
    await house.presses("Ada", nonsense)
    await house.presses("Ada", offered)

    assert said(refused) == said(Message(text=NO_SUCH_THING))
    answer = await house.says("Cleo", SUMMARY)
    assert facts(answer)[texts.SCORE] == "3.200"
    assert button(await house.says("Ada", SUMMARY), texts.count_version("Ben", 1))


async def test_status_names_who_is_late_to_those_who_look_after_the_search(house: House) -> None:
    await house.gives("Ben")
    house.clock.move_to(rows.DUE + timedelta(hours=26))

    listed = await house.says("Tess", "feedback status S-1")
    hidden = await house.says("Ada", "feedback status S-1")
    barred = await house.says("Remy", "feedback status S-1")

    assert isinstance(listed, Message)
    assert "Ada, C-1, I-1: late by 1 d 2 h. Cleo, C-1, I-1: late by" in listed.text
    assert "Ben" not in listed.text
    assert said(hidden) == said(Message(text=NO_SUCH_THING))
    assert said(barred) == said(Message(text=texts.nobody_pending("S-1")))


async def test_an_admin_breaks_the_glass_and_the_panel_hears_of_it(house: House) -> None:
    await house.gives("Ben", overall=Overall.STRONG_NO)
    closed = facts(await house.says("Adam", SUMMARY))

    short = await house.says("Adam", 'feedback open C-1 --reason="because"')
    opened = await house.says("Adam", f"feedback open C-1 {REASON}")

    assert closed == {texts.HIDDEN: "Ben", texts.MISSING: "Ada, Cleo"}
    assert said(short) == said(Message(text=texts.reason_too_short(opening.SHORTEST_REASON)))
    read = await house.presses("Adam", button(opened, texts.READ_SUMMARY))
    assert facts(read)[texts.TALLY] == "1 strong no"
    sent = await house.told()
    assert [each.person for each in sent] == [IDS["Ada"], IDS["Ben"], IDS["Cleo"]]
    assert all(each.envelope.sensitive for each in sent)
    assert all("strong no" not in said(each.message) for each in sent)
    house.clock.move_to(MONDAY + timedelta(hours=1))
    assert facts(await house.says("Adam", SUMMARY)) == closed


async def test_a_broken_glass_leaves_its_reason_sealed_and_an_entry(house: House) -> None:
    await house.gives("Ben")

    await house.says("Adam", f"feedback open C-1 {REASON}")

    def look(session: Session) -> tuple[str, str, str]:
        broken = session.get_one(GlassBreak, 1)
        reason = house.sealer.open(broken.reason or "", at=opening.REASON, row="1")
        [entry] = session.connection().execute(
            audit.select().where(audit.c.action == "feedback.feedback_open")
        )
        return reason, broken.reason or "", entry.entity

    opened, sealed, entity = await house.database.read(look)
    assert opened == "The debrief was moved ahead of time."
    assert "debrief" not in sealed
    assert entity == "round:1"


async def test_an_admin_who_still_owes_a_card_breaks_no_glass(house: House) -> None:
    await house.changes(lambda s: rows.seat(s, ["Adam"]))
    await house.gives("Ben")

    answer = await house.says("Adam", f"feedback open C-1 {REASON}")

    assert said(answer) == said(Message(text=texts.GIVE_YOURS_FIRST))
    assert await house.told() == []


async def test_what_is_open_already_is_opened_without_a_word_to_anybody(house: House) -> None:
    await split(house)
    told = len(await house.told())

    answer = await house.says("Adam", f"feedback open C-1 {REASON}")

    assert texts.OPEN_ALREADY in said(answer)
    assert len(await house.told()) == told


async def test_nobody_but_an_admin_breaks_the_glass(house: House) -> None:
    await house.gives("Ben")

    answer = await house.says("Rita", f"feedback open C-1 {REASON}")

    assert said(answer) == said(Message(text=NO_SUCH_THING))


async def test_a_card_that_will_not_come_is_neither_missing_nor_in(house: House) -> None:
    await house.gives("Ada")

    def decline(session: Session) -> None:
        rows.card(session, house.cards["Ben"]).state = CardState.DECLINED

    await house.changes(decline)

    assert facts(await house.says("Rita", SUMMARY)) == {texts.MISSING: "Cleo", texts.HIDDEN: "Ada"}
    assert said(await house.says("Ben", SUMMARY)).find("Cleo") == -1


@pytest.mark.parametrize("state", [CardState.REASSIGNED, CardState.VOID])
async def test_who_gave_nothing_and_is_asked_no_more_is_promised_nothing(
    house: House, state: CardState
) -> None:
    await house.gives("Ada")

    def leave(session: Session) -> None:
        session.delete(session.get_one(PanelSeat, (1, IDS["Ben"])))
        rows.card(session, house.cards["Ben"]).state = state

    await house.changes(leave)

    assert said(await house.says("Ben", SUMMARY)) == said(Message(text=NO_SUCH_THING))


async def test_words_that_name_no_candidate_are_asked_again(house: House) -> None:
    for words, text in (
        ("feedback summary", texts.WHICH_CANDIDATE),
        ("feedback summary S-1", texts.WHICH_CANDIDATE),
        ("feedback status", texts.WHICH_SEARCH),
    ):
        assert said(await house.says("Rita", words)) == said(Message(text=text))
    assert said(await house.says("Rita", f"{SUMMARY} --search=S-9")) == said(
        Message(text=NO_SUCH_THING)
    )
