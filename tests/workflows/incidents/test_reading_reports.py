"""What an incident's people read of its reports: their own matter, and no other report."""

from bot.context import Context
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents import access, tables
from workflows.incidents.rules import Reason
from workflows.reports import card_texts
from workflows.reports.rules import Interaction

TRAP = "It asks for my password at https://evil.example/pay"


async def test_an_incidents_people_learn_of_no_other_report_and_of_nobodys_part(
    house: House,
) -> None:
    report = await house.files(
        text=TRAP, interaction=Interaction.ENTERED_CREDENTIALS, is_self_report=True
    )
    other = await house.files("Sam", TRAP)
    id = await house.declares(report)

    def let_in(ctx: Context) -> None:
        incident = tables.incident(ctx.session, id)
        assert incident is not None
        access.let_in(ctx, incident, [IDS["Ivan"]], Reason.INVITED)

    await house.within(let_in)

    shown = {name: str(await house.says(name, f"security show R-{report}")) for name in IDS}
    assert "evil[.]example" in shown["Ivan"]
    for words in (f"R-{other}", card_texts.SELF_REPORT):
        assert words in shown["Tess"]
        assert words not in shown["Ivan"]
