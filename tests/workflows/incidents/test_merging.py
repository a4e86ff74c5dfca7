"""Two incidents become one, and two again: nobody reads more by that without a click."""

from bot.context import Context
from tests.workflows.acting import account, said
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents import shutting_out, tables
from workflows.incidents.rules import State, Tlp


async def merges(house: House, name: str, source: int, target: int) -> str:
    form = await house.says(name, f"security merge SI-{source} SI-{target}")
    return said(await house.sends(name, form, {}))


async def origin_of(house: House, report: int) -> int:
    def read(ctx: Context) -> int:
        link = tables.link_of(ctx.session, report)
        return link.incident_id if link else 0

    return await house.within(read)


async def test_only_who_could_read_both_reads_what_two_incidents_become(house: House) -> None:
    first = await house.opens("Tess", "Hetty", "Lou", lead="Hugo")
    second = await house.opens("Tess", "Ivan", "Lou", lead="Hugo")

    answer = await merges(house, "Hugo", second, first)

    assert "SI-2 is part of SI-1 now" in answer
    assert await house.readers(first) == {"Hugo", "Tess", "Lou"}
    asked = [text for text in await house.told("Hugo") if "Letting them in" in text]
    assert len(asked) == 1
    assert "Hetty, Ivan" in asked[0]


async def test_the_lead_lets_the_others_in_by_one_click(house: House) -> None:
    first = await house.opens("Hetty", lead="Hugo")
    second = await house.opens("Ivan", lead="Hugo")
    await merges(house, "Hugo", second, first)

    await house.presses("Hugo", await house.offered("Hugo", "Let all of them in"))

    assert await house.readers(first) == {"Hugo", "Hetty", "Ivan"}


async def test_unmerging_restores_who_reads_each_and_its_reports(house: House) -> None:
    first = await house.opens("Tess", "Hetty", lead="Hugo")
    second = await house.opens("Tess", "Ivan", lead="Hugo", tlp=Tlp.RED)
    report = await house.files()
    await house.says("Tess", f"security link R-{report} SI-{second}")
    await merges(house, "Hugo", second, first)
    moved = await origin_of(house, report)
    await house.presses("Hugo", await house.offered("Hugo", "Let all of them in"))

    await house.says("Hugo", f"security unmerge SI-{second}")

    assert (moved, await origin_of(house, report)) == (first, second)
    assert await house.readers(first) == {"Hugo", "Tess", "Hetty"}
    assert await house.readers(second) == {"Hugo", "Tess", "Ivan"}
    assert (await house.incident(second)).state is State.RESPONDING
    assert (await house.incident(first)).tlp is Tlp.AMBER_STRICT


async def test_whom_one_excludes_the_other_excludes_as_long_as_they_are_one(house: House) -> None:
    first = await house.opens("Hetty", lead="Hugo")
    second = await house.opens("Hetty", lead="Hugo")

    def shut(ctx: Context) -> None:
        incident = tables.lock_incident(ctx.session, second)
        assert incident
        shutting_out.shut_out(ctx, incident, IDS["Hetty"])

    await house.within(shut)
    await merges(house, "Hugo", second, first)
    merged = await house.readers(first)
    await house.says("Hugo", f"security unmerge SI-{second}")

    assert merged == {"Hugo"}
    assert await house.readers(first) == {"Hugo", "Hetty"}
    assert await house.readers(second) == {"Hugo"}


async def test_unmerging_lets_nobody_past_a_tlp_that_was_raised_since(house: House) -> None:
    first = await house.opens("Tess", lead="Hugo")
    second = await house.opens("Tess", lead="Hugo")
    await house.says("Uma", f"security follow SI-{first}")
    await merges(house, "Hugo", second, first)
    form = await house.says("Hugo", f"security tlp SI-{first}")
    await house.sends("Hugo", form, {"tlp": Tlp.RED})

    await house.says("Hugo", f"security unmerge SI-{second}")

    assert (await house.incident(first)).tlp is Tlp.RED
    assert await house.readers(first) == {"Hugo", "Tess"}


async def test_whoever_a_later_report_is_about_stays_shut_out_when_two_are_parted(
    house: House,
) -> None:
    first, second = await house.opens("Ivan"), await house.opens("Tess")
    older = await house.files(about=[IDS["Ivan"]])
    await house.says("Tess", f"security link R-{older} SI-{second}")
    form = await house.says("Hugo", f"security invite SI-{first}")
    await house.sends("Hugo", form, {"who": account("Tess").user})
    await merges(house, "Hugo", second, first)
    later = await house.files(about=[IDS["Ivan"]])
    await house.says("Tess", f"security link R-{later} SI-{first}")

    await house.says("Hugo", f"security unmerge SI-{second}")

    assert await origin_of(house, later) == first
    assert await house.readers(first) == {"Hugo", "Tess"}


async def test_who_was_let_go_does_not_come_back_by_following(house: House) -> None:
    first = await house.opens("Tess", lead="Hugo")
    second = await house.opens(lead="Hugo")
    await merges(house, "Hugo", second, first)

    answer = await house.says("Tess", f"security follow SI-{first}")

    assert "not for you to see" in said(answer)
    assert await house.readers(first) == {"Hugo"}


async def test_two_are_not_parted_while_both_are_part_of_a_third(house: House) -> None:
    first, second, third = [await house.opens("Tess") for _ in range(3)]
    report = await house.files()
    await house.says("Tess", f"security link R-{report} SI-{third}")
    await merges(house, "Hugo", third, second)
    await merges(house, "Hugo", second, first)

    early = await house.says("Hugo", f"security unmerge SI-{third}")
    await house.says("Hugo", f"security unmerge SI-{second}")
    await house.says("Hugo", f"security unmerge SI-{third}")

    assert f"SI-{second} is part of SI-{first} itself" in said(early)
    assert await origin_of(house, report) == third


async def test_nobody_is_shut_out_of_one_part_alone(house: House) -> None:
    first, second = await house.opens("Tess", "Ivan"), await house.opens("Tess", "Ivan")
    form = await house.says("Hugo", f"security exclude SI-{second}")
    await merges(house, "Hugo", second, first)

    answer = await house.sends("Hugo", form, {"who": account("Ivan").user})

    assert "part of another" in said(answer)
    assert "Ivan" in await house.readers(first)


async def test_only_a_lead_takes_two_apart(house: House) -> None:
    first, second = await house.opens("Tess"), await house.opens("Tess")
    await merges(house, "Hugo", second, first)

    refused = await house.says("Tess", f"security unmerge SI-{second}")

    assert "Only who leads one" in said(refused)
    assert (await house.incident(second)).state is State.MERGED


async def test_the_old_number_leads_to_what_it_is_part_of(house: House) -> None:
    first, second = await house.opens("Tess"), await house.opens("Tess")
    await merges(house, "Hugo", second, first)

    answer = await house.says("Tess", f"security status SI-{second}")

    assert said(answer).startswith("SI-1,")


async def test_whoever_leads_neither_or_cannot_read_both_does_not_merge(house: House) -> None:
    first, second = await house.opens("Tess"), await house.opens("Tess", lead="Lou")

    by_a_reader = await house.says("Tess", f"security merge SI-{second} SI-{first}")
    by_a_lead = await house.says("Hugo", f"security merge SI-{second} SI-{first}")

    assert "Only who leads one" in said(by_a_reader)
    assert "not for you to see" in said(by_a_lead)
