"""Nobody reads a bit too early: the table by a second hand, and worlds that differ unseen."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.ui import Answer, Message
from storage import people
from storage.database import Database
from tests.furniture import Furniture, nothing
from tests.workflows.engine import MONDAY, engine_around
from tests.workflows.feedback import reading_house as rows
from tests.workflows.feedback.reading_house import CREW, FIVE, IDS, House
from workflows import feedback
from workflows.feedback import handlers, sight
from workflows.feedback.rules import CardState, Overall
from workflows.feedback.sight import Card, RoundState, Sight, Viewer
from workflows.hiring.rules import Reveal
from workflows.hiring.tables import PanelSeat

assert handlers

pytestmark = pytest.mark.repeats

# The table of section 7, by hand ------------------------------------------------------------

STAGES = ("first", "second")
PANEL = (1, 2, 3)
MANAGER, RECRUITER, OWNER, ADMIN, CANDIDATE, RECUSED, OTHER = range(4, 11)
EVERYBODY = (*PANEL, MANAGER, RECRUITER, OWNER, ADMIN, CANDIDATE, RECUSED, OTHER)
HOUR = timedelta(hours=1)

#: By row: before one's own is in, after that with the panel incomplete, and once it is open.
MATRIX = {
    "pending": (Sight.STATUS, None, Sight.CONTENT),
    "submitted": (None, Sight.STATUS, Sight.CONTENT),
    "submitted, after_own": (None, Sight.CONTENT, Sight.CONTENT),
    "looks after it": (Sight.STATUS, Sight.STATUS, Sight.CONTENT),
    "broke the glass": (Sight.CONTENT, Sight.CONTENT, Sight.CONTENT),
    "never": (Sight.NOTHING, Sight.NOTHING, Sight.NOTHING),
}
BEFORE, AFTER, OPEN = range(3)


@dataclass
class World:
    """What happened to one application, told in the simplest terms."""

    policy: Reveal
    debrief: datetime | None
    now: datetime = MONDAY
    seated: set[tuple[str, int]] = field(default_factory=set)
    said: dict[tuple[str, int], str] = field(default_factory=dict)  #: waits, given or settled
    due: dict[str, datetime] = field(default_factory=dict)
    revealed: set[str] = field(default_factory=set)
    keeps: set[int] = field(default_factory=lambda: {MANAGER, RECRUITER, OWNER, ADMIN})
    glass: dict[str, datetime] = field(default_factory=dict)
    gone: set[int] = field(default_factory=lambda: {CANDIDATE, RECUSED})

    def is_open(self, stage: str) -> bool:
        """Say whether everything is in, or it is time."""
        words = [word for (where, _), word in self.said.items() if where == stage]
        alive = [word for word in words if word != "settled"]
        if stage in self.revealed or (alive and set(alive) == {"given"}):
            return True
        opens = self.debrief if stage == "second" else None
        return bool(alive) and self.now >= (opens or self.due[stage] + 48 * HOUR)

    def is_open_to_late(self, stage: str) -> bool:
        """Say whether it is open and the time has come, which is one for all cards here."""
        opens = self.debrief if stage == "second" else None
        return self.is_open(stage) and self.now >= (opens or self.due[stage] + 48 * HOUR)

    def waits(self, stage: str, who: int) -> bool:
        """Say whether somebody of the panel has still to judge in a stage."""
        return (stage, who) in self.seated and self.said.get((stage, who)) == "waits"

    def sits(self, stage: str, who: int) -> bool:
        """Say whether somebody is on the panel of a stage."""
        given = self.said.get((stage, who), "settled") != "settled"
        return (stage, who) in self.seated and given

    def row(self, who: int, stage: str) -> str:
        """Return somebody's row of the table."""
        if who in self.gone:
            return "never"
        held_back = any(self.waits(each, who) and not self.is_open_to_late(each) for each in STAGES)
        if held_back and (who in self.keeps or self._reads_here(stage, who)):
            return "pending"
        if self.sits(stage, who) and self.policy is Reveal.AFTER_OWN:
            return "submitted, after_own"
        if who == ADMIN and who in self.keeps and self.now < self.glass.get(stage, self.now):
            return "broke the glass"
        if who in self.keeps:
            return "looks after it"
        return "submitted" if self._reads_here(stage, who) else "never"

    def expected(self, who: int, stage: str, author: int) -> Sight:
        """Return what the table says."""
        row = self.row(who, stage)
        if row != "never" and author == who:
            return Sight.CONTENT
        if row == "never" and author == who and who not in self.gone:
            return Sight.CONTENT
        held_back = row == "pending"
        column = BEFORE if held_back else OPEN if self.is_open(stage) else AFTER
        found = MATRIX[row][column]
        assert found is not None
        return found

    def _reads_here(self, stage: str, who: int) -> bool:
        later = STAGES[STAGES.index(stage) :]
        return any(self.sits(each, who) for each in later)

    # What may happen ------------------------------------------------------------------------

    def is_seated(self, stage: str, who: int) -> None:
        self.seated.add((stage, who))
        if self.said.get((stage, who)) != "given":
            self.said[stage, who] = "waits"

    def leaves_the_panel(self, stage: str, who: int) -> None:
        self.seated.discard((stage, who))
        if self.said.get((stage, who)) == "waits":
            self.said[stage, who] = "settled"

    def gives(self, stage: str, who: int) -> None:
        if self.said.get((stage, who)) == "waits":
            self.said[stage, who] = "given"

    def declines(self, stage: str, who: int) -> None:
        if self.said.get((stage, who)) == "waits":
            self.said[stage, who] = "settled"

    def gets_or_loses_a_role(self, stage: str, who: int) -> None:
        self.keeps ^= {who} - set(PANEL)

    def breaks_the_glass(self, stage: str, who: int) -> None:
        self.glass[stage] = self.now + HOUR

    def leaves(self, stage: str, who: int) -> None:
        self.gone.add(who)

    def an_hour_passes(self, stage: str, who: int) -> None:
        self.now += HOUR

    def a_day_passes(self, stage: str, who: int) -> None:
        self.now += 30 * HOUR

    def it_is_due_later(self, stage: str, who: int) -> None:
        self.due[stage] += 5 * HOUR

    def it_is_revealed(self, stage: str, who: int) -> None:
        if self.is_open(stage):
            self.revealed.add(stage)

    # As the product sees it ----------------------------------------------------------------

    def rounds(self) -> list[RoundState]:
        """Return the rounds as values."""
        states = {
            "waits": CardState.REQUESTED,
            "given": CardState.SUBMITTED,
            "settled": CardState.DECLINED,
        }
        return [
            RoundState(
                stage,
                self.now,
                tuple(
                    Card(stage, who, states[word], self.due[stage])
                    for (where, who), word in self.said.items()
                    if where == stage
                ),
                frozenset(who for where, who in self.seated if where == stage),
                self.debrief if stage == "second" else None,
                MONDAY if stage in self.revealed else None,
            )
            for stage in STAGES
        ]

    def viewer(self, who: int) -> Viewer:
        """Return somebody as a value."""
        glass = self.glass if who == ADMIN and who in self.keeps else {}
        return Viewer(who, who in self.gone, who in self.keeps, glass)


WHAT = {
    "gives": World.gives,
    "gives in the end": World.gives,
    "declines": World.declines,
    "is seated": World.is_seated,
    "leaves the panel": World.leaves_the_panel,
    "gets or loses a role": World.gets_or_loses_a_role,
    "breaks the glass": World.breaks_the_glass,
    "leaves": World.leaves,
    "an hour passes": World.an_hour_passes,
    "a day passes": World.a_day_passes,
    "it is due later": World.it_is_due_later,
    "it is revealed": World.it_is_revealed,
}
events = st.lists(
    st.tuples(
        st.sampled_from(list(WHAT)),
        st.sampled_from(STAGES),
        st.sampled_from([*PANEL, MANAGER, RECRUITER, OWNER, ADMIN]),
    ),
    min_size=4,
    max_size=14,
)


@given(events, st.sampled_from(Reveal), st.sampled_from([None, MONDAY + 20 * HOUR]))
@settings(max_examples=100, deadline=None)
def test_everybody_sees_what_the_table_says_after_whatever_happened(
    history: list[tuple[str, str, int]], policy: Reveal, debrief: datetime | None
) -> None:
    world = World(policy, debrief, due={"first": MONDAY + HOUR, "second": MONDAY + 24 * HOUR})
    for stage, who in (("first", 1), ("first", 2), ("second", 1), ("second", 3)):
        world.is_seated(stage, who)
    for what, stage, who in history:
        WHAT[what](world, stage, who)

        rounds = world.rounds()

        for reader in EVERYBODY:
            viewer = world.viewer(reader)
            for card in (card for each in rounds for card in each.cards):
                found = sight.judge(viewer, card, rounds, policy, world.now)
                expected = world.expected(reader, card.stage, card.interviewer)
                assert found is expected, (reader, card)


def test_a_card_whose_time_nobody_knows_keeps_its_round_closed() -> None:
    asked = Card("s", 1, CardState.SUBMITTED, MONDAY), Card("s", 2, CardState.REQUESTED, None)
    unknown = RoundState("s", MONDAY, asked, frozenset({1, 2}))

    assert sight.reveal_at(unknown) is None
    assert not sight.is_revealed(unknown, MONDAY + 1_000 * HOUR)


def test_nothing_is_revealed_where_nobody_was_met() -> None:
    nobody = RoundState("s", MONDAY, (Card("s", 1, CardState.VOID, MONDAY),), frozenset({1}))

    assert not sight.is_revealed(nobody, MONDAY + 1_000 * HOUR)


# Two worlds that differ in what is hidden ---------------------------------------------------

Secret = tuple[dict[str, int | str], Overall]
ONE: Secret = {**FIVE, "tech": 1}, Overall.STRONG_NO
OTHER_ONE: Secret = {**FIVE, "tech": 4, "case": "not_assessed"}, Overall.STRONG_YES
LOOKS_AFTER = {"Rita", "Hugo", "Tess", "Adam", "Iris", "Remy"}


@pytest.fixture
def template(sqlite_file: Callable[[Furniture], Path]) -> Path:
    """A migrated file to copy."""
    return sqlite_file(nothing)


async def open_house(stack: AsyncExitStack, template: Path, path: Path, policy: Reveal) -> House:
    shutil.copyfile(template, path)
    database = Database(f"sqlite:///{path}")
    await database.open()
    stack.push_async_callback(database.close)
    engine, clock, sealer = await stack.enter_async_context(
        engine_around(feedback.workflow, database)
    )
    house = House(engine, database, clock, sealer)
    await database.write(lambda session: rows.move_in(session, reveal=policy))
    await database.write(rows.bind_room)
    house.cards = await database.write(lambda session: rows.seat(session, ["Ada", "Ben", "Cleo"]))
    await house.tells(1)
    await house.runs_timers()
    return house


async def sees(house: House, name: str) -> list[Answer]:
    """Return what somebody finds out by asking."""
    words = ["feedback summary C-1", "feedback status S-1"]
    return [await house.says(name, each) for each in words[: 2 if name in LOOKS_AFTER else 1]]


async def may_read(house: House, name: str) -> bool:
    """Say whether somebody may read the card in which the worlds differ."""

    def look(session: Session) -> Sight:
        someone = people.by_id(session, IDS[name], now=house.clock.now())
        card = rows.card(session, house.cards["Ben"])
        return sight.can_view(session, someone, card, house.clock.now())

    return await house.database.read(look) is Sight.CONTENT


async def unread(house: House) -> list[tuple[int | None, Message]]:
    """Return what was posted, but for what is for somebody alone who may read that card."""
    names = {id: name for name, id in IDS.items()}
    readers = [id for id, name in names.items() if await may_read(house, name)]
    sent = await house.sent()
    return [(each.person, each.message) for each in sent if each.person not in readers]


def acts(seed: int) -> Iterator[str]:
    """Yield what happens, in an order of its own for each seed; then the time comes."""
    order = ["Ada gives", "Ben gives", "Ben revises", "glass", "Rita loses", "Tess leaves", "seat"]
    random.Random(seed).shuffle(order)  # noqa: S311 - the same order each time
    yield from [each for each in order if each != "Ben revises"]
    yield from ("Ben revises", "the time comes", "Cleo gives late")


async def act(house: House, what: str, secret: Secret) -> None:
    ratings, overall = secret
    match what:
        case "Ada gives":
            await house.gives("Ada")
        case "Ben gives" | "Ben revises":
            await house.gives("Ben", ratings, overall=overall, reason=str(overall))
        case "glass":
            await house.says("Adam", 'feedback open C-1 --reason="The debrief was moved ahead."')
        case "Rita loses":
            await house.changes(lambda s: people.revoke(s, IDS["Rita"], "recruiter"))
        case "Tess leaves":
            await house.changes(lambda s: people.deactivate(s, IDS["Tess"]))
        case "seat":
            seat = PanelSeat(interview_id=1, person_id=IDS["Olga"])
            await house.changes(lambda s: s.add(seat.model_copy()))
            await house.tells(1)
        case "the time comes":
            await house.moves_to(await house.opens_at() + 72 * HOUR)
        case _:
            await house.gives("Cleo", late=True)
    await house.runs_timers()


@pytest.mark.parametrize(("policy", "seed"), [(Reveal.AFTER_ALL, 1), (Reveal.AFTER_OWN, 2)])
async def test_what_is_hidden_changes_nothing_that_a_reader_sees(
    seed: int, policy: Reveal, template: Path, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        one = await open_house(stack, template, tmp_path / "one.db", policy)
        other = await open_house(stack, template, tmp_path / "other.db", policy)
        told_apart = set()

        for what in acts(seed):
            await act(one, what, ONE)
            await act(other, what, OTHER_ONE)
            for name in CREW:
                if await sees(one, name) != await sees(other, name):
                    assert await may_read(one, name), (what, name)
                    told_apart.add(name)
            posts = [await unread(house) for house in (one, other)]
            assert posts[0] == posts[1], what

        assert told_apart == {"Ada", "Ben", "Cleo", "Hugo", "Adam", "Olga"}
