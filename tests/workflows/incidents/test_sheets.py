"""The facts of an incident, and the words in which each department hears them."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from bot.ui import Answer, Problems
from tests.workflows.acting import TEAMS, buttons, said
from tests.workflows.incidents.house import House
from workflows.glossary import tables as glossary_tables
from workflows.glossary.rules import Status, key_norm
from workflows.glossary.wording import Wording
from workflows.incidents import facts, sheet_tables
from workflows.incidents.facts import LONGEST, Facts
from workflows.incidents.rules import MATRIX_DEPARTMENTS
from workflows.incidents.sheet_tables import Standing, Words
from workflows.reports.rules import Category, Outcome

FACTS = {
    "what": "Callers ask staff for sign-in codes.",
    "since": "Monday morning",
    "affected": "two people in sales",
    "doing": "the numbers are blocked",
}
APPROVE, EDIT = "Approve", "Edit"
SOME_DAY = date(2026, 11, 3)
NOT_REVIEWED = "Not yet reviewed by IT operations."


async def begins(house: House, **changed: str) -> tuple[int, Answer]:
    """Let Tess lead an incident in which IT has a part, and write its facts."""
    id = await house.declares(await house.files(category=Category.ACCOUNT), lead="true")
    form = await house.says("Tess", f"security sheet SI-{id}")
    return id, await house.sends("Tess", form, {**FACTS, **changed})


async def words(house: House, id: int, department: str = "it") -> Words:
    def read(session: Session) -> Words:
        found = sheet_tables.words(session, id, department)
        assert found is not None
        return found

    return await house.database.read(read)


async def heard(house: House, name: str) -> list[tuple[str, str]]:
    """Return the words that somebody was sent, with the key of their place."""
    found = await house.sent(name)
    keyed = [(one.envelope.key, one.message.text) for one in found]
    return [(key, text) for key, text in keyed if ":words:" in key]


async def defines(house: House, label: str, department: str, plain: str) -> int:
    """Let a department have a meaning for a term; return the term's number."""

    def store(session: Session) -> int:
        changed = glossary_tables.next_edition(session)
        term = glossary_tables.Term(label=label, key_norm=key_norm(label), changed=changed)
        session.add(term)
        session.flush()
        sense = glossary_tables.Sense(
            term_id=term.id or 0,
            department=department,
            wording=Wording(plain=plain).as_json(),
            owner_group="security",
            status=Status.APPROVED,
            approved_at=house.clock.now(),
        )
        session.add(sense)
        return term.id or 0

    return await house.database.write(store)


async def test_words_go_out_as_the_department_approved_them(house: House) -> None:
    id, answer = await begins(house)
    draft = await house.offered("Ivan", APPROVE)

    thanks = await house.presses("Ivan", draft, TEAMS)
    again = await house.presses("Ivan", draft)

    sent = await words(house, id)
    assert "IT operations" in said(answer)
    assert (sent.standing, sent.next_look) == (Standing.APPROVED, "")
    assert "go out as you want them" in said(thanks)
    assert "was faster" in said(again)
    assert FACTS["what"] in (await heard(house, "Ivan"))[-1][1]


async def test_unreviewed_words_go_out_marked_and_a_late_approval_changes_them_in_place(
    house: House,
) -> None:
    id, _ = await begins(house)
    await house.passes(timedelta(hours=2))
    late = await heard(house, "Ivan")

    await house.presses("Ivan", await house.offered("Ivan", APPROVE))

    approved = await heard(house, "Ivan")
    assert NOT_REVIEWED in late[-1][1]
    assert NOT_REVIEWED not in approved[-1][1]
    assert late[-1][0] == approved[-1][0]
    assert (await words(house, id)).standing is Standing.APPROVED


async def test_a_department_says_it_in_its_own_words(house: House) -> None:
    id, _ = await begins(house)
    form = await house.presses("Ivan", await house.offered("Ivan", EDIT))

    missing = {"ask_1": "Call back.", "owner_1": ""}
    refused = await house.sends("Ivan", form, {"text": "Reset every code.", **missing})
    await house.sends("Ivan", form, {"text": "Reset every code at http://evil.example now."})

    shown = (await heard(house, "Ivan"))[-1][1]
    assert isinstance(refused, Problems)
    assert set(refused.fields) == {"ask_1"}
    assert "hxxp://evil[.]example" in shown
    assert "(IT operations, by 2026-" in shown
    assert (await words(house, id)).standing is Standing.APPROVED


async def test_of_two_who_say_it_better_at_once_the_first_is_heard(house: House) -> None:
    id, _ = await begins(house)
    form = await house.presses("Ivan", await house.offered("Ivan", EDIT))

    await house.sends("Ivan", form, {"text": "Reset every code."})
    late = await house.sends("Ivan", form, {"text": "Reset no code."})

    assert "was faster" in said(late)
    assert "Reset every code." in (await heard(house, "Ivan"))[-1][1]
    assert (await words(house, id)).standing is Standing.APPROVED


async def test_what_a_form_has_read_before_the_incident_was_locked_decides_nothing(
    house: House,
) -> None:
    id, _ = await begins(house)

    def read_twice(session: Session) -> list[int]:
        before = sheet_tables.sheet(session, id), sheet_tables.words(session, id, "it")
        assert None not in before
        for table in (sheet_tables.Sheet, Words):
            newer = sa.update(table).values(edition=7).execution_options(synchronize_session=False)
            session.connection().execute(newer)
        after = sheet_tables.sheet(session, id), sheet_tables.words(session, id, "it")
        return [one.edition for one in after if one is not None]

    assert await house.database.write(read_twice) == [7, 7]


async def test_newer_facts_are_drafted_anew_and_older_drafts_decide_nothing(house: House) -> None:
    id, _ = await begins(house)
    old = await house.offered("Ivan", APPROVE)
    form = await house.says("Tess", f"security sheet SI-{id}")
    await house.sends("Tess", form, {"unknown": "who the callers are"})

    answer = await house.presses("Ivan", old)

    assert "newer facts" in said(answer)
    assert (await words(house, id)).standing is Standing.DRAFT
    assert "who the callers are" in (await heard(house, "Ivan"))[-1][1]


async def test_whoever_comes_next_in_a_department_sees_the_draft(house: House) -> None:
    await begins(house)

    await house.presses("Ivan", await house.offered("Ivan", "Hand to deputy"))

    assert await house.offered("Iris", APPROVE)


async def test_nobody_approves_for_another_department_or_reads_the_facts_unasked(
    house: House,
) -> None:
    id, _ = await begins(house)
    draft = await house.offered("Ivan", APPROVE)

    answers = [
        await house.presses("Tess", draft),
        await house.presses("Hetty", draft),
        await house.says("Hetty", f"security sheet SI-{id}"),
    ]
    shown = await house.says("Ivan", f"security sheet SI-{id}")

    assert all("not for you to see" in said(answer) for answer in answers)
    assert FACTS["affected"] in said(shown)


async def test_words_that_all_share_are_explained_and_those_of_others_are_offered(
    house: House,
) -> None:
    await defines(house, "vishing", "shared", "A call that tricks people.")
    term = await defines(house, "quishing", "security", "A trap in a square code.")
    await begins(house, what="It was vishing and quishing.")
    before = (await heard(house, "Ivan"))[-1][1]

    offer = await house.offered("Ivan", "Explain “quishing”")
    await house.presses("Tess", offer)
    other = offer.model_copy(update={"payload": {**offer.payload, "term": 999}})
    unknown = await house.presses("Tess", other)

    after = (await heard(house, "Ivan"))[-1][1]
    assert offer.payload["term"] == term
    assert "vishing: A call that tricks people." in before
    assert "A trap in a square code." not in before
    assert "quishing: A trap in a square code." in after
    assert "not for you to see" in said(unknown)


async def test_the_lead_is_offered_the_words_that_not_everybody_knows(house: House) -> None:
    await defines(house, "quishing", "security", "A trap in a square code.")

    _, answer = await begins(house, what="It was quishing.")

    assert "quishing" in said(answer)
    assert [one.label for one in buttons(answer)] == ["Explain “quishing”"]


async def test_an_incident_that_is_over_sends_nothing_more(house: House) -> None:
    id, _ = await begins(house)
    form = await house.says("Tess", f"security standdown SI-{id}")

    done = await house.sends("Tess", form, {"why": "A test.", "outcome": Outcome.STOPPED})
    late = await house.presses("Ivan", await house.offered("Ivan", APPROVE))

    assert (await words(house, id)).next_look == ""
    assert "is closed" in said(done)
    assert "nothing more goes out" in said(late)


def test_the_longest_facts_fit_for_every_department() -> None:
    filled = Facts(**{name: "x" * longest for name, longest in LONGEST.items()})

    texts = [
        facts.draft(filled, department, owner="somebody", by=SOME_DAY).text
        for department in (*MATRIX_DEPARTMENTS, "exec", "gardening")
    ]

    assert all(len(text) <= facts.LONGEST_TEXT and "…" not in text for text in texts)
