"""Reviews: what departments learned, without names, and what is done after it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.business_time import BusinessCalendar
from bot.context import Context
from bot.ui import Answer, Facts, Items, Message, Problems
from storage import people
from tests.workflows.acting import account, buttons, said
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import House
from workflows.incidents import actions, calls, naming, review_keeping, review_tables, tables
from workflows.incidents.calls import OpenAction
from workflows.incidents.review_keeping import Learned
from workflows.incidents.review_tables import Cause, Review, Section
from workflows.incidents.rules import Part, State, Tlp
from workflows.incidents.tables import Engagement
from workflows.incidents.wording import noticed
from workflows.reports.rules import Severity


async def reviewed(house: House, *readers: str, **changed: Any) -> int:
    """Let an incident go to its review, with IT engaged; return its number."""
    fields: dict[str, Any] = {"severity": Severity.S2, **changed}
    id = await house.opens("Tess", "Ivan", *readers, state=State.RESOLVED, **fields)
    part = Engagement(incident_id=id, department="it", part=Part.RESPONDS, notified_at=MONDAY)
    await house.add(part)
    form = await house.says("Hugo", f"security review SI-{id}")
    await house.sends("Hugo", form, {"why": "The calls."})
    return id


async def writes(house: House, id: int, name: str = "Ivan", **texts: str) -> Answer:
    form = await house.says(name, f"security learn SI-{id}")
    return await house.sends(name, form, texts)


async def acts(house: House, id: int, name: str = "Ivan", **answers: str) -> Answer:
    form = await house.says(name, f"security action SI-{id}")
    return await house.sends(name, form, {"what": "Show who calls.", **answers})


async def section(house: House, incident: int, department: str = "it") -> Section:
    """Return what a department wrote, as it is stored."""

    def read(session: Session) -> Section | None:
        return review_tables.section(session, incident, department)

    found = await house.database.read(read)
    assert found is not None
    return found


async def kept(house: House, incident: int) -> Learned:
    return review_keeping.learned(house.sealer, await section(house, incident))


def told(answer: Answer) -> str:
    """Return all that a review says."""
    assert isinstance(answer, Message)
    facts = [text for block in answer.blocks if isinstance(block, Facts) for _, text in block.facts]
    items = [line for block in answer.blocks if isinstance(block, Items) for line in block.items]
    return "\n".join(map(str, [answer.text, *facts, *items]))


async def test_a_review_that_is_saved_with_names_shows_roles(house: House) -> None:
    await house.database.write(lambda session: people.add_person(session, "Ana Maria Silva"))
    id = await reviewed(house)

    answer = await writes(
        house,
        id,
        well="Tess answered at once; hugo decided, and @Ivan helped.",
        slowed="ana  maria SILVA was away, and so was Silva's deputy.",
        change="Tessa is no name here, and neither is a test.",
    )

    assert await kept(house, id) == Learned(
        well="Triage answered at once; Incident lead decided, and IT operations helped.",
        slowed="a colleague was away, and so was a colleague's deputy.",
        change="Tessa is no name here, and neither is a test.",
    )
    assert "5 names became roles" in said(answer)
    assert "Triage answered" in told(await house.says("Tess", f"security learned SI-{id}"))


async def test_no_name_says_who_reported_it(house: House) -> None:
    id = await house.opens("Tess")
    report = await house.files("Rita")
    await house.says("Tess", f"security link R-{report} SI-{id}")

    def unnamed(ctx: Any) -> str:
        incident = tables.incident(ctx.session, id)
        assert incident is not None
        return naming.without_names(ctx, incident, "Rita saw it, and Sam did not.").text

    assert await house.within(unnamed) == "a colleague saw it, and a colleague did not."


async def test_the_wording_check_shows_an_alternative_and_stops_nobody(house: House) -> None:
    id = await reviewed(house)

    answer = await writes(house, id, slowed="It was the vendor's fault, a human  error.")

    assert isinstance(answer, Message)
    assert "perhaps say what led to it" in answer.text
    assert (await kept(house, id)).slowed == "It was the vendor's fault, a human  error."
    assert (await section(house, id)).flagged == 2


def test_a_word_within_another_is_no_such_word() -> None:
    assert noticed("By default nobody is asked.", {"fault": "what led to it"}) == []
    assert noticed("We blamed it.", {"blame": "what contributed"}) == [
        ("blamed", "what contributed")
    ]


async def test_admins_say_which_words_are_noticed(house: House) -> None:
    id = await reviewed(house)

    await house.says("Adam", "security wording add sloppy = what took attention")
    await house.says("Adam", "security wording drop fault")

    answer = await writes(house, id, slowed="A sloppy mail; the fault was found.")
    listed = said(await house.says("Adam", "security wording"))
    assert "“sloppy”: perhaps say what took attention." in said(answer)
    assert "“fault”" not in said(answer)
    assert "sloppy" in listed


async def test_a_department_writes_its_own_part(house: House) -> None:
    id = await reviewed(house, "Finn")

    finance = await house.says("Finn", f"security learn SI-{id}")
    other = await house.says("Ivan", f"security learn SI-{id} security")
    lead = await house.says("Hugo", f"security learn SI-{id} it")

    assert "Say for which department" in said(finance)
    assert "Only somebody of that department" in said(other)
    assert not isinstance(lead, Message)


async def test_of_two_who_write_a_part_at_once_neither_loses_a_word(house: House) -> None:
    id = await reviewed(house, "Iris")
    ivan, iris = [await house.says(name, f"security learn SI-{id}") for name in ("Ivan", "Iris")]

    await house.sends("Ivan", ivan, {"well": "It was seen."})
    late = await house.sends("Iris", iris, {"well": "It was fast."})
    again = await writes(house, id, "Iris", well="It was seen, and fast.")

    assert isinstance(late, Problems)
    assert "add it to theirs" in late.fields["well"]
    assert "is saved" in said(again)
    assert (await kept(house, id)).well == "It was seen, and fast."


async def test_an_action_needs_an_owner_and_a_day_before_the_review_is_published(
    house: House,
) -> None:
    id = await reviewed(house)
    empty = await house.says("Hugo", f"security publish SI-{id}")
    await writes(house, id, well="It was seen.")
    await acts(house, id)

    refused = await house.says("Hugo", f"security publish SI-{id}")
    form = await house.says("Ivan", "security action change RA-1")
    await house.sends("Ivan", form, {"owner": account("Ivan").user, "due": "2026-12-01"})
    done = await house.says("Hugo", f"security publish SI-{id}")

    assert "No department has written" in said(empty)
    assert "and a day: RA-1" in said(refused)
    assert "is published" in said(done)
    assert (await house.incident(id)).state is State.CLOSED
    review = await house.database.read(lambda session: session.get_one(Review, id))
    assert review.published_at == house.clock.now()
    assert any("is published" in text for text in await house.told("Ivan"))


async def test_who_cannot_read_an_incident_is_given_none_of_its_actions(house: House) -> None:
    id = await reviewed(house)

    refused = await acts(house, id, owner=account("Sam").user)

    assert not isinstance(refused, Message)
    assert await house.database.read(review_tables.undone) == []


async def test_an_action_names_a_role_and_its_owner_is_reminded_three_times(house: House) -> None:
    id = await reviewed(house)
    await acts(house, id, what="Ask Tess.", owner=account("Ivan").user, due=str(date(2026, 11, 9)))

    await house.passes(timedelta(days=14))

    sent = [text for text in await house.told("Ivan") if text.startswith("RA-1")]
    assert sent == ["RA-1, from the review of SI-1, is due on 2026-11-09: Ask Triage."] * 3
    assert any(text.startswith("RA-1") for text in await house.told("Hugo"))
    assert "Ask Triage. (IT operations, 2026-11-09)" in told(
        await house.says("Hugo", f"security learned SI-{id}")
    )


async def test_what_is_done_is_not_asked_for(house: House) -> None:
    id = await reviewed(house)
    await acts(house, id, owner=account("Ivan").user, due="2026-11-09")

    done = await house.says("Ivan", "security action done RA-1")
    again = await house.says("Ivan", "security action done RA-1")
    await house.passes(timedelta(days=14))

    assert "is done" in said(done)
    assert "done already" in said(again)
    assert not [text for text in await house.told("Ivan") if text.startswith("RA-1")]


async def test_the_lead_is_asked_for_a_meeting_that_nobody_planned(house: House) -> None:
    first = await reviewed(house)
    second = await reviewed(house)
    form = await house.says("Hugo", f"security meeting SI-{second}")
    await house.sends("Hugo", form, {"at": "2026-11-04T09:00Z", "cause": Cause.DECEPTION})

    await house.passes(timedelta(days=8))

    asked = [text for text in await house.told("Hugo") if text.startswith("No meeting")]
    assert [f"SI-{first} " in text for text in asked] == [True]


async def test_the_lead_is_asked_anew_when_it_is_reviewed_again(house: House) -> None:
    id = await reviewed(house)
    await writes(house, id, well="It was seen.")
    await house.passes(timedelta(days=8))
    await house.says("Hugo", f"security publish SI-{id}")
    for step in ("resume", "contain", "resolve", "review"):
        form = await house.says("Hugo", f"security {step} SI-{id}")
        await house.sends("Hugo", form, {"why": "It goes on."})

    await house.passes(timedelta(days=8))

    sent = await house.sent("Hugo")
    asked = [one.envelope.key for one in sent if one.message.text.startswith("No meeting")]
    assert len(set(asked)) == 2


async def test_agendas_read_what_is_open_of_incidents_that_may_be_told(house: House) -> None:
    for tlp in (Tlp.GREEN, Tlp.AMBER_STRICT, Tlp.RED):
        id = await reviewed(house, tlp=tlp)
        await acts(house, id, owner=account("Ivan").user, due="2026-12-01")

    def told(ctx: Context) -> list[OpenAction]:
        return calls.open_actions(ctx, lambda one: one.tlp is not Tlp.RED)

    found = await house.within(told)

    day = date(2026, 12, 1)
    assert found == [
        OpenAction("RA-1", "SI-1", "it", house.ids["Ivan"], day, "Show who calls."),
        OpenAction("RA-2", "SI-2", "it", house.ids["Ivan"], day, ""),
    ]


async def test_the_card_offers_what_can_be_done(house: House) -> None:
    id = await reviewed(house)

    leads = await house.says("Hugo", f"security status SI-{id}")
    acts_too = await house.says("Ivan", f"security status SI-{id}")

    assert {"Write a part", "Read the review", "Publish the review"} <= {
        one.label for one in buttons(leads)
    }
    assert "Publish the review" not in {one.label for one in buttons(acts_too)}


@pytest.mark.parametrize(
    ("due", "days"),
    [
        (date(2026, 11, 11), [(11, 10), (11, 11), (11, 16)]),
        (date(2026, 11, 8), [(11, 5), (11, 6), (11, 11)]),
    ],
)
def test_reminders_come_on_working_days(due: date, days: list[tuple[int, int]]) -> None:
    moments = actions.remind_at(due, BusinessCalendar("UTC"))

    assert moments == [datetime.combine(date(2026, *day), time(9), UTC) for day in days]
