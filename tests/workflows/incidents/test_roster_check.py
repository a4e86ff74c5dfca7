"""Each morning those who lead security hear of roles in which nobody can be reached."""

from bot.context import Context
from storage import accounts, people
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents import roster_check


async def checks(house: House) -> None:
    await house.within(lambda ctx: roster_check.check_roster.call(ctx, {}))


async def test_nobody_is_told_anything_while_everybody_can_be_reached(house: House) -> None:
    await checks(house)

    assert await house.sent("Hugo") == []
    assert await house.sent("Adam") == []


async def test_the_head_of_security_hears_of_a_department_in_which_nobody_acts(
    house: House,
) -> None:
    def leave(ctx: Context) -> None:
        people.deactivate(ctx.session, IDS["Cora"])
        people.deactivate(ctx.session, IDS["Ivan"])  # Iris is there

    await house.within(leave)
    await checks(house)

    [told] = await house.sent("Hugo")
    assert "responder@comms" in told.message.text
    assert "responder@it" not in told.message.text
    assert await house.sent("Adam") == []


async def test_without_anybody_for_triage_the_head_and_the_admins_are_alarmed(
    house: House,
) -> None:
    def lose(ctx: Context) -> None:
        people.deactivate(ctx.session, IDS["Tess"])
        for account in people.accounts_of(ctx.session, IDS["Uma"]):
            accounts.lose(ctx.session, account, "blocked", now=ctx.now)

    await house.within(lose)
    await checks(house)

    for name in ("Hugo", "Adam"):
        [told] = await house.sent(name)
        assert "as urgent as an S2" in told.message.text
