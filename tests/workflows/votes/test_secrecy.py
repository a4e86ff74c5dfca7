"""Whoever reads what is stored or logged learns who voted, and never what.

Of a vote that is not secret the database alone holds what somebody chose, in one column.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa

import workflows
from bot import logs
from bot.inbound import Command, Place
from bot.metrics import INBOUND
from bot.ui import Button
from bot.workflow import discover
from storage.database import Database, engine_url
from tests.furniture import Furniture
from tests.slate import Slates
from tests.workflows.acting import account
from tests.workflows.engine import engine_around
from tests.workflows.votes.house import ELECTORS, IDS, QUESTION, House
from tests.workflows.votes.test_casting import WHY, ballot, counts, secretly
from workflows import votes
from workflows.votes.rules import Mode

assert list(discover(workflows))

Lend = Callable[[], AbstractContextManager[str]]
Dump = Mapping[str, list[dict[str, Any]]]

CHOICES = ("advance", "decline", "more_evidence")
#: Three voters of each side, and the same sums; every one of them chooses something else.
ONE = dict(
    zip(ELECTORS, ("advance", "decline", "advance", "decline", "advance", "decline"), strict=True)
)
OTHER = dict(
    zip(ELECTORS, ("decline", "advance", "decline", "advance", "advance", "decline"), strict=True)
)
#: What is made of chance, or of the machine's own clock, each time anew.
BY_CHANCE = {
    ("votes_terms", "question"),
    ("votes_urn", "counts"),
    ("votes_ballot", "reason"),
    ("audit", "request_id"),
    ("audit", "previous"),
    ("audit", "hash"),
    ("audit_head", "hash"),
    ("audit_head", "seal"),
    ("job", "payload"),
}
BY_MOMENT = {("job", "id"), ("job", "created")}
#: Where the choice itself stands, in a vote that is not secret.
BY_CHOICE = {("votes_ballot", "choice")}
KNOWN = {kind: sa.MetaData() for kind in ("sqlite", "postgresql")}
#: The name under which a row's transaction stands in a dump, where the database keeps it.
TRANSACTION = "xmin"


@pytest.fixture(params=["sqlite", "postgresql"])
def lend(request: pytest.FixtureRequest, furniture: Furniture, tmp_path: Path) -> Lend:
    """Lends furnished databases, one after the other, each as if it were the first."""

    if request.param == "postgresql":
        slates: Slates = request.getfixturevalue("postgres_slates")
        return slates.furnished(furniture).lend
    furnished: Path = request.getfixturevalue("sqlite_file")(furniture)

    @contextmanager
    def from_file() -> Iterator[str]:
        with TemporaryDirectory(dir=tmp_path) as folder:
            yield f"sqlite:///{copyfile(furnished, Path(folder, 'parley.db'))}"

    return from_file


async def voted(
    url: str, choices: Mapping[str, str], mode: Mode = Mode.SECRET
) -> tuple[Dump, dict[bytes, int]]:
    """Let six people vote, one after the other; return all rows, and all words in the files."""
    database = Database(url)
    await database.open()
    async with engine_around(votes.workflow, database) as (engine, clock, sealer):
        house = House(engine, database, clock, sealer, IDS)
        # Parley meets everybody beside what they do, and so at no fixed moment: it knows them here.
        for name in ELECTORS:
            await engine._standings.learn(account(name))
        vote = await house.opens(mode=mode)
        for number, (name, choice) in enumerate(choices.items()):
            if mode is Mode.SECRET:
                await says(house, name, f"vote V-{vote} {choice}", id=f"{number}")
            else:
                await votes_openly(house, name, ballot(vote, choice))
        assert sum(sum(own.values()) for own in (await counts(house, vote)).values()) == len(
            choices
        )
    rows, words = dumped(url), written(url)
    await database.close()
    return rows, words


async def says(house: House, name: str, words: str, *, id: str) -> None:
    """Say something to Parley alone, answered by a message of its own."""
    command = Command(
        id=id,
        user=account(name),
        place=Place("slack", "T1", f"D{name}"),
        inline=False,
        one_to_one=True,
        confided=True,
        name="",
        text=words,
    )
    await house.engine.handle(command)


async def votes_openly(house: House, name: str, button: Button) -> None:
    """Vote by the form, in a line that lacks the reason, and in one that gives it."""
    vote, choice = button.payload["vote"], button.payload["choice"]
    await house.chooses(name, button, why="" if choice == "advance" else WHY)
    for reason in ("", WHY):
        await house.says(name, f"vote V-{vote} {choice} {reason}", privately=True)


def dumped(url: str) -> Dump:
    """Return every row of every table in the order in which it is stored."""
    engine = sa.create_engine(engine_url(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return {table.name: _rows(connection, table) for table in _tables(connection)}


def _tables(connection: sa.Connection) -> list[sa.Table]:
    """Return every table there is: in each database of a kind the same, so asked for once."""
    known = KNOWN[connection.dialect.name]
    if not known.tables:
        known.reflect(connection)
    return known.sorted_tables


def _rows(connection: sa.Connection, table: sa.Table) -> list[dict[str, Any]]:
    wanted = [sa.cast(column, sa.Text).label(column.name) for column in table.columns]
    if connection.dialect.name == "postgresql":
        wanted.append(sa.literal_column("xmin::text").label(TRANSACTION))
    return [dict(row) for row in connection.execute(sa.select(*wanted)).mappings()]


def written(url: str) -> dict[bytes, int]:
    """Return how often each choice stands in the database's files, write-ahead log included."""
    found = dict.fromkeys((choice.encode() for choice in CHOICES), 0)
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            raw = file.read_bytes()
            found = {word: count + raw.count(word) for word, count in found.items()}
    return found


def shape(dump: Dump) -> Dump:
    """Return a dump with lengths in the place of what chance made.

    What votes store in a file keeps its order; a server fills the gaps that earlier tests left.
    Parley meets people beside what they do, at no fixed moment, so other rows are sorted, and a
    job's number and the transactions' tell nothing.
    """
    return {table: _ordered(table, rows) for table, rows in dump.items()}


def _ordered(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shaped = [_shape(table, row) for row in rows]
    is_in_order = table.startswith("votes_") and not any(TRANSACTION in row for row in rows)
    return shaped if is_in_order else sorted(shaped, key=str)


def _shape(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: len(str(value)) if (table, name) in BY_CHANCE else value
        for name, value in row.items()
        if (table, name) not in BY_MOMENT | BY_CHOICE and name != TRANSACTION
    }


async def test_what_is_stored_looks_the_same_whoever_chose_what(lend: Lend) -> None:
    with lend() as url:
        one, its_words = await voted(url, ONE)
    with lend() as url:
        other, others_words = await voted(url, OTHER)

    assert shape(one) == shape(other)
    assert one["votes_urn"][0]["counts"] != other["votes_urn"][0]["counts"]
    assert its_words == others_words
    assert one["votes_ballot"] == []
    for dump in (one, other):
        # The transaction that wrote the urn is that of who voted last, whatever they chose.
        marks = [int(row.get(TRANSACTION, 0)) for row in dump["votes_voter_mark"]]
        assert int(dump["votes_urn"][0].get(TRANSACTION, 0)) == max(marks)
    assert {int(row["person_id"]) for row in one["votes_voter_mark"]} == {
        IDS[name] for name in ELECTORS
    }


async def test_no_choice_stands_in_the_clear_but_among_what_was_offered(lend: Lend) -> None:
    with lend() as url:
        rows, _ = await voted(url, ONE)

    left = json.dumps({name: found for name, found in rows.items() if name != "votes_terms"})
    assert [choice for choice in CHOICES if choice in left] == []
    assert QUESTION not in json.dumps(rows)


async def test_the_log_tells_nothing_of_what_somebody_chose(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_log(monkeypatch, console=True)
    vote = await house.opens(mode=Mode.SECRET)

    for name, choice in ONE.items():
        await house.presses(name, secretly(vote, choice))
    await asyncio.sleep(0)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(ONE)
    assert {line.split()[4] for line in lines} == {"votes.cast"}
    assert not any(choice in line for choice in CHOICES for line in lines)


@pytest.mark.parametrize("mode", [Mode.NAMED, Mode.CONFIDENTIAL])
async def test_an_open_vote_leaves_the_same_traces_whoever_chose_what(
    lend: Lend, mode: Mode, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_log(monkeypatch, console=False)
    left = []
    for choices in (ONE, OTHER):
        before = measured()
        with lend() as url:
            rows, _ = await voted(url, choices, mode)
        left.append((shape(rows), lines(capsys.readouterr().err), measured() - before))

    (rows, log, figures), other = left
    assert (rows, log, figures) == other
    assert {one["action"] for one in rows["audit"]} >= {"votes.answer.submit", "votes.vote"}
    assert {line["route"] for line in log} == {"votes.answer", "votes.answer.submit", "votes.vote"}
    assert sum(figures.values()) == len(log)


def begin_log(monkeypatch: pytest.MonkeyPatch, *, console: bool) -> None:
    """Write a line for each request from now on."""
    log = logs.RequestLog()
    monkeypatch.setattr(logs, "requests", log)
    log.begin(console=console)


def lines(log: str) -> list[dict[str, Any]]:
    """Return what a log says, without what differs from run to run."""
    found = [json.loads(line) for line in log.splitlines()]
    by_chance = ("reference", "milliseconds", "timestamp")
    return [{name: one[name] for name in one if name not in by_chance} for one in found]


def measured() -> Counter[tuple[str, ...]]:
    """Return all that was counted of requests until now, under its labels."""
    [family] = INBOUND.collect()
    return Counter(
        {
            tuple(sample.labels.values()): int(sample.value)
            for sample in family.samples
            if sample.name.endswith("_total")
        }
    )
