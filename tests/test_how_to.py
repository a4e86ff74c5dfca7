"""The how-to is followed to the letter: its files are written down, found and used."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel

import workflows
from bot.clock import Clock
from bot.engine import Engine
from bot.inbound import Command, Place, UserRef
from bot.standing import Standings
from bot.ui import Message
from bot.workflow import Workflow, discover
from storage import people
from storage.database import Database
from storage.secrets import Sealer
from tests.bot.platforms import MemoryPlatform

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to" / "add-a-workflow.md"
FILE = re.compile(
    r"^`(workflows/thanks/\w+\.py)`[^\n]*\n\n```python\n(.*?)```", re.MULTILINE | re.DOTALL
)
ADA = UserRef("slack", "T1", "UADA")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return dict(FILE.findall(HOW_TO.read_text()))


@pytest.fixture(scope="module")
def found(
    files: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Workflow]]:
    """What is found in a second place for workflows that holds the how-to's files."""
    folder = tmp_path_factory.mktemp("how_to")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workflows, "__path__", [str(folder / "workflows")])
        yield list(discover(workflows))
    for module in [name for name in sys.modules if name.startswith("workflows.thanks")]:
        del sys.modules[module]
    del vars(workflows)["thanks"]
    # The table is in no migration, and other tests compare the two.
    SQLModel.metadata.remove(SQLModel.metadata.tables["thanks"])


def test_it_has_the_five_files_in_under_forty_lines(files: dict[str, str]) -> None:
    lines = [line for text in files.values() for line in text.splitlines() if line.strip()]

    assert {Path(name).stem for name in files} == {
        "__init__",
        "tables",
        "rules",
        "views",
        "handlers",
    }
    assert len(lines) < 40


async def test_what_it_adds_works(found: list[Workflow], database: Database) -> None:
    clock = Clock()
    standings = Standings(database, {"slack": MemoryPlatform("slack")}, clock)
    engine = Engine(
        database,
        found,
        clock=clock,
        sealer=Sealer("a key for tests that is long enough"),
        standings=standings,
    )

    def move_in(session: Session) -> None:
        person = people.add_person(session, "Ada")
        people.link_account(session, person.id, ADA.platform, ADA.tenant, ADA.user)
        SQLModel.metadata.tables["thanks"].create(session.connection())

    await database.write(move_in)

    answers = [
        await engine.handle(
            Command(
                id=str(number),
                user=ADA,
                place=Place("slack", "T1", "C1"),
                name="parley",
                text=text,
            )
        )
        for number, text in enumerate(["thanks", "thanks Olga for the review", "help"])
    ]

    await standings.close()
    refused, kept, help = (answer.text for answer in answers if isinstance(answer, Message))
    assert refused == "Say whom you thank and for what. Nothing was kept."
    assert kept == "Thank you, that is kept. It is number 1."
    assert "thanks NAME for WHAT: Thank somebody for something." in help
