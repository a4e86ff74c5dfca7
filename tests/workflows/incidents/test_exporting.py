"""Handing out an incident: without names, to its lead and to Legal."""

import json
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session

from bot.ui import Answer, Message, Quote
from storage.people import person
from tests.workflows.acting import said
from tests.workflows.incidents.house import House
from tests.workflows.incidents.test_reviewing import acts, reviewed, writes
from workflows.incidents.rules import State, Tlp
from workflows.incidents.tables import Exclusion, Link
from workflows.reports.tables import Report


def handed_out(answer: Answer) -> str:
    """Return all that was handed out; "" of nothing."""
    assert isinstance(answer, Message)
    return "".join(block.text for block in answer.blocks if isinstance(block, Quote))


async def test_an_export_has_the_timeline_and_the_review_and_nobodys_name(house: House) -> None:
    id = await reviewed(house)
    await house.says("Tess", f"security note SI-{id} Ivan called http://bad.example for *Rita*.")
    await writes(house, id, well="Tess was fast.")
    await acts(house, id, what="Ask Sam.", owner="UIVAN", due="2026-12-01")

    written = handed_out(await house.says("Hugo", f"security export SI-{id} --format=json"))
    marked = handed_out(await house.says("Hugo", f"security export SI-{id}"))

    document = json.loads(written)
    notes = [one["text"] for one in document["timeline"] if one["kind"] == "note"]
    assert notes == ["IT operations called hxxp://bad[.]example for *a colleague*."]
    assert document["review"]["sections"][0]["went_well"] == "Triage was fast."
    assert document["review"]["actions"][0]["owner"] == "IT operations"
    assert not [name for name in house.ids if name in written or name in marked]
    assert r"\*a colleague\*" in marked


async def test_only_the_lead_and_legal_have_it(house: House) -> None:
    id = await house.opens("Tess", "Lou")

    lead = await house.says("Hugo", f"security export SI-{id}")
    legal = await house.says("Lou", f"security export SI-{id}")
    other = await house.says("Tess", f"security export SI-{id}")

    assert handed_out(lead)
    assert handed_out(legal)
    assert "nobody else" in said(other)


async def test_what_is_red_they_hand_out_together_and_for_a_day(house: House) -> None:
    id = await house.opens("Lou", tlp=Tlp.RED)

    alone = await house.says("Hugo", f"security export SI-{id}")
    again = await house.says("Hugo", f"security export SI-{id}")
    await house.presses("Lou", await house.offered("Lou", "Agree that it is exported"))
    both = await house.says("Hugo", f"security export SI-{id}")
    await house.passes(timedelta(days=1))
    later = await house.says("Lou", f"security export SI-{id}")

    assert "I have asked Legal" in said(alone)
    assert "I have asked Legal" in said(again)
    assert handed_out(both)
    assert "I have asked its lead" in said(later)


async def test_whoever_agrees_last_is_told_whether_the_other_still_does(house: House) -> None:
    id = await house.opens("Lou", tlp=Tlp.RED)
    await house.says("Hugo", f"security export SI-{id}")
    agree = await house.offered("Lou", "Agree that it is exported")
    await house.passes(timedelta(days=1))

    late = await house.presses("Lou", agree)

    assert "I have asked its lead" in said(late)


async def test_the_consent_of_whoever_is_kept_out_by_now_counts_for_nothing(house: House) -> None:
    id = await house.opens("Lou", tlp=Tlp.RED)
    await house.says("Lou", f"security export SI-{id}")
    await house.add(Exclusion(incident_id=id, person_id=house.ids["Lou"], at=house.clock.now()))

    alone = await house.says("Hugo", f"security export SI-{id}")

    assert not handed_out(alone)


async def test_to_work_for_legal_is_not_enough(house: House) -> None:
    def move(session: Session) -> None:
        session.connection().execute(
            sa.update(person).where(person.c.id == house.ids["Sam"]).values(department="legal")
        )

    await house.database.write(move)
    id = await house.opens("Sam")

    assert "nobody else" in said(await house.says("Sam", f"security export SI-{id}"))


async def test_an_export_tells_of_no_incident_or_report_that_its_reader_may_not_know(
    house: House,
) -> None:
    other = await house.opens("Tess", lead="Iris")
    id = await house.opens("Tess", state=State.MERGED, merged_into=other)
    report = await house.files("Rita")
    await house.add(Link(report_id=report, incident_id=id, origin_id=id, at=house.clock.now()))

    def restrict(session: Session) -> None:
        session.get_one(Report, report).is_restricted = True

    await house.database.write(restrict)

    written = handed_out(await house.says("Hugo", f"security export SI-{id} --format=json"))

    document = json.loads(written)
    assert document["merged_into"] is None
    assert document["reports"] == [{"report": f"R-{report}"}]
