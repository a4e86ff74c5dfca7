"""What is stored of a report, and who may read it."""

import pytest

from bot.context import Context
from bot.errors import Conflict, Invalid
from storage import joining, people
from tests.workflows.reports.house import IDS, SEEN, House
from workflows.reports import access, filing, keeping, moving, tables
from workflows.reports.filing import Filing
from workflows.reports.rules import (
    Category,
    Circumstances,
    Interaction,
    Move,
    Severity,
    Source,
    State,
)


def readers(ctx: Context, id: int) -> set[str]:
    report = tables.report(ctx.session, id)
    assert report is not None
    names = {number: name for name, number in IDS.items()}
    found = set()
    for number, name in names.items():
        someone = people.by_id(ctx.session, number, now=ctx.now)
        if access.reads(someone, report, tables.parties(ctx.session, id)):
            found.add(name)
    return found


async def test_what_was_noticed_is_sealed_and_opens_for_its_own_row(house: House) -> None:
    id = await house.files()

    report = await house.report(id)
    assert SEEN not in (report.text or "")
    assert keeping.text(house.sealer, report) == SEEN


async def test_a_report_counts_as_urgent_when_a_password_was_typed(house: House) -> None:
    calm = await house.files()
    pressing = await house.files(interaction=Interaction.ENTERED_CREDENTIALS)

    assert (await house.report(calm)).severity == Severity.S4
    assert (await house.report(pressing)).severity == Severity.S2
    assert (await house.report(pressing)).is_urgent


async def test_those_who_triage_read_a_report_and_nobody_else(house: House) -> None:
    id = await house.files()

    assert await house.within(lambda ctx: readers(ctx, id)) == {"Tess", "Uma"}


async def test_a_report_about_somebody_in_triage_goes_to_the_head_and_to_legal(
    house: House,
) -> None:
    id = await house.files(about=[IDS["Tess"]])

    assert await house.within(lambda ctx: readers(ctx, id)) == {"Hugo", "Lou"}


async def test_worry_about_the_head_of_security_never_reaches_them(house: House) -> None:
    id = await house.files(category=Category.CONDUCT, about=[IDS["Hugo"]])

    assert await house.within(lambda ctx: readers(ctx, id)) == {"Lou", "Hetty"}


async def test_whom_a_report_is_about_may_have_turned_out_to_be_somebody_known(
    house: House,
) -> None:
    """A letter waits for a quarter of an hour; its colleague is joined to another meanwhile."""

    def turn_out(ctx: Context) -> int:
        twin = people.add_person(ctx.session, "I. Vanov", department="it")
        joining.join(ctx.session, IDS["Ivan"], twin.id)
        return twin.id

    id = await house.files(about=[await house.within(turn_out)])

    out = await house.database.read(lambda session: tables.kept_out(session, id))
    assert out == {IDS["Ivan"]}


@pytest.mark.parametrize("text", ["", "  \n", "x" * 3001])
async def test_what_says_nothing_or_too_much_is_refused(house: House, text: str) -> None:
    wanted = Filing(source=Source.COMMAND, text=text, seen=Circumstances())

    with pytest.raises(Invalid):
        await house.within(lambda ctx: filing.file(ctx, wanted))


async def test_a_move_that_somebody_else_made_first_is_refused_in_words(house: House) -> None:
    id = await house.files()

    def take(ctx: Context) -> State:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        moving.move(ctx, report, Move.TAKE)
        return report.state

    assert await house.within(take) is State.ACKNOWLEDGED
    with pytest.raises(Conflict, match="being looked at"):
        await house.within(take)
