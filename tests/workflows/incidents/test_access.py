"""Who may read an incident: whoever has a pass and is not excluded."""

from bot.context import Context
from bot.ui import Form
from storage import people
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents import access, letting_in, noting, rules, severing, tables
from workflows.incidents.rules import Certainty, Impact, Part, Reason, Tlp
from workflows.reports import calls as reports
from workflows.reports.rules import Category, Severity


def names(ctx: Context, id: int) -> set[str]:
    return {one.name for one in access.readers(ctx, id)}


async def test_no_role_reads_an_incident_by_itself(house: House) -> None:
    id = await house.opens("Tess")

    assert await house.within(lambda ctx: names(ctx, id)) == {"Tess", "Hugo"}


async def test_who_is_excluded_reads_nothing_whatever_lets_them_in(house: House) -> None:
    id = await house.opens("Tess")

    def shut_out(ctx: Context) -> set[str]:
        incident = tables.incident(ctx.session, id)
        assert incident is not None
        access.exclude(ctx, incident, IDS["Tess"])
        access.let_in(ctx, incident, [IDS["Tess"], IDS["Lou"]], Reason.INVITED)
        return names(ctx, id)

    assert await house.within(shut_out) == {"Lou", "Hugo"}


def test_the_matrix_engages_more_departments_the_worse_it_is() -> None:
    mild = rules.engaged(Category.DATA, Severity.S3)
    worst = rules.engaged(Category.DATA, Severity.S1)

    assert dict(mild) == dict.fromkeys(["hr", "legal", "it"], Part.RESPONDS)
    assert dict(worst) == dict.fromkeys(["hr", "legal", "it", "comms", "exec"], Part.RESPONDS)


def test_severity_follows_from_impact_and_certainty() -> None:
    table = [[rules.severity(impact, sure).value for sure in Certainty] for impact in Impact]

    assert table == [[4, 4, 3], [3, 3, 2], [3, 2, 1], [2, 1, 1]]


async def test_forms_about_an_incident_open_at_a_press(house: House) -> None:
    id = await house.opens("Tess")
    forms = (
        severing.judge.button("Severity", incident=id),
        letting_in.invite.button("Invite", incident=id),
        noting.write.button("Note", incident=id),
    )

    opened = [await house.presses("Hugo", button) for button in forms]

    assert [type(answer) for answer in opened] == [Form] * len(forms)


async def test_what_only_named_people_may_read_no_wider_incident_shows(house: House) -> None:
    red = await house.opens("Sam", lead="Hugo", tlp=Tlp.RED)
    report = await house.files(category=Category.CONDUCT)
    await house.says("Hugo", f"security link R-{report} SI-{red}")

    def reads(ctx: Context) -> bool:
        ctx.person = people.by_id(ctx.session, IDS["Sam"], now=ctx.now)
        return reports.is_let_in(ctx, report)

    before = await house.within(reads)
    form = await house.says("Hugo", f"security tlp SI-{red}")
    await house.sends("Hugo", form, {"tlp": Tlp.AMBER})

    assert before
    assert not await house.within(reads)
