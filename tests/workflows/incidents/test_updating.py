"""At what pace people hear how an incident goes."""

from datetime import timedelta

from sqlmodel import Session

from tests.workflows.acting import said
from tests.workflows.incidents.house import House
from workflows.incidents import cadence_tables, keeping, tables
from workflows.incidents.cadence_tables import Cadence
from workflows.incidents.rules import Kind, State
from workflows.incidents.tables import Event
from workflows.reports.rules import Severity

REMINDED, STILL_ON_IT = "wait to hear how it goes", "still on what you reported"
HOUR = timedelta(hours=1)


async def cadence(house: House, id: int) -> Cadence:
    def read(session: Session) -> Cadence:
        found = cadence_tables.cadence(session, id)
        assert found is not None
        return found

    return await house.database.read(read)


async def begins(house: House, severity: Severity) -> int:
    """Let an incident be open of which Rita's report is a part."""
    id = await house.opens("Tess", severity=severity)
    report = await house.files("Rita")
    await house.says("Tess", f"security link R-{report} SI-{id}")
    return id


def count(told: list[str], words: str) -> int:
    return sum(words in text for text in told)


async def test_the_lead_is_reminded_when_an_update_is_due_each_time_after_twice_as_long(
    house: House,
) -> None:
    id = await house.opens(severity=Severity.S1)
    await house.changes(id)

    counts = []
    for span in (29, 2, 30, 30, 30, 60):
        await house.passes(timedelta(minutes=span))
        counts.append(count(await house.told("Hugo"), REMINDED))

    assert counts == [0, 1, 2, 2, 3, 3]


async def test_after_a_long_silence_of_parleys_own_the_lead_is_reminded_soon_again(
    house: House,
) -> None:
    id = await house.opens(severity=Severity.S1)
    await house.changes(id)

    house.clock.move_to(house.clock.now() + 48 * HOUR)
    counts = []
    for span in (0, 151):
        await house.passes(timedelta(minutes=span))
        counts.append(count(await house.told("Hugo"), REMINDED))

    assert counts == [1, 2]


async def test_an_update_is_read_by_all_and_sets_the_next_one(house: House) -> None:
    id = await house.opens("Tess", severity=Severity.S2)
    await house.changes(id)
    await house.passes(HOUR)

    answer = await house.says("Hugo", f"security update SI-{id} Blocked at http://evil.example")

    def read(session: Session) -> list[Event]:
        return tables.timeline(session, id)

    lines = await house.database.read(read)
    update = next(line for line in lines if line.kind is Kind.UPDATE)
    assert "can read that" in said(answer)
    assert keeping.event(house.sealer, update) == "Blocked at hxxp://evil[.]example"
    assert (await house.incident(id)).next_update_at == house.clock.now() + 2 * HOUR
    assert ((await cadence(house, id)).updates, (await cadence(house, id)).in_time) == (1, 1)


async def test_a_late_update_is_counted_as_late(house: House) -> None:
    id = await house.opens(severity=Severity.S1)
    await house.changes(id)
    await house.passes(HOUR)

    await house.says("Hugo", f"security update SI-{id} We look.")

    assert ((await cadence(house, id)).updates, (await cadence(house, id)).in_time) == (1, 0)


async def test_once_it_is_contained_updates_may_take_longer_and_in_the_end_nobody_waits(
    house: House,
) -> None:
    id = await house.opens(severity=Severity.S1)
    await house.changes(id)

    form = await house.says("Hugo", f"security contain SI-{id}")
    await house.sends("Hugo", form, {"why": "The numbers are blocked."})
    later = (await house.incident(id)).next_update_at
    form = await house.says("Hugo", f"security resolve SI-{id}")
    await house.sends("Hugo", form, {"why": "Done."})

    assert later is not None
    assert later - house.clock.now() > HOUR
    assert (await house.incident(id)).next_update_at is None
    assert (await cadence(house, id)).update_look == ""


async def test_reporters_hear_that_people_are_on_it_when_there_is_nothing_new(
    house: House,
) -> None:
    await begins(house, severity=Severity.S1)

    await house.passes(4 * HOUR - timedelta(minutes=1))
    before = count(await house.told("Rita"), STILL_ON_IT)
    await house.passes(timedelta(minutes=2))

    assert before == 0
    assert count(await house.told("Rita"), STILL_ON_IT) == 1


async def test_reporters_hear_what_the_lead_says_in_plain_words(house: House) -> None:
    id = await begins(house, severity=Severity.S1)
    await house.passes(3 * HOUR)
    form = await house.says("Hugo", f"security update SI-{id}")

    refused = await house.sends("Hugo", form, {"what": "Over.", "reporters": "A False alarm."})
    await house.sends("Hugo", form, {"what": "Blocked.", "reporters": "The caller is blocked."})
    await house.passes(3 * HOUR)

    told = await house.told("Rita")
    assert "False alarm" in said(refused)
    assert any("About your report R-1: The caller is blocked." in text for text in told)
    assert count(told, STILL_ON_IT) == 0


async def test_only_the_lead_tells_how_it_goes_and_only_while_it_does(house: House) -> None:
    id = await house.opens("Tess")
    over = await house.opens(state=State.CLOSED)

    answers = [
        await house.says("Tess", f"security update SI-{id} All well."),
        await house.says("Hugo", f"security update SI-{over} All well."),
    ]

    assert "Only the lead" in said(answers[0])
    assert "nobody waits for an update" in said(answers[1])
