"""A file that somebody sends Parley alone becomes evidence, on each platform and byte by byte."""

import pytest
from sqlmodel import Session

from tests.clients.client import Client
from tests.walks.company import PLATFORMS, a_company
from workflows.reports import evidence_keeping, evidence_tables, reporting_texts
from workflows.reports import handing_in_texts as texts
from workflows.reports.evidence import Kind

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

CONTENT = b"%PDF-1.7 an odd invoice"


async def sees(client: Client, words: str) -> None:
    await client.until(lambda: words in client.window_of("ada"))


async def test_a_file_from_ones_own_chat_is_kept_as_it_was_sent(sqlite_url: str) -> None:
    async with a_company(sqlite_url) as company:
        for id, platform in enumerate(PLATFORMS, start=1):
            client = company.on[platform]
            await client.send_file("ada", f"{platform}.pdf", CONTENT)
            await client.is_told("ada", f"You sent {platform}.pdf")
            await client.press("ada", texts.REPORT_THEM, on=f"{platform}.pdf")
            await sees(client, reporting_texts.QUOTED)
            assert await client.fill("ada", {}) == {}
            await sees(client, f"R-{id}")
        await company.quiet()

        def kept(session: Session) -> list[bytes]:
            files = [
                one
                for id in range(1, len(PLATFORMS) + 1)
                for one in evidence_tables.evidence_of(session, id)
                if one.kind is Kind.FILE
            ]
            pieces = [evidence_tables.pieces(session, one.id or 0) for one in files]
            return [evidence_keeping.content(company.parley.sealer, one) for one in pieces]

        assert await company.parley.database.read(kept) == [CONTENT, CONTENT]
