"""Declining, handing over to a colleague, and being reminded later, over both databases."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from bot.platform import Standing
from bot.ui import Form, Problems
from bot.workflow import NO_SUCH_THING
from storage import accounts
from storage.people import Account
from tests.furniture import Furniture
from tests.workflows.engine import MONDAY
from tests.workflows.feedback.house import (
    CARDS,
    COMPLETE,
    EVIDENCE,
    IDS,
    SLACK,
    STAGE,
    TEAMS,
    House,
    account,
    buttons,
    move_in,
    prefilled,
    said,
)
from workflows.feedback import calls, keeping, passing_on, tables
from workflows.feedback import giving_texts as texts
from workflows.feedback.rules import CardState
from workflows.hiring import calls as hiring
from workflows.hiring.rules import InterviewStatus
from workflows.hiring.tables import Interview, PanelSeat, Recusal


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, two candidates, and who met them."""
    return move_in


async def panel(house: House, interview: int = 1) -> set[int]:
    wanted = select(col(PanelSeat.person_id)).where(PanelSeat.interview_id == interview)
    return set(await house.database.read(lambda s: s.exec(wanted).all()))


# Not at all -------------------------------------------------------------------------------


async def test_who_did_not_attend_is_asked_no_more_and_the_recruiter_is_told(
    house: House,
) -> None:
    answer = await house.says("Dan", 'feedback decline I-1 "did not attend"')

    card = await house.card("Dan")
    [told] = await house.sent("Ada")
    assert said(answer) == texts.DECLINED
    assert card.state is CardState.DECLINED
    assert "did not attend" in str(told.message)
    assert (told.envelope.sensitive, told.envelope.about) == (True, "interview:1")
    assert said(await house.says("Dan", "feedback")) == texts.NOTHING_PENDING


async def test_why_is_sealed(house: House) -> None:
    await house.says("Dan", "feedback decline I-1 -- I know them from before.")

    card = await house.card("Dan")
    assert "before" not in str(card.reason)
    opened = house.sealer.open(str(card.reason), at=keeping.WHY, row=str(card.id))
    assert opened == "I know them from before."


async def test_without_a_reason_the_form_asks_for_it(house: House) -> None:
    form = await house.says("Dan", "feedback decline I-1")
    empty = await house.sends("Dan", form, {"why": " "})
    answer = await house.sends("Dan", form, {"why": "I was away."})

    assert isinstance(empty, Problems)
    assert said(answer) == texts.DECLINED


async def test_declining_twice_is_declining_once(house: House) -> None:
    for _ in range(2):
        answer = await house.says("Dan", "feedback decline I-1 away")

        assert said(answer) == texts.DECLINED
    assert len(await house.sent("Ada")) == 1


async def test_what_was_given_is_not_declined(house: House) -> None:
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    answer = await house.says("Dan", "feedback decline I-1 away")

    assert said(answer) == texts.GIVEN_ALREADY
    assert (await house.card("Dan")).state is CardState.SUBMITTED


async def test_the_recruiter_lets_somebody_off(house: House) -> None:
    button = passing_on.decline.button(texts.DECLINE, card=CARDS[1, "Dan"])

    form = await house.presses("Ada", button)
    answer = await house.sends("Ada", form, {"why": "On leave until May."})

    assert said(answer) == texts.waived("Dan", "I-1")
    assert (await house.card("Dan")).state is CardState.DECLINED
    assert said(await house.presses("Cleo", button)) == NO_SUCH_THING


async def test_who_declined_by_mistake_can_still_give_it(house: House) -> None:
    await house.says("Dan", "feedback decline I-1 oops")

    answer = await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    assert said(answer) == texts.THANKS
    assert (await house.card("Dan")).state is CardState.SUBMITTED


# By somebody else -------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_colleague_takes_the_seat_the_card_and_the_work(
    house: House, platform: str
) -> None:
    answer = await house.says("Dan", f"feedback reassign I-1 @{account('Eve').user}", platform)

    old, new = await house.card("Dan"), await house.card("Eve")
    assert said(answer) == texts.handed_over("Eve", "I-1")
    assert (old.state, new.state) == (CardState.REASSIGNED, CardState.REQUESTED)
    assert await panel(house) == {IDS["Cleo"], IDS["Eve"]}
    assert said(await house.sends("Eve", await house.opens("Eve"), COMPLETE)) == texts.THANKS


async def test_who_handed_over_is_told_so_and_changes_nothing(house: House) -> None:
    form = await house.opens("Dan")
    await house.says("Dan", "feedback reassign I-1 @UEVE")

    assert said(await house.says("Dan", "feedback I-1")) == texts.HANDED_OVER
    assert said(await house.sends("Dan", form, COMPLETE)) == texts.HANDED_OVER
    assert said(await house.says("Dan", "feedback")) == texts.NOTHING_PENDING


@pytest.mark.parametrize(
    ("interview", "from_", "to"),
    [
        (1, "Dan", "Dan"),
        (1, "Dan", "Cleo"),  # on the panel already
        (1, "Dan", "Ray"),  # recused
        (1, "Dan", "Lee"),  # has left
        (3, "Cleo", "Ines"),  # the candidate
    ],
)
async def test_only_who_may_interview_takes_over(
    house: House, interview: int, from_: str, to: str
) -> None:
    answer = await house.says(from_, f"feedback reassign I-{interview} @U{to.upper()}")
    form = await house.says(from_, f"feedback reassign I-{interview}")
    picked = await house.sends(from_, form, {"who": f"U{to.upper()}"})

    assert said(answer) == texts.NOT_THEM
    assert isinstance(picked, Problems)
    assert picked.fields == {"who": texts.NOT_THEM}
    assert (await house.card(from_, interview)).state is CardState.REQUESTED


async def test_the_recruiter_hands_a_declined_scorecard_over(house: House) -> None:
    await house.says("Dan", "feedback decline I-1 away")
    [told] = await house.sent("Ada")

    form = await house.presses("Ada", buttons(told.message)[0], TEAMS)
    answer = await house.sends("Ada", form, {"who": "UEVE"}, TEAMS)

    assert said(answer) == texts.handed_over("Eve", "I-1")
    assert (await house.card("Eve")).state is CardState.REQUESTED


async def test_nobody_else_hands_over_what_is_anothers(house: House) -> None:
    dans = {"state": {"card": CARDS[1, "Dan"]}}
    form = (await house.says("Cleo", "feedback reassign I-1")).model_copy(update=dans)  # type: ignore[union-attr]  # a form

    answer = await house.sends("Cleo", form, {"who": "UEVE"})

    assert said(answer) == NO_SUCH_THING


async def test_a_scorecard_that_comes_back_is_asked_for_again(house: House) -> None:
    await house.says("Dan", "feedback reassign I-1 @UEVE")

    answer = await house.says("Eve", "feedback reassign I-1 @UDAN")

    assert said(answer) == texts.handed_over("Dan", "I-1")
    assert (await house.card("Dan")).state is CardState.REQUESTED
    assert await panel(house) == {IDS["Cleo"], IDS["Dan"]}


async def test_two_of_one_panel_hand_over_at_once(house: House) -> None:
    answers = await asyncio.gather(
        house.says("Dan", "feedback reassign I-1 @UEVE"),
        house.says("Cleo", "feedback reassign I-1 @UBEN"),
    )

    assert list(map(said, answers)) == [
        texts.handed_over("Eve", "I-1"),
        texts.handed_over("Ben", "I-1"),
    ]
    assert await panel(house) == {IDS["Eve"], IDS["Ben"]}


async def test_who_watches_hears_of_the_card_and_of_the_panel(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(calls.cards_change, "_hooked", [])
    calls.cards_change(lambda _ctx, card: heard.append(card.state))
    hears = hiring.interviews_change._hooked
    monkeypatch.setattr(hiring.interviews_change, "_hooked", [*hears])
    hiring.interviews_change(lambda _ctx, there: heard.append(there.interview.id))

    await house.says("Dan", "feedback reassign I-1 @UEVE")

    assert heard == [CardState.REASSIGNED, 1]


# Later ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "until", "expected"),
    [
        ("2026-11-02T09:30", "2h", "2026-11-02T11:30"),
        ("2026-11-02T16:00", "2H", "2026-11-03T09:00"),  # Monday after work
        ("2026-11-02T09:30", "tomorrow", "2026-11-03T09:00"),
        ("2026-11-06T16:30", "2h", "2026-11-09T09:00"),  # over a weekend
        ("2026-11-06T09:00", "Tomorrow", "2026-11-09T09:00"),
    ],
)
async def test_a_snooze_ends_within_working_hours(
    house: House, now: str, until: str, expected: str
) -> None:
    house.clock.move_to(datetime.fromisoformat(now).replace(tzinfo=UTC))
    due = (await house.card("Dan")).due_at

    answer = await house.says("Dan", f"feedback snooze I-1 {until}")

    card = await house.card("Dan")
    assert card.snoozed_until == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert card.due_at == due
    assert expected.replace("T", " ") in said(answer)


async def test_the_button_of_a_reminder_snoozes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = passing_on.snooze.button("Tomorrow", card=CARDS[1, "Dan"], until="tomorrow")

    heard: list[object] = []
    monkeypatch.setattr(calls.cards_change, "_hooked", [])
    calls.cards_change(lambda _ctx, card: heard.append(card.state))

    await house.presses("Dan", button)
    refused = await house.presses("Cleo", button)

    assert (await house.card("Dan")).snoozed_until is not None
    assert heard == [CardState.REQUESTED]
    assert said(refused) == NO_SUCH_THING


@pytest.mark.parametrize("until", ["", "0h", "100h", "2", "next week"])
async def test_a_snooze_that_cannot_be_read_is_explained(house: House, until: str) -> None:
    answer = await house.says("Dan", f"feedback snooze I-1 {until}")

    assert said(answer) == texts.SNOOZE_HOW
    assert (await house.card("Dan")).snoozed_until is None


async def test_there_is_nothing_to_snooze_in_what_is_given(house: House) -> None:
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    assert said(await house.says("Dan", "feedback snooze I-1 2h")) == texts.GIVEN_ALREADY


async def test_the_forms_say_what_they_are_about(house: House) -> None:
    for words in ("decline", "reassign"):
        form = await house.says("Dan", f"feedback {words} I-1")

        assert isinstance(form, Form)
        assert "I-1 with C-1 for S-1 SOC analyst, technical interview" in str(form)
        assert set(prefilled(form).values()) == {""}


# What it must not do ------------------------------------------------------------------------


async def test_handing_the_last_scorecard_over_opens_nothing(house: House) -> None:
    await settle_interview_two(house)
    await house.sends("Cleo", await house.opens("Cleo"), COMPLETE)

    await house.says("Dan", "feedback reassign I-1 @UEVE")

    round_ = await house.database.read(lambda s: tables.round_of(s, 1, STAGE))
    assert round_ is None or round_.revealed_at is None
    assert EVIDENCE not in str(await house.says("Eve", "feedback summary C-1"))


async def test_who_declined_and_lost_the_seat_is_asked_when_given_another(house: House) -> None:
    await house.says("Dan", "feedback decline I-1 away")

    def leave(session: Session) -> None:
        session.delete(session.get_one(PanelSeat, (1, IDS["Dan"])))

    await house.database.write(leave)
    await house.says("Cleo", "feedback reassign I-1 @UEVE")
    answer = await house.says("Eve", "feedback reassign I-1 @UDAN")

    assert said(answer) == texts.handed_over("Dan", "I-1")
    assert (await house.card("Dan")).state is CardState.REQUESTED


async def test_why_somebody_declines_is_told_to_nobody_who_is_recused(house: House) -> None:
    await house.add(Recusal(application_id=1, person_id=IDS["Ada"], at=MONDAY))

    await house.says("Dan", "feedback decline I-1 away")

    assert await house.sent("Ada") == []


async def test_no_guest_takes_a_seat(house: House) -> None:
    def become_guest(session: Session) -> None:
        for platform in (SLACK, TEAMS):
            own = account("Eve", platform)
            of = Account(own.platform, own.tenant, own.user)
            accounts.note_standing(session, of, Standing.GUEST, now=MONDAY)

    await house.database.write(become_guest)

    assert said(await house.says("Dan", "feedback reassign I-1 @UEVE")) == texts.NOT_THEM


async def settle_interview_two(house: House) -> None:
    """Leave nothing to be waited for but the first interview."""

    def settle(session: Session) -> None:
        for card in tables.cards_of(session, [2]):
            card.state = CardState.VOID
        session.get_one(Interview, 2).status = InterviewStatus.CANCELLED

    await house.database.write(settle)
