"""How the response goes on and ends, and what the reporters hear then."""

from datetime import timedelta

import pytest

from bot.context import Context
from bot.ui import Answer
from tests.workflows.acting import buttons, said
from tests.workflows.incidents.house import SOON, House
from workflows.incidents import calls
from workflows.incidents.rules import OVER, State
from workflows.incidents.tables import Incident
from workflows.reports.rules import Outcome, Severity
from workflows.reports.rules import State as Report


async def steps(house: House, verb: str, name: str = "Hugo", **answers: str) -> Answer:
    form = await house.says(name, f"security {verb} SI-1")
    return await house.sends(name, form, {"why": "The sender is blocked.", **answers})


async def test_a_mild_incident_is_contained_resolved_and_closed_with_its_reports(
    house: House,
) -> None:
    id = await house.opens("Tess", severity=Severity.S3)
    report = await house.files("Rita")
    await house.says("Tess", f"security link R-{report} SI-{id}")

    for verb in ("contain", "resolve", "finish"):
        await steps(house, verb)

    incident = await house.incident(id)
    assert (incident.state, incident.outcome) == (State.CLOSED, Outcome.INCIDENT)
    assert (await house.report(report)).state is Report.CLOSED
    assert any("Thank you" in text for text in await house.told("Rita"))


async def test_a_severe_incident_is_reviewed_before_it_is_closed(house: House) -> None:
    id = await house.opens(severity=Severity.S2, state=State.RESOLVED)

    refused = await house.says("Hugo", f"security finish SI-{id}")
    await steps(house, "review")

    incident = await house.incident(id)
    assert "goes to a review" in said(refused)
    assert incident.state is State.IN_REVIEW
    assert incident.review_due_at is not None


async def test_what_is_stood_down_tells_the_reporters_what_it_was(house: House) -> None:
    id = await house.opens("Tess")
    report = await house.files("Rita")
    await house.says("Tess", f"security link R-{report} SI-{id}")

    await steps(house, "standdown", outcome=Outcome.HARMLESS_EXPECTED)

    assert (await house.incident(id)).state is State.CLOSED
    assert (await house.report(report)).outcome is Outcome.HARMLESS_EXPECTED


async def test_what_goes_on_after_all_is_responded_to_again(house: House) -> None:
    id = await house.opens(state=State.RESOLVED)

    await steps(house, "reignite")

    assert (await house.incident(id)).state is State.RESPONDING


async def test_what_was_closed_is_opened_again_by_who_has_a_part(house: House) -> None:
    id = await house.opens("Tess", state=State.CLOSED)

    await steps(house, "resume", "Tess")

    incident = await house.incident(id)
    assert (incident.state, incident.reopened_count) == (State.RESPONDING, 1)
    assert incident.next_look


async def test_a_step_that_comes_too_late_says_where_the_incident_stands(house: House) -> None:
    await house.opens()
    form = await house.says("Hugo", "security contain SI-1")
    answers = {"why": "Blocked."}
    await house.sends("Hugo", form, answers)

    again = await house.sends("Hugo", form, answers)

    assert "SI-1 is contained now" in said(again)


async def test_an_incident_is_not_resolved_while_something_stands_in_the_way(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def obstacle(_ctx: Context, _incident: Incident) -> str:
        return "Two tasks are open. Finish them first."

    monkeypatch.setattr(calls.blocks_resolving, "_hooked", [obstacle])
    await house.opens(state=State.CONTAINED)

    answer = await house.says("Hugo", "security resolve SI-1")

    assert "Two tasks are open" in said(answer)


@pytest.mark.parametrize("state", sorted(set(State) - OVER))
async def test_what_is_not_over_always_waits_for_a_timer(house: House, state: State) -> None:
    id = await house.opens("Tess", state=state, severity=Severity.S4)

    await house.changes(id)
    first = (await house.incident(id)).next_look
    await house.passes(timedelta(days=20))

    assert first
    assert (await house.incident(id)).next_look not in {"", first}
    assert await house.told("Hugo")


async def test_only_the_lead_is_offered_the_steps(house: House) -> None:
    id = await house.opens("Tess", lead="Hugo")
    await house.passes(SOON)

    leads = await house.says("Hugo", f"security status SI-{id}")
    reads = await house.says("Tess", f"security status SI-{id}")

    assert {"Contained", "Stand down", "Let somebody in"} <= {one.label for one in buttons(leads)}
    assert [one.label for one in buttons(reads)] == ["Severity"]
