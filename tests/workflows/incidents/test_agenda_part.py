"""Incidents that touch hiring: who says so, and where an agenda tells of them."""

from sqlmodel import Session

from bot.context import Context
from storage import people
from tests.workflows.acting import said
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import SOON, House
from tests.workflows.reports.house import IDS
from workflows.agendas.calls import Asked
from workflows.agendas.rules import Reach
from workflows.incidents import access, tables
from workflows.incidents.agenda_part import affecting
from workflows.incidents.rules import AffectsHiring, State, Tlp
from workflows.reports.rules import Severity


def _reader(session: Session, name: str) -> people.Person:
    return people.by_id(session, IDS[name], now=MONDAY)


async def lines(house: House, reach: Reach, *names: str) -> list[str]:
    """Return what stands on an agenda that these people read."""

    def read(ctx: Context) -> list[str]:
        readers = tuple(_reader(ctx.session, name) for name in names)
        asked = Asked(
            series_id=1, meeting_id=1, starts_at=MONDAY, since=None, reach=reach, readers=readers
        )
        return [str(one.line) for one in affecting(ctx, asked)]

    return await house.within(read)


async def touches(house: House, *readers: str, tlp: Tlp = Tlp.AMBER, **more: State) -> int:
    return await house.opens(*readers, affects_hiring=AffectsHiring.SYSTEMS, tlp=tlp, **more)


async def test_the_lead_or_hr_says_how_an_incident_touches_hiring(house: House) -> None:
    id = await house.opens("Hetty", "Tess")

    form = await house.says("Hetty", f"security hiring SI-{id}")
    answer = said(await house.sends("Hetty", form, {"how": "fraud"}))

    assert answer.startswith("SI-1 touches hiring: somebody applied under a false identity.")
    assert "or HR does" in said(await house.says("Tess", f"security hiring SI-{id}"))
    await house.passes(SOON)
    assert await house.offered("Hetty", "Touches hiring?")
    assert "Touches hiring" in str(await house.says("Tess", f"security status SI-{id}"))


async def test_an_incident_that_does_not_touch_hiring_any_more_is_not_listed(
    house: House,
) -> None:
    id = await touches(house)

    form = await house.says("Hugo", f"security hiring SI-{id}")
    await house.sends("Hugo", form, {"how": "none"})

    assert await lines(house, Reach.KNOWN, "Hugo") == []


async def test_it_stands_there_when_each_reader_may_read_it(house: House) -> None:
    await house.opens("Tess")
    await touches(house, "Tess")
    await touches(house, "Tess", state=State.CLOSED)

    found = await lines(house, Reach.KNOWN, "Hugo", "Tess")

    assert len(found) == 1
    assert found[0].startswith("SI-2: systems that hiring works with are frozen; ")
    assert await lines(house, Reach.KNOWN, "Hugo", "Rita") == []


async def test_whom_an_incident_shuts_out_reads_nothing_of_it_however_public_it_is(
    house: House,
) -> None:
    id = await touches(house, tlp=Tlp.GREEN)

    def shut_out(ctx: Context) -> None:
        found = tables.incident(ctx.session, id)
        assert found is not None
        access.exclude(ctx, found, IDS["Sam"])

    await house.within(shut_out)

    assert len(await lines(house, Reach.KNOWN, "Hugo", "Rita")) == 1
    assert await lines(house, Reach.KNOWN, "Hugo", "Sam") == []


async def test_what_the_named_alone_may_know_stands_nowhere(house: House) -> None:
    await touches(house, "Tess", tlp=Tlp.RED)

    found = [await lines(house, reach, "Hugo", "Tess") for reach in Reach]

    assert found == [[], [], []]


async def test_the_company_reads_what_it_may_be_told_and_others_its_number(house: House) -> None:
    for tlp in Tlp:
        await touches(house, tlp=tlp)

    company = await lines(house, Reach.COMPANY)

    assert [line.partition(":")[0] for line in company] == ["SI-4", "SI-5"]
    assert await lines(house, Reach.OUTSIDE) == ["2 incidents affecting hiring"]


async def test_the_worst_one_stands_first(house: House) -> None:
    await touches(house)
    await house.opens(affects_hiring=AffectsHiring.DATA, tlp=Tlp.AMBER, severity=Severity.S1)

    found = await lines(house, Reach.KNOWN, "Hugo")

    assert [line.partition(":")[0] for line in found] == ["SI-2", "SI-1"]
