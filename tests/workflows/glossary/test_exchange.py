"""The glossary as a file: in chat with two people, and for the command line."""

import json

import pytest
from sqlmodel import Session

from bot.errors import Invalid
from bot.ui import Answer, Message, Quote
from tests.workflows.glossary.house import House, button, labels, problems, said
from workflows import glossary
from workflows.glossary import proposal_texts, texts, transfer
from workflows.glossary.transfer import Fate

HEADER = "term,department,plain,aliases"
FILE = f"{HEADER}\nwar room,security,Where we meet in an emergency.,crisis room\n"
REFUSED = "not here, or not for you to see"


async def dry_run(house: House, csv: str, name: str = "Cleo") -> Answer:
    form = await house.says(name, "import")
    return await house.submits(name, form, csv=csv)


def quoted(answer: Answer) -> str:
    """Return the file in a message."""
    assert isinstance(answer, Message)
    return "\n".join(block.text for block in answer.blocks if isinstance(block, Quote))


async def test_an_import_is_shown_then_sent_then_approved_by_another(house: House) -> None:
    shown = await dry_run(house, FILE)
    before = await house.says("Mia", "war room")
    asked = await house.presses("Cleo", button(shown, texts.ASK_IMPORT))

    done = await house.presses("Dan", button(await house.card("Dan"), proposal_texts.APPROVE))

    assert said(shown) == "Dry run of 1 row. Nothing has been changed. Added: 1: war room."
    assert "not in the glossary" in said(before)
    assert "Dan and Zoe can approve it" in said(asked)
    assert labels(done) == []
    assert said(await house.says("Mia", "crisis room")).startswith("war room, Security")


async def test_an_import_is_sent_once_and_only_by_its_author(house: House) -> None:
    shown = await dry_run(house, FILE)
    send = button(shown, texts.ASK_IMPORT)

    assert REFUSED in said(await house.presses("Dan", send))
    await house.presses("Cleo", send)
    assert said(await house.presses("Cleo", send)) == texts.IMPORT_SENT


async def test_a_draft_cannot_be_approved_by_a_forged_press(house: House) -> None:
    await dry_run(house, FILE)
    await house.says("Mia", 'add "other" --dept=security = Another word.')
    approve = button(await house.card("Dan"), proposal_texts.APPROVE)

    forged = approve.model_copy(update={"payload": {"proposal": 1}})

    assert REFUSED in said(await house.presses("Dan", forged))


async def test_a_broken_file_is_explained_line_by_line(house: House) -> None:
    broken = f"{FILE}EDR,catering,A guard.,\nXYZ,security,A thing.,siem\n"

    shown = await dry_run(house, broken)

    assert "Line 3: There is no department “catering”." in said(shown)
    assert "Line 4: “siem” already leads to another term." in said(shown)
    assert labels(shown) == []


async def test_many_problems_are_counted_instead_of_listed(house: House) -> None:
    shown = await dry_run(house, HEADER + "\n" + "x,catering,Words.,\n" * 14)

    assert "… and 4 more." in said(shown)


async def test_an_owner_imports_for_their_own_department_only(house: House) -> None:
    assert problems(await dry_run(house, FILE, "Ada")) == {"csv": texts.NOT_YOURS}
    assert REFUSED in said(await house.says("Mia", "import"))


async def test_an_import_that_no_longer_fits_is_not_applied(house: House) -> None:
    shown = await dry_run(house, FILE)
    await house.presses("Cleo", button(shown, texts.ASK_IMPORT))
    await house.database.write(
        lambda session: glossary.apply_import(
            session, glossary.plan_import(session, FILE), house.clock.now()
        )
    )

    card = await house.card("Dan")
    refused = await house.presses("Dan", button(card, proposal_texts.APPROVE))

    assert said(refused) == texts.IMPORT_NOT_READY


async def test_a_changed_row_makes_a_new_version(house: House) -> None:
    changed = (
        f"{HEADER},status,review_due\nSIEM,security,Where all logs meet.,log box,,2030-01-31\n"
    )

    def work(session: Session) -> None:
        plan = glossary.plan_import(session, changed)
        glossary.apply_import(session, plan, house.clock.now(), person=house.ids["Dan"])

    await house.database.write(work)

    assert "Where all logs meet." in said(await house.says("Mia", "log box"))
    assert "Version 2: Where all logs meet." in said(await house.says("Mia", "history SIEM"))


async def test_an_import_is_all_or_nothing(house: House) -> None:
    def work(session: Session) -> None:
        plan = glossary.plan_import(session, f"{FILE}EDR,catering,A guard.,\n")
        glossary.apply_import(session, plan, house.clock.now())

    with pytest.raises(Invalid, match="Nothing was imported"):
        await house.database.write(work)

    assert "not in the glossary" in said(await house.says("Mia", "war room"))


async def test_what_is_exported_imports_as_the_same_and_exports_the_same_bytes(
    house: House,
) -> None:
    def work(session: Session) -> tuple[str, set[Fate], str]:
        text = glossary.export(session)
        plan = glossary.plan_import(session, text)
        return text, {change.fate for change in plan.changes}, glossary.export(session)

    text, fates, again = await house.database.read(work)

    assert fates == {Fate.SAME}
    assert again == text
    assert len(transfer.read(text)[0]) == len(text.splitlines()) - 1 > 100


async def test_five_thousand_rows_are_imported_in_one_go(house: House) -> None:
    rows = "".join(f"word number {n},ta,What number {n} means.,{n}th word\n" for n in range(5_000))

    def work(session: Session) -> None:
        plan = glossary.plan_import(session, f"{HEADER}\n{rows}")
        glossary.apply_import(session, plan, house.clock.now())

    await house.database.write(work)

    assert said(await house.says("Mia", "4999th word")).startswith("word number 4999, Talent")


async def test_seeding_again_adds_nothing(house: House) -> None:
    again = await house.database.write(lambda session: glossary.seed(session, house.clock.now()))

    assert again == 0


async def test_an_export_in_chat_holds_whole_lines_and_says_how_to_get_the_rest(
    house: House,
) -> None:
    answer = await house.says("Mia", "export --dept=ta")

    rows, problems = transfer.read(quoted(answer))
    assert problems == []
    assert said(answer).startswith(f"The first {len(rows)} of 39 meanings")
    assert {row.department for row in rows} == {"ta"}


async def test_an_export_that_fits_says_that_it_is_whole(house: House) -> None:
    answer = await house.says("Mia", "export --dept=shared --format=json")

    terms = [json.loads(line)["term"] for line in quoted(answer).splitlines()]
    assert said(answer).startswith("All ")
    assert "clearance" in terms
