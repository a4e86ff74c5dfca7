"""How a report ends: always with thanks, and never in words that hurt."""

import pytest

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.hooks import Loss
from tests.workflows.reports.house import IDS, House
from workflows.reports import closing, moving, tables
from workflows.reports.closing import UNKIND
from workflows.reports.rules import Category, Move, Outcome, Privacy, State
from workflows.reports.untold import note_untold


async def closes(house: House, id: int, outcome: Outcome, **more: str) -> None:
    def close(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        closing.close(ctx, report, outcome, **more)

    await house.within(close)


@pytest.mark.parametrize("outcome", Outcome)
async def test_every_outcome_thanks_the_reporter_and_blames_nobody(
    house: House, outcome: Outcome
) -> None:
    department = "hr" if outcome is Outcome.ROUTED else ""
    id = await house.files(category=Category.PHISH)

    await closes(house, id, outcome, department=department)

    note = (await house.sent("Rita"))[-1].message.text
    assert note.startswith("Thank you")
    assert f"R-{id}" in note
    assert not UNKIND.search(note)
    assert (await house.report(id)).told_at == house.clock.now()


@pytest.mark.parametrize("words", ["A false positive.", "Nobody's FAULT.", "We blamed the filter."])
async def test_words_that_hurt_are_refused_and_nothing_is_closed(house: House, words: str) -> None:
    id = await house.files()

    with pytest.raises(Invalid, match="without"):
        await closes(house, id, Outcome.STOPPED, words=words)

    assert (await house.report(id)).state is State.RECEIVED


async def test_what_another_department_looks_after_reaches_whoever_acts_for_it(
    house: House,
) -> None:
    id = await house.files(text="My badge opens https://door.example for everybody.")

    await closes(house, id, Outcome.ROUTED, department="facilities")

    told = (await house.sent("Fae"))[-1]
    assert told.envelope.sensitive
    assert "hxxps://door[.]example" in told.message.text
    assert "Facilities" in (await house.sent("Rita"))[-1].message.text


async def test_nothing_is_passed_on_to_a_department_in_which_nobody_acts(house: House) -> None:
    id = await house.files()

    with pytest.raises(Invalid, match="Nobody acts"):
        await closes(house, id, Outcome.ROUTED, department="nowhere")


async def test_a_duplicate_says_how_many_others_saw_it(house: House) -> None:
    first = await house.files("Sam")
    second, third = await house.files("Tara"), await house.files("Rita")

    def mark(ctx: Context) -> None:
        for id in (second, third):
            ctx.session.get_one(tables.Report, id).duplicate_of = first

    await house.within(mark)
    await closes(house, third, Outcome.DUPLICATE)

    assert "2 colleagues saw it too" in (await house.sent("Rita"))[-1].message.text


async def test_a_report_whose_incident_is_over_ends_with_it(house: House) -> None:
    id = await house.files()

    def end(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        with pytest.raises(Conflict):
            closing.end(ctx, report)
        moving.move(ctx, report, Move.LINK)
        closing.end(ctx, report)

    await house.within(end)

    report = await house.report(id)
    assert (report.state, report.outcome) == (State.CLOSED, Outcome.INCIDENT)


async def test_an_anonymous_reporter_is_sent_nothing_and_it_is_kept_for_their_code(
    house: House,
) -> None:
    id = await house.files(reporter=None, claim="digest", privacy=Privacy.ANONYMOUS)

    await closes(house, id, Outcome.STOPPED)

    assert [one for one in await house.sent("Rita") if one.person == IDS["Rita"]] == []
    assert await house.within(lambda ctx: len(tables.said(ctx.session, id)))


@pytest.mark.parametrize("is_final", [True, False])
async def test_whoever_is_on_duty_hears_when_nothing_tells_a_reporter_how_it_ended(
    house: House, is_final: bool
) -> None:
    id = await house.files(privacy=Privacy.CONFIDENTIAL)
    await closes(house, id, Outcome.STOPPED)
    key = closing.note_key(await house.report(id))

    def lose(ctx: Context) -> None:
        note_untold(ctx, Loss(f"report:{id}", f"{key}:other", "blocked", is_final=True))
        note_untold(ctx, Loss(f"report:{id}", key, "blocked", is_final=is_final))

    await house.within(lose)

    untold = [one for one in await house.sent("Tess") if "no message reached" in one.message.text]
    assert ((await house.report(id)).told_at is None) is is_final
    assert len(untold) == is_final
    assert "Rita" not in "".join(one.message.text for one in untold)
