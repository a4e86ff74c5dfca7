"""Transactions: who shares a commit, who is undone alone, and who is told."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage.crew import Crew, Unit
from storage.database import AlreadyRunning, Busy, Database, NotCommitted, SwallowedError
from storage.session import before_commit, wake_worker_after_commit

Do = Callable[[Session], None]


@pytest.fixture
async def notes(database: Database) -> Database:
    """A database with one small table of its own."""
    await database.write(sql("CREATE TABLE note (text VARCHAR PRIMARY KEY)"))
    return database


def sql(statement: str) -> Do:
    def work(session: Session) -> None:
        session.connection().exec_driver_sql(statement)

    return work


def add(text: str) -> Do:
    return sql(f"INSERT INTO note VALUES ('{text}')")  # noqa: S608 - texts of our own


def texts(session: Session) -> list[str]:
    rows = session.connection().exec_driver_sql("SELECT text FROM note ORDER BY text")
    return [row[0] for row in rows]


async def test_a_write_is_there_for_the_next_reader(notes: Database) -> None:
    await notes.write(add("one"))

    assert await notes.read(texts) == ["one"]


async def test_a_failing_unit_is_undone_alone(notes: Database) -> None:
    def add_and_fail(session: Session) -> None:
        add("lost")(session)
        raise ValueError("no")

    outcomes = await asyncio.gather(
        notes.write(add("before")),
        notes.write(add_and_fail),
        notes.write(add("after")),
        return_exceptions=True,
    )

    assert outcomes[0] is None
    assert isinstance(outcomes[1], ValueError)
    assert outcomes[2] is None
    assert await notes.read(texts) == ["after", "before"]


async def test_a_unit_that_undid_a_part_keeps_the_rest(notes: Database) -> None:
    def add_twice(session: Session) -> None:
        add("once")(session)
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            add("once")(session)
        add("twice")(session)

    await notes.write(add_twice)

    assert await notes.read(texts) == ["once", "twice"]


@pytest.mark.parametrize("error", [StopIteration, SystemExit, KeyboardInterrupt])
async def test_no_error_of_a_unit_can_stop_the_bot(
    notes: Database, error: type[BaseException]
) -> None:
    def leave(_: Session) -> None:
        raise error

    with pytest.raises(RuntimeError, match=error.__name__):
        await notes.write(leave)
    await notes.write(add("still here"))

    assert await notes.read(texts) == ["still here"]


async def test_a_handler_cannot_commit(notes: Database) -> None:
    def commit(session: Session) -> None:
        add("half")(session)
        session.commit()

    with pytest.raises(RuntimeError, match="does not commit"):
        await notes.write(commit)

    assert await notes.read(texts) == []


async def test_a_handler_cannot_roll_back_its_neighbours(notes: Database) -> None:
    def undo(session: Session) -> None:
        add("gone")(session)
        session.rollback()

    with pytest.raises(RuntimeError, match="does not roll back"):
        await notes.write(undo)

    assert await notes.read(texts) == []


async def test_units_that_share_a_commit_close_it_once_and_without_those_that_failed(
    notes: Database,
) -> None:
    closed: list[list[str]] = []
    go = threading.Event()

    def leave(text: str) -> Do:
        return lambda session: before_commit(session, close, text)

    def close(_: Session, left: Sequence[str]) -> None:
        closed.append(list(left))

    def fail(session: Session) -> None:
        leave("failed")(session)
        raise ValueError("no")

    holding = [asyncio.create_task(notes.write(lambda _: go.wait(10) and None)) for _ in range(6)]
    await asyncio.sleep(0.05)
    units = [notes.write(unit) for unit in (leave("one"), fail, leave("two"))]
    go.set()
    await asyncio.gather(*holding, *units, return_exceptions=True)

    assert [text for left in closed for text in left] == ["one", "two"]


async def test_a_reader_cannot_write(notes: Database) -> None:
    with pytest.raises((sa.exc.OperationalError, sa.exc.InternalError)):
        await notes.read(add("sneaky"))

    assert await notes.read(texts) == []


async def test_a_reader_keeps_its_snapshot(notes: Database) -> None:
    first_look = threading.Event()
    written = threading.Event()

    def look_twice(session: Session) -> tuple[list[str], list[str]]:
        first = texts(session)
        first_look.set()
        assert written.wait(10)
        return first, texts(session)

    reading = asyncio.create_task(notes.read(look_twice))
    await asyncio.to_thread(first_look.wait, 10)
    await notes.write(add("new"))
    written.set()

    assert await reading == ([], [])
    assert await notes.read(texts) == ["new"]


async def test_closing_finishes_the_work_that_waits(database_url: str) -> None:
    database = Database(database_url)
    await database.open()
    await database.write(sql("CREATE TABLE note (text VARCHAR PRIMARY KEY)"))
    writing = [asyncio.create_task(database.write(add(f"{n:02}"))) for n in range(50)]
    await asyncio.sleep(0)

    await database.close()
    await asyncio.gather(*writing)
    with pytest.raises(Busy):
        await database.write(add("too late"))

    again = Database(database_url)
    await again.open()
    assert len(await again.read(texts)) == 50
    await again.close()


async def test_a_full_queue_says_so_at_once(database_url: str) -> None:
    database = Database(database_url, threads=2, room=3)
    await database.open()
    go = threading.Event()
    waiting = [
        asyncio.create_task(database.write(lambda _: go.wait(10) and None)) for _ in range(3)
    ]
    await asyncio.sleep(0)

    with pytest.raises(Busy, match="ask again soon"):
        await database.write(add("one too many"))
    go.set()
    await asyncio.gather(*waiting)

    await database.write(lambda _: None)
    await database.close()


async def test_a_caller_who_left_disturbs_nobody(notes: Database) -> None:
    go = threading.Event()
    leaving = asyncio.create_task(notes.write(lambda _: go.wait(10) and None))
    staying = asyncio.create_task(notes.write(add("stays")))
    await asyncio.sleep(0.01)

    leaving.cancel()
    go.set()
    await staying

    assert await notes.read(texts) == ["stays"]


async def test_the_worker_is_woken_after_the_commit_and_only_then(notes: Database) -> None:
    seen: list[str] = []
    notes.on_wake(lambda: seen.append("woken"))

    def fail(session: Session) -> None:
        wake_worker_after_commit(session)
        raise ValueError("no")

    await notes.write(lambda _: None)
    with pytest.raises(ValueError, match="no"):
        await notes.write(fail)
    assert seen == []
    await notes.write(wake_worker_after_commit)

    assert seen == ["woken"]


async def test_another_replica_wakes_this_one_even_after_a_cut(postgresql_url: str) -> None:
    here, there = Database(postgresql_url), Database(postgresql_url)
    await here.open()
    await there.open()
    woken = asyncio.Event()
    here.on_wake(woken.set)
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
    )

    for _ in range(2):
        woken.clear()
        async with asyncio.timeout(60):
            # LISTEN starts in the background, so the first word may come too early.
            while not woken.is_set():
                await there.write(wake_worker_after_commit)
                await asyncio.sleep(0.02)
        await there.read(sql(cut))

    await here.close()
    await there.close()


async def test_postgresql_refuses_to_commit_after_a_swallowed_error(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()

    def swallow(session: Session) -> None:
        with pytest.raises(sa.exc.ProgrammingError):
            session.connection().exec_driver_sql("SELECT nonsense FROM nowhere")

    with pytest.raises(SwallowedError, match="begin_nested"):
        await database.write(swallow)

    await database.close()


async def test_two_threads_change_one_row_one_after_the_other(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    await database.write(sql("CREATE TABLE tally (n INTEGER)"))
    await database.write(sql("INSERT INTO tally VALUES (0)"))

    def count(session: Session) -> None:
        connection = session.connection()
        n = connection.exec_driver_sql("SELECT n FROM tally FOR UPDATE").scalar_one()
        connection.exec_driver_sql(f"UPDATE tally SET n = {n + 1}")  # noqa: S608 - a number

    await asyncio.gather(*(database.write(count) for _ in range(40)))

    look = "SELECT n FROM tally"
    found = await database.read(lambda s: s.connection().exec_driver_sql(look).scalar_one())
    assert found == 40
    await database.close()


async def test_replicas_whose_units_lock_each_other_out_save_all_of_them(
    postgresql_url: str,
) -> None:
    here, there = Database(postgresql_url, threads=2), Database(postgresql_url, threads=2)
    await here.open()
    await there.open()
    await here.write(sql("CREATE TABLE tally (name VARCHAR, n INTEGER)"))
    await here.write(sql("INSERT INTO tally VALUES ('a', 0), ('b', 0)"))
    both = threading.Barrier(2)

    def count(name: str) -> Do:
        return sql(f"UPDATE tally SET n = n + 1 WHERE name = '{name}'")  # noqa: S608 - our own

    def meet(_: Session) -> None:
        with suppress(threading.BrokenBarrierError):  # the one that is run again meets nobody
            both.wait(2)

    def crossing(first: str, second: str) -> Do:
        def work(session: Session) -> None:
            count(first)(session)
            meet(session)
            count(second)(session)

        return work

    await asyncio.gather(here.write(crossing("a", "b")), there.write(crossing("b", "a")))

    look = "SELECT sum(n) FROM tally"
    assert await here.read(lambda s: s.connection().exec_driver_sql(look).scalar_one()) == 4
    await here.close()
    await there.close()


async def test_a_second_bot_on_one_file_is_refused_in_words(sqlite_url: str) -> None:
    first, second = Database(sqlite_url), Database(sqlite_url)
    await first.open()

    with pytest.raises(AlreadyRunning, match="Another bot is already running"):
        await second.open()
    await first.close()

    await second.open()
    await second.close()


async def test_a_command_line_may_work_beside_the_bot(sqlite_url: str) -> None:
    bot, tool = Database(sqlite_url), Database(sqlite_url, exclusive=False)
    await bot.open()
    await tool.open()

    await bot.write(sql("CREATE TABLE note (text VARCHAR PRIMARY KEY)"))
    await asyncio.gather(
        *(bot.write(add(f"bot {n}")) for n in range(20)),
        *(tool.write(add(f"tool {n}")) for n in range(20)),
    )

    assert len(await bot.read(texts)) == 40
    await tool.close()
    await bot.close()


async def test_a_failing_commit_fails_every_unit_in_it(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.open()
    await database.write(sql("CREATE TABLE note (text VARCHAR PRIMARY KEY)"))

    outcomes = await asyncio.gather(
        database.write(add("innocent")),
        database.write(sql("ROLLBACK")),
        database.write(add("neighbour")),
        return_exceptions=True,
    )

    assert isinstance(outcomes[0], NotCommitted)
    assert isinstance(outcomes[1], Exception)
    await database.write(add("afterwards"))
    found = await database.read(texts)
    assert "innocent" not in found
    assert "afterwards" in found
    await database.close()


async def test_a_full_disk_acknowledges_nothing_and_heals_by_itself(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.open()
    await database.write(sql("CREATE TABLE note (text VARCHAR PRIMARY KEY)"))

    def fill(session: Session) -> None:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        add("x" * 100_000)(session)

    outcomes = await asyncio.gather(
        database.write(add("innocent")), database.write(fill), return_exceptions=True
    )
    assert isinstance(outcomes[1], NotCommitted)
    kept = ["innocent"] if outcomes[0] is None else []
    assert await database.read(texts) == kept

    await database.write(add("y" * 100_000))
    assert len(await database.read(texts)) == len(kept) + 1
    await database.close()


async def test_a_connection_cut_in_the_middle_saves_nothing_and_may_be_asked_again(
    postgresql_url: str,
) -> None:
    database = Database(postgresql_url)
    await database.open()
    await database.write(sql("CREATE TABLE note (text VARCHAR PRIMARY KEY)"))

    def cut(session: Session) -> None:
        add("lost")(session)
        sql("SELECT pg_terminate_backend(pg_backend_pid())")(session)

    with pytest.raises(NotCommitted):
        await database.write(cut)
    await database.write(add("kept"))

    assert await database.read(texts) == ["kept"]
    await database.close()


async def test_an_error_of_the_work_itself_stays_what_it_is(notes: Database) -> None:
    await notes.write(add("once"))

    with pytest.raises(sa.exc.IntegrityError):
        await notes.write(add("once"))
    with pytest.raises(sa.exc.DBAPIError, match="nowhere"):
        await notes.write(sql("DELETE FROM nowhere"))


async def test_a_database_that_cannot_be_reached_is_not_open(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/no/such/folder/parley.db", exclusive=False)

    with pytest.raises(sa.exc.OperationalError):
        await database.open()


async def test_nobody_waits_for_a_thread_whose_connection_broke() -> None:
    class Broken:
        def run(self, units: Sequence[Unit[object]]) -> None:
            raise OSError("gone")

        def close(self) -> None:
            pass

    crew = Crew("broken", Broken, lambda _: None, threads=1, together=4, room=10)

    outcomes = await asyncio.gather(
        *(crew.do(lambda _: None) for _ in range(6)), return_exceptions=True
    )

    assert all(isinstance(outcome, OSError) for outcome in outcomes)
    await crew.close()


class Commits:
    """Notes how many units share each commit; it holds the first until `go` is set."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def run(self, units: Sequence[Unit[object]]) -> None:
        self.begun.set()
        assert self.go.wait(10)
        self.sizes.append(len(units))

    def close(self) -> None:
        pass


async def test_who_shared_a_commit_is_waited_for_and_who_came_alone_waits_for_nobody() -> None:
    commits = Commits()
    crew = Crew(
        "writer", lambda: commits, lambda _: None, threads=1, together=4, room=10, patience=10
    )

    def come() -> asyncio.Task[None]:
        return asyncio.create_task(crew.do(lambda _: None))

    alone = come()
    assert await asyncio.to_thread(commits.begun.wait, 10)
    two = [come(), come()]
    for _ in range(2):  # turns of the loop: they ask, and are handed over
        await asyncio.sleep(0)
    commits.go.set()
    await asyncio.gather(alone, *two)
    first = come()
    await asyncio.sleep(0.05)  # long enough to be taken alone
    await asyncio.gather(first, come())

    assert commits.sizes == [1, 2, 2]
    await crew.close()


def test_an_address_that_names_no_file_is_refused() -> None:
    with pytest.raises(ValueError, match="names no file"):
        Database("sqlite://")


def test_an_unknown_database_is_refused() -> None:
    with pytest.raises(ValueError, match="SQLite or PostgreSQL"):
        Database("mysql://localhost/parley")


async def test_a_closed_database_says_that_it_is_not_open(sqlite_url: str) -> None:
    with pytest.raises(RuntimeError, match="not open yet"):
        await Database(sqlite_url).read(texts)
