"""Giving feedback by the form and by one typed line, over both databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.ui import Choice, Form, LongText, Message
from bot.workflow import NO_SUCH_THING
from storage.audit import audit
from tests.furniture import Furniture
from tests.workflows.feedback.house import (
    CARDS,
    COMPLETE,
    EVIDENCE,
    KEYS,
    SLACK,
    TEAMS,
    House,
    buttons,
    move_in,
    prefilled,
    said,
)
from workflows.feedback import calls, hints
from workflows.feedback import giving_texts as texts
from workflows.feedback.rules import NOT_ASSESSED, CardState
from workflows.feedback.tables import Draft, Scorecard
from workflows.hiring.rules import Reveal
from workflows.hiring.tables import Search

#: The scorecard of COMPLETE, as somebody types it.
TYPED = (
    "overall=yes tech=4 ir=3 comm=2 growth=3 val=3 -- "
    f"tech: {COMPLETE['tell_tech']} comm: “{COMPLETE['tell_comm']}” overall: {COMPLETE['reason']}"
)


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, two candidates, and who met them."""
    return move_in


def problems(answer: object) -> dict[str, str]:
    """Return what a form that came back says beside its inputs."""
    assert isinstance(answer, Form), answer
    return answer.problems


# What waits -------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["feedback", "scorecard"])
async def test_what_waits_is_shown_by_its_due_time_with_a_button_each(
    house: House, word: str
) -> None:
    answer = await house.says("Cleo", word)

    assert said(answer) == "3 scorecards wait for you: I-1, I-3, I-2"
    assert [button.label for button in buttons(answer)] == [
        "Give feedback: I-1",
        "Give feedback: I-3",
        "Give feedback: I-2",
    ]
    assert "C-1" in str(answer)


async def test_who_is_asked_for_nothing_reads_so(house: House) -> None:
    assert said(await house.says("Eve", "feedback")) == texts.NOTHING_PENDING


async def test_home_says_how_many_wait(house: House) -> None:
    for name, there in (("Dan", True), ("Eve", False)):
        home = await house.says(name, "home")

        assert isinstance(home, Message)
        assert ("1 scorecard waits for you:" in home.model_dump_json()) is there


@pytest.mark.parametrize("words", ["feedback I-1", "SCORECARD i-1", "feedback C-1"])
async def test_the_form_opens_by_interview_and_by_candidate(house: House, words: str) -> None:
    form = await house.says("Dan", words)

    assert isinstance(form, Form)
    assert form.title == "Feedback on I-1"
    assert {f"rate_{key}" for key in KEYS} <= prefilled(form).keys()


async def test_of_several_interviews_with_one_candidate_one_is_picked(house: House) -> None:
    answer = await house.says("Cleo", "feedback C-1")
    picked = await house.presses("Cleo", buttons(answer)[1])

    assert said(answer) == f"{texts.SEVERAL} I-1, I-2"
    assert isinstance(picked, Form)
    assert picked.title == "Feedback on I-2"


async def test_a_candidate_is_looked_for_in_the_search_that_is_named(house: House) -> None:
    there = await house.says("Dan", "feedback C-1 --search=S-1")
    elsewhere = await house.says("Dan", "feedback C-1 --search=S-2")

    assert isinstance(there, Form)
    assert said(elsewhere) == NO_SUCH_THING


@pytest.mark.parametrize("words", ["I-1", "I-99", "C-1", "C-99", "quick I-1 tech=4", "revise I-1"])
async def test_what_is_not_ones_own_reads_like_what_does_not_exist(
    house: House, words: str
) -> None:
    assert said(await house.says("Eve", f"feedback {words}")) == NO_SUCH_THING


async def test_nobody_opens_anothers_scorecard_by_its_number(house: House) -> None:
    form = await house.opens("Dan")
    forged = form.model_copy(update={"state": {"card": CARDS[1, "Cleo"]}})

    sent = await house.sends("Dan", forged, COMPLETE)

    assert said(sent) == NO_SUCH_THING
    assert await house.versions("Cleo") == []


async def test_the_candidate_and_the_recused_never_have_a_scorecard(house: House) -> None:
    for name, interview in (("Ines", 3), ("Ray", 1)):
        person = {"Ines": 6, "Ray": 7}[name]
        now = house.clock.now()
        card = Scorecard(
            interview_id=interview, interviewer_id=person, requested_at=now, due_at=now
        )
        await house.add(card)

        assert said(await house.says(name, f"feedback I-{interview}")) == NO_SUCH_THING
        assert said(await house.says(name, "feedback")) == texts.NOTHING_PENDING


async def test_the_shortcut_finds_the_code_in_a_message(house: House) -> None:
    form = await house.uses("Dan", "feedback.give_quoted", "Who writes up i-1, please?")
    listed = await house.uses("Dan", "feedback.give_quoted", "Who writes up I-99, or I-2?")

    assert isinstance(form, Form)
    assert said(listed).startswith("1 scorecard waits")


async def test_the_form_shows_the_rubric_and_asks_each_criterion(house: House) -> None:
    form = await house.opens("Dan")

    shown = form.model_dump_json()
    questions = {question.name: question for question in form.questions()}
    assert "Technical depth (40 %)" in shown
    assert "4: What somebody does who is 4 on this scale." in shown
    for key in KEYS:
        rating, evidence = questions[f"rate_{key}"], questions[f"tell_{key}"]
        assert isinstance(rating, Choice)
        assert isinstance(evidence, LongText)
        assert [option.value for option in rating.options] == ["1", "2", "3", "4", NOT_ASSESSED]
    assert not any(question.required for question in form.questions())


# Handing in -------------------------------------------------------------------------------


async def test_a_complete_scorecard_is_in(house: House) -> None:
    answer = await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    card = await house.card("Dan")
    [(version, judgement)] = await house.versions("Dan")
    assert said(answer) == texts.THANKS
    assert (card.state, card.version, card.counted) == (CardState.SUBMITTED, 1, 1)
    assert (card.submitted_at, card.minutes_late) == (house.clock.now(), 0)
    assert judgement.ratings == dict(zip(KEYS, (4, 3, 2, 3, 3), strict=True))
    assert judgement.evidence == {"tech": EVIDENCE, "comm": COMPLETE["tell_comm"]}
    assert (version.hints, version.post_reveal) == ({}, False)
    assert EVIDENCE not in str(version.words)


async def test_the_audit_knows_the_scorecard_and_not_its_words(house: House) -> None:
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    rows = await house.database.read(lambda s: s.connection().execute(audit.select()).all())
    assert f"scorecard:{CARDS[1, 'Dan']}" in str(rows)
    assert EVIDENCE not in str(rows)


async def test_late_is_counted_in_minutes_after_the_due_time(house: House) -> None:
    due = (await house.card("Dan")).due_at
    house.clock.move_to(due + timedelta(minutes=90, seconds=59))

    await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    assert (await house.card("Dan")).minutes_late == 90


async def test_a_search_that_reveals_after_ones_own_says_so(house: House) -> None:
    def open_up(session: Session) -> None:
        session.get_one(Search, 1).reveal = Reveal.AFTER_OWN

    await house.database.write(open_up)

    answer = await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    assert said(answer) == texts.THANKS_OWN


async def test_what_is_missing_comes_back_beside_its_inputs_and_nothing_is_lost(
    house: House,
) -> None:
    typed = {**COMPLETE, "tell_tech": "Too short.", "rate_ir": "", "overall": ""}

    again = await house.sends("Dan", await house.opens("Dan"), typed)

    assert problems(again).keys() == {"tell_tech", "rate_ir", "overall"}
    assert (await house.card("Dan")).state is CardState.DRAFT
    assert await house.versions("Dan") == []
    reopened = prefilled(await house.opens("Dan", platform=TEAMS))
    assert {name: reopened[name] for name in typed} == typed


async def test_what_came_back_can_be_put_right_and_sent(house: House) -> None:
    again = await house.sends("Dan", await house.opens("Dan"), {**COMPLETE, "rate_ir": ""})

    answer = await house.sends("Dan", again, {"rate_ir": "3"})

    assert said(answer) == texts.THANKS
    assert len(await house.versions("Dan")) == 1


async def test_a_draft_is_kept_unchecked_and_goes_on_anywhere(house: House) -> None:
    begun = {"rate_tech": "4", "tell_ir": "Half a sent", "as_draft": "true"}

    answer = await house.sends("Dan", await house.opens("Dan"), begun)

    reopened = prefilled(await house.opens("Dan", platform=TEAMS))
    assert said(answer) == texts.DRAFT_KEPT
    assert (reopened["rate_tech"], reopened["tell_ir"]) == ("4", "Half a sent")
    assert (await house.card("Dan")).state is CardState.DRAFT


async def test_a_draft_at_rest_is_sealed_and_ends_with_the_submission(house: House) -> None:
    form = await house.opens("Dan")
    await house.sends("Dan", form, {**COMPLETE, "as_draft": "true"})
    before = await stored_drafts(house)

    await house.sends("Dan", await house.opens("Dan"), {"as_draft": ""})

    assert len(before) == 1
    assert EVIDENCE not in str(before)
    assert await stored_drafts(house) == []


async def stored_drafts(house: House) -> list[object]:
    table = Draft.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
    return list(await house.database.read(lambda s: s.connection().execute(table.select()).all()))


async def test_the_form_and_a_typed_line_store_the_same(house: House) -> None:
    await house.sends("Cleo", await house.opens("Cleo"), COMPLETE)
    answer = await house.says("Dan", f"feedback quick I-1 {TYPED}", TEAMS)

    [(one, by_form)] = await house.versions("Cleo")
    [(other, by_line)] = await house.versions("Dan")
    assert said(answer) == texts.THANKS
    assert by_form == by_line
    kept = {"ratings", "overall", "hints", "submitted_at", "post_reveal", "version"}
    assert one.model_dump(include=kept) == other.model_dump(include=kept)


async def test_the_form_and_a_typed_line_are_held_to_the_same(house: House) -> None:
    typed = {**COMPLETE, "tell_tech": "Too short.", "rate_growth": ""}

    again = await house.sends("Cleo", await house.opens("Cleo"), typed)
    line = TYPED.replace(EVIDENCE, "Too short.").replace("growth=3 ", "")
    answer = await house.says("Dan", f"feedback quick I-1 {line}")

    beside = problems(again)
    assert beside.keys() == {"tell_tech", "rate_growth"}
    assert all(problem in said(answer) for problem in beside.values())
    assert "Evidence" not in said(answer)
    assert prefilled(await house.opens("Dan")) == prefilled(await house.opens("Cleo"))


async def test_a_refused_line_leads_to_the_form_with_all_that_was_typed(house: House) -> None:
    answer = await house.says("Dan", f"feedback quick I-1 tech=4 -- {EVIDENCE}")

    form = await house.presses("Dan", buttons(answer)[0])
    assert (prefilled(form)["rate_tech"], prefilled(form)["tell_tech"]) == ("4", EVIDENCE)


# Twice ------------------------------------------------------------------------------------


async def test_the_same_again_is_in_already(house: House) -> None:
    form = await house.opens("Dan")
    await house.sends("Dan", form, COMPLETE)

    again = await house.sends("Dan", form, COMPLETE, TEAMS)
    typed = await house.says("Dan", f"feedback quick I-1 {TYPED}")

    assert said(again) == said(typed) == texts.ALREADY_IN
    assert len(await house.versions("Dan")) == 1


async def test_what_arrives_twice_leaves_a_later_draft_alone(house: House) -> None:
    form = await house.opens("Dan")
    await house.sends("Dan", form, COMPLETE)
    await house.sends("Dan", await house.opens("Dan"), {"rate_ir": "1", "as_draft": "true"})

    await house.sends("Dan", form, COMPLETE)

    assert prefilled(await house.opens("Dan"))["rate_ir"] == "1"


async def test_two_platforms_at_once_make_one_submission(house: House) -> None:
    form = await house.opens("Dan")

    answers = await asyncio.gather(
        *(house.sends("Dan", form, COMPLETE, platform) for platform in (SLACK, TEAMS) * 3)
    )

    assert sorted(map(said, answers)) == sorted([texts.THANKS, *[texts.ALREADY_IN] * 5])
    assert len(await house.versions("Dan")) == 1


# Changing ---------------------------------------------------------------------------------


async def test_before_the_panel_has_read_the_newest_version_counts(house: House) -> None:
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)
    form = await house.says("Dan", "feedback revise I-1")

    await house.sends("Dan", form, {"rate_ir": "not_assessed", "tell_ir": "No time was left."})

    card, versions = await house.card("Dan"), await house.versions("Dan")
    assert texts.REVISING in str(form)
    assert (card.state, card.version, card.counted) == (CardState.REVISED, 2, 2)
    assert [judged.ratings["ir"] for _, judged in versions] == [3, NOT_ASSESSED]
    assert [version.post_reveal for version, _ in versions] == [False, False]


async def test_after_the_panel_has_read_the_first_version_still_counts(house: House) -> None:
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)
    await house.reveal()
    form = await house.says("Dan", "feedback revise I-1")

    answer = await house.sends("Dan", form, {"rate_ir": "not_assessed", "tell_ir": "No time."})

    card, versions = await house.card("Dan"), await house.versions("Dan")
    assert texts.REVISING_LATE in str(form)
    assert said(answer) == texts.THANKS_LATE
    assert (card.state, card.version, card.counted) == (CardState.REVISED, 2, 1)
    assert [version.post_reveal for version, _ in versions] == [False, True]


async def test_a_draft_of_a_change_leaves_what_was_sent_where_it_is(house: House) -> None:
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)

    await house.sends("Dan", await house.opens("Dan"), {"rate_ir": "1", "as_draft": "true"})

    card = await house.card("Dan")
    assert (card.state, card.version) == (CardState.SUBMITTED, 1)
    assert prefilled(await house.opens("Dan"))["rate_ir"] == "1"


async def test_a_change_does_not_make_late_what_was_on_time(house: House) -> None:
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)
    first = await house.card("Dan")
    house.clock.move_to(first.due_at + timedelta(days=1))

    await house.says("Dan", "feedback quick I-1 growth=not_assessed -- growth: Not my part.")

    card = await house.card("Dan")
    assert (card.submitted_at, card.minutes_late, card.version) == (first.submitted_at, 0, 2)


# Hints ------------------------------------------------------------------------------------

HINTED = {**COMPLETE, "reason": f"She mentioned that she is pregnant. {EVIDENCE}"}


async def test_a_hint_holds_a_scorecard_up_once(house: House) -> None:
    form = await house.opens("Dan")
    again = await house.sends("Dan", form, HINTED)
    unread = await house.sends("Dan", again, {})
    answer = await house.sends("Dan", again, {"keep_words": "true"})

    [(version, _)] = await house.versions("Dan")
    assert "keep_words" not in prefilled(form)
    assert problems(again) == {"reason": texts.hint({hints.Hint.FAMILY})}
    assert problems(unread) == problems(again)
    assert said(answer) == texts.THANKS
    assert version.hints == {"family": 1}


async def test_words_that_were_changed_leave_no_hint(house: House) -> None:
    again = await house.sends("Dan", await house.opens("Dan"), HINTED)

    await house.sends("Dan", again, {"reason": COMPLETE["reason"]})

    [(version, _)] = await house.versions("Dan")
    assert version.hints == {}


async def test_keeping_ones_words_does_not_cover_what_is_written_after(house: House) -> None:
    again = await house.sends("Dan", await house.opens("Dan"), HINTED)

    other = {"keep_words": "true", "tell_tech": f"His accent is strong. {EVIDENCE}"}
    once_more = await house.sends("Dan", again, other)

    assert problems(once_more) == {"tell_tech": texts.hint({hints.Hint.ORIGIN})}


async def test_a_typed_line_keeps_its_words_by_a_flag(house: House) -> None:
    line = TYPED.replace(COMPLETE["reason"], HINTED["reason"])

    refused = await house.says("Dan", f"feedback quick I-1 {line}")
    answer = await house.says("Dan", f"feedback quick I-1 --keep {line}")

    [(version, _)] = await house.versions("Dan")
    assert texts.HINTS[hints.Hint.FAMILY] in said(refused)
    assert said(answer) == texts.THANKS
    assert version.hints == {"family": 1}


# Who watches ------------------------------------------------------------------------------


async def test_who_watches_hears_of_each_submission(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[CardState, int]] = []
    monkeypatch.setattr(calls.cards_change, "_hooked", [])
    calls.cards_change(lambda _ctx, card: heard.append((card.state, card.version)))

    await house.sends("Dan", await house.opens("Dan"), {"as_draft": "true"})
    await house.sends("Dan", await house.opens("Dan"), COMPLETE)
    await house.says("Dan", "feedback quick I-1 ir=4 -- " + EVIDENCE)

    assert heard == [
        (CardState.DRAFT, 0),
        (CardState.SUBMITTED, 1),
        (CardState.REVISED, 2),
    ]
