"""The glossary on an agenda: missing words for the company, suggestions for who has a part."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlmodel import Session

from bot.context import Context, unasked
from storage import people
from tests.workflows.engine import MONDAY
from tests.workflows.glossary.house import IDS, House
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Reach
from workflows.glossary import tables
from workflows.glossary.agenda_part import missing, proposals
from workflows.glossary.rules import Act, Hit
from workflows.glossary.tables import Proposal, Tally

READERS = ("Ada", "Mia")


async def lines(
    house: House, section: Callable[[Context, Asked], Sequence[Item]], reach: Reach, *names: str
) -> list[str]:
    """Return what stands on an agenda that these people read; something stands there."""

    def read(session: Session) -> list[str]:
        counts = {Tally(word, Hit.NONE, "ta", MONDAY.date()): n for word, n in WORDS.items()}
        tables.add_lookups(session, counts)
        session.add(_proposal())
        session.flush()
        ctx = unasked(session, house.sealer, MONDAY)
        readers = tuple(people.by_id(session, IDS[name], now=MONDAY) for name in names)
        asked = Asked(
            series_id=1, meeting_id=1, starts_at=MONDAY, since=None, reach=reach, readers=readers
        )
        return [str(one.line) for one in section(ctx, asked)]

    return await house.database.write(read)


WORDS = {"bar raiser": 2, "purple team": 1}


def _proposal() -> Proposal:
    return Proposal(
        act=Act.ADD,
        label="Bar raiser",
        department="ta",
        content={},
        seats=["ta"],
        proposer_id=IDS["Mia"],
        created_at=MONDAY - timedelta(days=4),
    )


async def test_what_is_looked_up_in_vain_stands_there_for_the_whole_company(house: House) -> None:
    found = await lines(house, missing, Reach.COMPANY)

    assert found == [
        "“bar raiser” has no meaning yet; looked up 2 times in 30 days",
        "“purple team” has no meaning yet; looked up 1 time in 30 days",
    ]


async def test_other_companies_read_no_word(house: House) -> None:
    assert await lines(house, missing, Reach.OUTSIDE) == ["2 words looked up in vain"]


async def test_a_suggestion_stands_there_for_its_owners_and_who_made_it(house: House) -> None:
    found = await lines(house, proposals, Reach.KNOWN, *READERS)

    assert found == ["A suggestion for “Bar raiser” has been waiting for 4 days"]


async def test_whoever_has_no_part_in_a_suggestion_keeps_it_off_the_agenda(house: House) -> None:
    assert await lines(house, proposals, Reach.KNOWN, *READERS, "Cleo") == []


async def test_where_not_everybody_is_known_suggestions_are_a_number(house: House) -> None:
    found = await lines(house, proposals, Reach.COMPANY, *READERS)

    assert found == ["1 suggestion for the glossary waiting"]
