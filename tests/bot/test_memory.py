"""Quick answers come from memory, and are never older than they may be."""

import asyncio
from functools import partial

import pytest
from sqlmodel import Session

from bot import memory
from bot.memory import Forgotten, Memory
from storage import people
from storage.database import Database
from tests.bot.house import ADA, House, text_of


@pytest.fixture
def slow_to_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loaded machine must not change what these tests see."""
    monkeypatch.setattr(memory, "SECONDS", 3600)


@pytest.mark.usefixtures("slow_to_forget")
class TestQuickRoutes:
    async def test_the_second_answer_needs_no_database(self, house: House) -> None:
        await house.says("toy add Bear")
        first = await house.says("peek")
        await house.database.close()

        second = await house.says("peek")

        await house.database.open()
        assert text_of(first) == text_of(second) == "Bear"

    async def test_a_write_is_seen_by_the_next_look(self, house: House) -> None:
        seen = []

        for toy in ("Bear", "Ball"):
            await house.says(f"toy add {toy}")
            seen.append(text_of(await house.says("peek")))

        assert [set(one.split(", ")) for one in seen] == [{"Bear"}, {"Bear", "Ball"}]

    async def test_what_takes_time_goes_on_beside_the_loop(self, house: House) -> None:
        await house.says("peek")
        await house.says("toy add Bear")

        answers = [await house.says(words) for words in ("peek slowly", "peek closely") * 2]

        assert {text_of(answer) for answer in answers} == {"Bear"}

    async def test_who_may_not_is_refused_from_memory_as_well(self, house: House) -> None:
        before = await house.says("peek", ADA)
        await house.write(lambda session: people.deactivate(session, 1))
        await house.says("toy add Bear", ADA)
        house.engine._memory.clear()

        after = [await house.says("peek", ADA) for _ in range(2)]

        assert text_of(before) == "Nothing."
        assert len({text_of(answer) for answer in after}) == 1
        assert "I do not know you" in text_of(after[0])

    async def test_they_leave_no_row(self, house: House) -> None:
        for _ in range(3):
            await house.says("peek", id="same")

        assert await house.count("inbound") == 0


class TestMemory:
    async def test_another_replicas_change_is_seen_in_time(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await house.says("peek")
        await house.write(lambda session: people.add_department(session, "bear", "Bear"))
        monkeypatch.setattr(memory, "SECONDS", 0)

        assert text_of(await house.says("peek")) == "Bear"

    async def test_without_a_session_only_what_is_fresh_is_known(self, database: Database) -> None:
        kept = Memory()
        await database.read(lambda session: kept.get("key", _three, session))

        assert kept.get("key", _three, None) == 3
        with pytest.raises(Forgotten):
            kept.get("other key", _three, None)

    @pytest.mark.usefixtures("slow_to_forget")
    async def test_what_was_read_before_a_write_is_not_kept_after_it(
        self, database: Database
    ) -> None:
        kept = Memory()

        def read_while_somebody_writes(_: Session) -> int:
            kept.clear()
            return 3

        await database.read(lambda session: kept.get("key", read_while_somebody_writes, session))

        with pytest.raises(Forgotten):
            kept.get("key", _three, None)

    async def test_it_never_grows_beyond_its_bound(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(memory, "ENTRIES", 3)
        kept = Memory()

        await asyncio.gather(*(database.read(partial(kept.get, key, _three)) for key in range(10)))

        assert len(kept._values) <= 3


def _three(_: Session) -> int:
    return 3
