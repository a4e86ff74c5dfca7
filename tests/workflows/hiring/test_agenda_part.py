"""Hiring on an agenda: for readers who may know of each search and candidate, else a number."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from bot.context import Context, unasked
from storage import people
from tests.workflows.engine import MONDAY
from tests.workflows.hiring.house import IDS, House
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Reach
from workflows.hiring import agenda_part
from workflows.hiring.rules import Outcome, SearchStatus, TemplateState
from workflows.hiring.tables import Application, Candidate, Recusal, Search, Template

DAY = timedelta(days=1)
LESS = (Reach.COMPANY, Reach.OUTSIDE)


async def lines(
    house: House, section: Callable[[Context, Asked], Sequence[Item]], reach: Reach, *names: str
) -> list[str]:
    """Return what stands in a part where these people read; the last meeting was on Friday."""

    def read(session: Session) -> list[str]:
        ctx = unasked(session, house.sealer, MONDAY)
        readers = tuple(people.by_id(session, IDS[name], now=MONDAY) for name in names)
        asked = Asked(
            series_id=1,
            meeting_id=1,
            starts_at=MONDAY + DAY,
            since=MONDAY - 3 * DAY,
            reach=reach,
            readers=readers,
        )
        return [str(one.line) for one in section(ctx, asked)]

    return await house.reads(read)


@pytest.fixture
async def recruiting(house: House) -> House:
    """Two searches, a planned one and one that is filled; candidates in the first one.

    C-2 is a colleague, Rita is kept out of C-3, C-4 was rejected; C-1 has an offer.
    """

    def fill(session: Session) -> None:
        def add(row: Search | Candidate | Application | Recusal | Template) -> None:
            session.add(row)
            session.flush()

        for title, status, opened, start in (
            ("SOC analyst", SearchStatus.OPEN, 40, -2),
            ("Forensics analyst", SearchStatus.OPEN, 1, None),
            ("AppSec engineer", SearchStatus.DRAFT, 0, 60),
            ("Lead", SearchStatus.FILLED, 90, 5),
        ):
            wanted = MONDAY.date() + start * DAY if start is not None else None
            add(
                Search(
                    title=title,
                    role_family="SOC analyst",
                    level="junior",
                    status=status,
                    opened_on=MONDAY.date() - opened * DAY,
                    target_start=wanted,
                    security_owner_id=IDS["Sid"],
                    ta_owner_id=IDS["Tom"],
                )
            )
        for number, (stage, days) in enumerate(
            (("panel", 12), ("panel", 12), ("screen", 1), ("screen", 1), ("screen", 10)), start=1
        ):
            colleague = IDS["Pia"] if number == 2 else None
            add(Candidate(created_at=MONDAY, internal_person_id=colleague))
            add(
                Application(
                    candidate_id=number,
                    search_id=1,
                    stage=stage,
                    stage_entered_at=MONDAY - days * DAY,
                    outcome=Outcome.REJECTED if number == 4 else Outcome.OPEN,
                    offer_extended_at=MONDAY - 3 * DAY if number <= 2 else None,
                )
            )
        add(Recusal(application_id=3, person_id=IDS["Rita"], at=MONDAY))
        add(
            Template(
                role_family="SOC analyst",
                level="any",
                version=7,
                state=TemplateState.PROPOSED,
                created_at=MONDAY,
            )
        )

    await house.writes(fill)
    return house


async def test_an_open_search_says_how_long_how_many_and_who_stands_still(
    recruiting: House,
) -> None:
    found = await lines(recruiting, agenda_part.searches, Reach.KNOWN, "Ruth", "Sid")

    assert found == [
        "S-1 SOC analyst: open for 40 days, 2 days past the wanted start; panel 2, "
        "screen 2 (1 new); no move for 7 working days: C-1, C-2",
        "S-2 Forensics analyst: open for 1 day; no candidates",
    ]


async def test_whom_one_reader_may_not_know_of_is_not_even_counted(recruiting: House) -> None:
    found = await lines(recruiting, agenda_part.searches, Reach.KNOWN, "Ruth", "Rita")

    assert "panel 2, screen 1;" in found[0]


async def test_a_search_is_not_there_where_one_reader_may_not_read_it(recruiting: House) -> None:
    sections = (agenda_part.searches, agenda_part.offers, agenda_part.wanted)

    found = [
        await lines(recruiting, section, Reach.KNOWN, "Ruth", other)
        for section in sections
        for other in ("Lars", "Pia")
    ]

    assert found == [[]] * 6


async def test_nobody_known_to_read_is_nobody_who_may(recruiting: House) -> None:
    sections = (agenda_part.searches, agenda_part.offers, agenda_part.templates)

    found = [await lines(recruiting, section, Reach.KNOWN) for section in sections]

    assert found == [[]] * 3


async def test_an_offer_waits_for_its_answer_and_a_scorecard_for_signatures(
    recruiting: House,
) -> None:
    readers = ("Ruth", "Sid")

    offers = await lines(recruiting, agenda_part.offers, Reach.KNOWN, *readers)
    templates = await lines(recruiting, agenda_part.templates, Reach.KNOWN, *readers)

    assert offers == [
        "C-1 in S-1: the offer has been out for 3 days",
        "C-2 in S-1: the offer has been out for 3 days",
    ]
    assert templates == [
        "T-7 for SOC analyst: waits for the signature of security and of talent acquisition"
    ]


async def test_planned_searches_and_those_with_a_start_are_needed_soon(recruiting: House) -> None:
    found = await lines(recruiting, agenda_part.wanted, Reach.KNOWN, "Ruth", "Tom")

    assert found == [
        "S-1 SOC analyst: a start is wanted by 2026-10-31",
        f"S-3 AppSec engineer: a start is wanted by {date(2027, 1, 1)}, and it is not open yet",
    ]


async def test_where_not_everybody_is_known_there_are_numbers_and_no_codes(
    recruiting: House,
) -> None:
    sections = (
        agenda_part.searches,
        agenda_part.offers,
        agenda_part.templates,
        agenda_part.wanted,
    )

    found = [
        [line for section in sections for line in await lines(recruiting, section, reach, "Ruth")]
        for reach in LESS
    ]

    assert found == [
        [
            "2 open searches",
            "2 offers without an answer",
            "1 scorecard to be signed",
            "2 searches with a start within 90 days",
        ]
    ] * len(LESS)
