"""What somebody reported is kept as it was, though it is deleted a second later."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.context import Context
from bot.fetching import MOST_BYTES
from bot.inbound import FileRef, Place, Post, QuotedMessage
from bot.platform import NOT_HANDED_OUT
from bot.ui import Answer
from storage.database import Database
from tests.bot.platforms import CLOSED, MemoryPlatform
from tests.workflows.acting import SLACK, account, said
from tests.workflows.engine import MONDAY, engine_around
from tests.workflows.reports.house import IDS, House
from workflows import reports
from workflows.reports import calls, duplicates, evidence, evidence_tables, tables
from workflows.reports import evidence_keeping as keeping
from workflows.reports.duplicates import Why
from workflows.reports.evidence import Handling, Kind, Standing
from workflows.reports.evidence_tables import Evidence, Harmless
from workflows.reports.rules import Category, Privacy

CHANNEL = Place(SLACK, "T1", "C1")
TRAP = "Your parcel waits: https://evil.example/pay?id=1 \u202e@channel <!channel>"
FILE = FileRef("F1", "invoice.pdf", 2048, "application/pdf")
CONTENT = b"%PDF-" + bytes(2043)
NOW = timedelta()


def quoted(text: str = TRAP, *, id: str = "1.0", files: tuple[FileRef, ...] = ()) -> QuotedMessage:
    return QuotedMessage(
        id=id,
        text=text,
        author="USAM",
        link="https://acme.slack.com/archives/C1/p10",
        sent_at=MONDAY,
        files=files,
    )


@pytest.fixture
def slack() -> MemoryPlatform:
    return MemoryPlatform(SLACK, files={"F1": CONTENT})


@pytest.fixture
async def house(database: Database, slack: MemoryPlatform) -> AsyncIterator[House]:
    platforms = {SLACK: slack, "teams": MemoryPlatform("teams")}
    async with engine_around(reports.workflow, database, platforms=platforms) as stands:
        engine, clock, sealer = stands
        yield House(engine, database, clock, sealer, IDS)


async def reported(house: House, message: QuotedMessage | None = None, **more: Any) -> int:
    """Let Rita report a message in the channel, and return the number of the report."""
    return await house.keeps(message or quoted(), **more)


async def kept(house: House, report: int) -> dict[Kind, Evidence]:
    rows = await house.database.read(lambda session: evidence_tables.evidence_of(session, report))
    return {row.kind: row for row in rows}


async def alike(house: House, id: int) -> list[tuple[int | None, Why]]:
    def look(ctx: Context) -> list[tuple[int | None, Why]]:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        found = duplicates.alike(ctx, report)
        return [(one.report.id, one.why) for one in found]

    return await house.within(look)


def shown(answer: Answer) -> str:
    return str(answer)


async def test_a_message_is_kept_in_the_transaction_in_which_it_is_reported(house: House) -> None:
    id = await reported(house)

    row = (await kept(house, id))[Kind.MESSAGE]
    assert row.standing is Standing.KEPT
    assert "evil" not in (row.facts or "")
    facts = keeping.facts(house.sealer, row)
    assert (facts["text"], facts["sent_at"]) == (TRAP, MONDAY.isoformat())
    assert facts["link"] == "https://acme.slack.com/archives/C1/p10"


async def test_a_post_is_kept_once_with_its_author(house: House) -> None:
    id = await house.files("Sam")
    post = Post(id="1", user=account("Sam"), place=CHANNEL, text=TRAP, message="1.0")

    def report_it(ctx: Context) -> None:
        report = tables.lock_report(ctx.session, id)
        assert report is not None
        calls.evidence_came(ctx, report, post)

    await house.within(report_it)

    rows = await house.database.read(lambda session: evidence_tables.evidence_of(session, id))
    assert [row.kind for row in rows] == [Kind.MESSAGE, Kind.BEFORE]
    assert keeping.facts(house.sealer, rows[0])["author"] == {
        "platform": SLACK,
        "tenant": "T1",
        "user": "USAM",
    }


async def test_what_was_said_before_and_files_are_fetched_after_that(
    house: House, slack: MemoryPlatform
) -> None:
    slack.earlier.append(QuotedMessage("0.9", "Does anybody expect this?", "UIVAN"))
    id = await reported(house, quoted(files=(FILE,)))

    await house.passes(NOW)

    found = await kept(house, id)
    assert found[Kind.BEFORE].standing is found[Kind.FILE].standing is Standing.KEPT
    pieces = await house.database.read(
        lambda session: evidence_tables.pieces(session, found[Kind.FILE].id or 0)
    )
    assert keeping.content(house.sealer, pieces) == CONTENT
    text = shown(await house.says("Tess", f"security evidence R-{id}"))
    for words in ("Does anybody expect this?", "invoice[.]pdf", "Ivan", "Sam"):
        assert words in text


async def test_where_the_platform_lets_nobody_read_the_snapshot_says_so(
    house: House, slack: MemoryPlatform
) -> None:
    slack.fail("before", CLOSED)
    id = await reported(house, quoted(files=(FileRef("F9", "lost.pdf", 5, ""),)))

    await house.passes(NOW)

    found = await kept(house, id)
    assert (found[Kind.FILE].standing, found[Kind.FILE].why) == (Standing.MISSED, NOT_HANDED_OUT)
    text = shown(await house.says("Tess", f"security evidence R-{id}"))
    assert "What was said before it is not kept." in text
    assert "only its name and size are kept" in text


async def test_of_a_file_that_is_too_large_name_and_size_are_kept(house: House) -> None:
    id = await reported(house, quoted(files=(FileRef("F1", "dump.bin", MOST_BYTES + 1, ""),)))

    await house.passes(NOW)

    row = (await kept(house, id))[Kind.FILE]
    assert (row.standing, row.size, row.sha256) == (Standing.TOO_LARGE, MOST_BYTES + 1, None)


async def test_of_an_anonymous_report_nothing_is_kept(house: House) -> None:
    id = await reported(house, privacy=Privacy.ANONYMOUS, reporter=None, claim="c")

    assert await kept(house, id) == {}


async def test_what_is_kept_verifies_and_its_custody_log_names_who_read_it(house: House) -> None:
    id = await reported(house, quoted(files=(FILE,)))
    await house.passes(NOW)
    await house.says("Tess", f"security evidence R-{id}")

    answer = await house.says("Uma", f"security verify R-{id}")

    assert said(answer).startswith("All 3 pieces of evidence")
    text = shown(answer)
    for words in ("captured", "fetched from the platform", "read, Tess"):
        assert words in text


async def test_what_was_changed_by_another_hand_is_found(house: House) -> None:
    id = await reported(house)
    row = (await kept(house, id))[Kind.MESSAGE]

    def forge(ctx: Context) -> None:
        found = evidence_tables.lock_evidence(ctx.session, row.id or 0)
        assert found is not None
        written = keeping.seal_facts(ctx, found, {"text": "Nothing odd.", "author": {"user": ""}})
        found.sha256 = evidence.sha256(written)

    await house.within(forge)

    answer = await house.says("Tess", f"security verify R-{id}")
    assert "not as it was captured" in said(answer)
    log = await house.database.read(
        lambda session: evidence_tables.custody_of(session, row.id or 0)
    )
    assert log[-1].handling is Handling.BROKEN


async def test_a_seal_that_does_not_open_is_found_as_well(house: House) -> None:
    id = await reported(house)
    broken = sa.text("UPDATE reports_evidence SET facts = 'v1.00000000.AAAA'")
    await house.database.write(lambda session: session.connection().execute(broken))

    answer = await house.says("Tess", f"security verify R-{id}")

    assert "not as it was captured" in said(answer)
    text = shown(await house.says("Tess", f"security evidence R-{id}"))
    assert "cannot be read any more" in text


@pytest.mark.parametrize("words", ["security evidence", "security verify"])
async def test_whoever_does_not_triage_learns_nothing(house: House, words: str) -> None:
    id = await reported(house)

    told = said(await house.says("Ivan", f"{words} R-{id}"))

    assert told == said(await house.says("Ivan", f"{words} R-999"))


async def test_hostile_words_are_shown_and_lead_nowhere(house: House) -> None:
    id = await reported(house)

    text = shown(await house.says("Tess", f"security evidence R-{id}"))

    assert "https://evil" not in text
    assert "hxxps://evil[.]example/pay" in text


class TestAlike:
    """Reports of the same matter are suggested; what is the company's own says nothing."""

    async def test_the_same_message_comes_first(self, house: House) -> None:
        first = await reported(house)
        second = await reported(house)

        assert await alike(house, second) == [(first, Why.MESSAGE)]

    async def test_a_shared_address_counts_for_a_week(self, house: House) -> None:
        first = await house.files("Sam", "See http://evil.example/x")
        second = await house.files("Rita", "Odd: hxxp://evil[.]example/x?me")
        await house.passes(timedelta(days=8))
        third = await house.files("Rita", "Odd: http://evil.example/x")

        assert await alike(house, second) == [(first, Why.INDICATOR)]
        assert await alike(house, third) == []

    async def test_a_subject_line_counts_with_the_category_alone(self, house: House) -> None:
        first = await house.files("Sam", "Subject: Your parcel", category=Category.PHISH)
        second = await house.files("Rita", "Subject: RE: your  Parcel", category=Category.PHISH)
        third = await house.files("Rita", "Subject: Your parcel", category=Category.PAYMENT)

        assert await alike(house, second) == [(first, Why.SUBJECT)]
        assert await alike(house, third) == []

    async def test_the_same_file_counts_unless_it_is_a_picture_or_small(
        self, house: House, slack: MemoryPlatform
    ) -> None:
        slack.files |= {"F2": b"tiny"}
        files = (FILE, FileRef("F2", "note.txt", 4, "text/plain"))
        first = await reported(house, quoted("Look.", id="1.0", files=files))
        second = await reported(house, quoted("Look.", id="2.0", files=files[:1]))
        third = await reported(house, quoted("Look.", id="3.0", files=files[1:]))
        await house.passes(NOW)

        assert await alike(house, second) == [(first, Why.FILE)]
        assert await alike(house, third) == []

    async def test_what_is_the_companys_own_is_no_indicator(self, house: House) -> None:
        await house.add(Harmless(value="acme.example"))
        await house.files("Sam", "See https://mail.acme.example/x")
        second = await house.files("Rita", "See https://mail.acme.example/x")

        assert await alike(house, second) == []

    async def test_a_restricted_report_is_like_no_other(self, house: House) -> None:
        secret = await reported(house, category=Category.CONDUCT)
        second = await reported(house)

        assert await alike(house, second) == await alike(house, secret) == []


async def test_an_admin_says_what_is_harmless(house: House) -> None:
    await house.says("Adam", "security harmless add Acme[.]example")

    assert "acme.example" in said(await house.says("Adam", "security harmless"))
    await house.says("Adam", "security harmless remove acme.example")
    assert "No domain" in said(await house.says("Adam", "security harmless"))
    assert "Nothing was changed" in said(await house.says("Adam", "security harmless add x"))
