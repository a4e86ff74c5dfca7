"""The ladder as it is climbed: who hears what and when, and what ends it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot.context import Context
from bot.ui import Message, Problems
from bot.workflow import NO_SUCH_THING
from storage import accounts, calendars, people
from storage.audit import audit
from storage.database import Database
from storage.people import Account
from tests.furniture import Furniture
from tests.workflows.engine import MONDAY
from tests.workflows.feedback.panels import (
    DAY,
    HOUR,
    IDS,
    TUESDAY,
    Panel,
    buttons_of,
    move_in,
    seated,
)
from workflows.feedback import giving_texts, tables
from workflows.feedback import reminding_texts as texts
from workflows.feedback.keeping import WHY
from workflows.feedback.rules import CardState
from workflows.hiring.tables import Application, Candidate, PanelSeat, Recusal, Search
from workflows.people import calls as staff

END = TUESDAY + 2 * HOUR
WEEKS = 21 * DAY
FRIDAY = MONDAY + 4 * DAY
THE_WHOLE_LADDER = [
    "Ada Tue 03 11:00 ask",
    "Ada Tue 03 15:00 reminder",
    "Ada Fri 06 11:00 reminder",
    "Tom Mon 09 11:00 recruiter",
    "Hugo Tue 10 11:00 manager",
]


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, and candidates to meet."""
    return move_in


@pytest.fixture
async def panel(database: Database) -> AsyncIterator[Panel]:
    async with seated(database) as panel:
        yield panel


async def goes_away(panel: Panel, name: str, days: int) -> None:
    def go(ctx: Context) -> None:
        calendars.add_absence(ctx.session, IDS[name], ctx.now, ctx.now + days * DAY)
        staff.absences_changed(ctx, people.by_id(ctx.session, IDS[name], now=ctx.now))

    await panel.act(go)


async def is_lost(panel: Panel, name: str) -> None:
    """Let no message reach somebody any more."""
    own = Account("slack", "T1", name)
    await panel.act(lambda ctx: accounts.lose(ctx.session, own, "deactivated", now=ctx.now))


async def change(panel: Panel, table: type[Any], **values: Any) -> None:
    """Change the first row of a table."""

    def work(ctx: Context) -> None:
        row = ctx.session.get_one(table, 1)
        for name, value in values.items():
            setattr(row, name, value)

    await panel.act(work)


async def grant(panel: Panel, name: str, role: str) -> None:
    await panel.act(lambda ctx: people.grant(ctx.session, IDS[name], role))


async def recuses(panel: Panel, name: str) -> None:
    def recuse(ctx: Context) -> None:
        ctx.session.add(Recusal(application_id=1, person_id=IDS[name], at=ctx.now))

    await panel.act(recuse)


def last(panel: Panel) -> Message:
    return panel.parcels[-1].message


class TestTheLadder:
    async def test_five_messages_and_then_no_more(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)

        assert await panel.until(END + WEEKS) == THE_WHOLE_LADDER
        assert (await panel.card("Ada")).reminders == len(THE_WHOLE_LADDER)

    async def test_each_is_due_in_the_readers_own_hours(self, panel: Panel) -> None:
        zones = {"Ada": "America/New_York", "Tom": "Asia/Tokyo"}

        def move(ctx: Context) -> None:
            for name, zone in zones.items():
                this = people.person.c.id == IDS[name]
                moved = sa.update(people.person).where(this).values(timezone=zone)
                ctx.session.connection().execute(moved)

        await panel.act(move)
        await panel.meets("Ada", end=END)

        assert await panel.until(END + WEEKS) == [
            "Ada Tue 03 14:00 ask",  # 09:00 in New York
            "Ada Tue 03 18:00 reminder",
            "Ada Fri 06 14:00 reminder",
            "Tom Mon 09 00:00 recruiter",  # 09:00 in Tokyo
            "Hugo Tue 10 09:00 manager",
        ]

    async def test_what_is_submitted_is_not_asked_for_any_more(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END + HOUR)

        await panel.settles("Ada", state=CardState.SUBMITTED)

        assert await panel.until(END + WEEKS) == []
        assert await panel.loose_ends() == set()

    async def test_what_is_settled_behind_its_back_is_left_alone(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END)

        await change(panel, tables.Scorecard, state=CardState.SUBMITTED)

        assert await panel.until(END + WEEKS) == []

    async def test_a_restart_in_between_changes_nothing(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        first = await panel.until(END + 5 * HOUR)

        async with seated(panel.database) as restarted:
            restarted.clock.advance(panel.clock.now() - restarted.clock.now())
            await restarted.collect()
            rest = await restarted.until(END + WEEKS)

        assert first + rest[-3:] == THE_WHOLE_LADDER

    async def test_after_a_standstill_whoever_is_late_is_asked_before_others_hear(
        self, panel: Panel
    ) -> None:
        await panel.meets("Ada", end=END)
        panel.clock.advance(FRIDAY + 4 * HOUR - MONDAY)

        assert await panel.until(END + WEEKS) == [
            "Ada Fri 06 13:00 ask",
            "Tom Mon 09 11:00 recruiter",
            "Hugo Tue 10 11:00 manager",
        ]
        assert "It was due on Friday 6 November, 11:00 (UTC)." in panel.parcels[0].message.text

    async def test_looking_twice_says_it_once(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END)

        for _ in range(2):
            await panel.changes(1)
            await panel.moves(1, END)

        assert await panel.until(END + WEEKS) == THE_WHOLE_LADDER[1:]


class TestSeveralScorecards:
    async def test_one_reminder_a_day_speaks_of_both(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.meets("Ada", end=END + HOUR, candidate=2)

        told = await panel.until(END + 2 * DAY)

        assert told == [
            "Ada Tue 03 11:00 ask",
            "Ada Tue 03 12:00 ask",
            "Ada Tue 03 15:00 reminder",
        ]
        assert "I-1 with C-1, due on" in last(panel).text
        assert "I-2 with C-2, due on" in last(panel).text
        assert list(buttons_of(last(panel))) == ["Give feedback: I-1", "Give feedback: I-2"]
        assert [(await panel.card("Ada", id)).reminders for id in (1, 2)] == [2, 2]

    async def test_two_replicas_that_look_at_once_remind_once(
        self, panel: Panel, database_url: str
    ) -> None:
        await panel.meets("Ada", end=END)
        await panel.meets("Ada", end=END, candidate=2)
        await panel.until(END + 3 * HOUR)
        panel.clock.advance(HOUR)

        one, other = await panel.due()
        replica = Database(database_url, exclusive=False)
        await replica.open()
        async with seated(replica) as second:
            second.clock.advance(panel.clock.now() - second.clock.now())
            await asyncio.gather(panel.engine.run_timer(one), second.engine.run_timer(other))
        await replica.close()

        assert (await panel.until(END + 2 * DAY)) == []
        await panel.collect()
        assert panel.told[2:] == ["Ada Thu 05 11:00 reminder"]
        assert await panel.loose_ends() == set()

    async def test_the_last_calls_of_one_day_are_one_as_well(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.meets("Ada", end=END + HOUR, candidate=2)
        await panel.until(END + 2 * DAY)

        assert await panel.until(END + WEEKS) == [
            "Ada Fri 06 11:00 reminder",
            "Tom Mon 09 11:00 recruiter",
            "Tom Mon 09 12:00 recruiter",
            "Hugo Tue 10 11:00 manager",
            "Hugo Tue 10 12:00 manager",
        ]

    async def test_three_become_a_digest(self, panel: Panel) -> None:
        for candidate in (1, 2, 3):
            await panel.meets("Ada", end=END + candidate * HOUR, candidate=candidate)

        told = await panel.until(FRIDAY)

        assert told == [
            "Ada Tue 03 12:00 ask",
            "Ada Tue 03 13:00 ask",
            "Ada Tue 03 14:00 digest",
            "Ada Wed 04 09:00 digest",
        ]
        assert "3 scorecards of yours are not in yet" in last(panel).text
        assert list(buttons_of(last(panel))) == [texts.SEE_ALL]

    async def test_never_two_reminders_on_one_day(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.meets("Ada", end=END + 25 * HOUR, candidate=2)
        await panel.meets("Ben", "Ada", end=END + 50 * HOUR, candidate=3)

        told = await panel.until(END + WEEKS)

        days = [line[:10] for line in told if line.startswith("Ada") and "ask" not in line]
        assert len(days) == len(set(days)) > 2

    async def test_what_is_snoozed_is_not_spoken_of(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.meets("Ada", end=END + HOUR, candidate=2)
        await panel.until(END + HOUR)

        await panel.settles("Ada", 2, snoozed_until=TUESDAY + DAY)
        told = await panel.until(TUESDAY + DAY)

        assert told == ["Ada Tue 03 15:00 reminder", "Ada Wed 04 09:00 reminder"]
        assert "I-2" not in panel.parcels[-2].message.text


class TestSnooze:
    async def test_the_next_reminder_comes_when_a_snooze_ends(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END)

        await panel.settles("Ada", snoozed_until=END + 2 * HOUR)

        assert await panel.until(FRIDAY + HOUR * 3) == [
            "Ada Tue 03 13:00 reminder",
            "Ada Wed 04 09:00 reminder",
            "Ada Fri 06 11:00 reminder",
        ]

    async def test_a_snooze_keeps_nothing_from_the_recruiter(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END)

        await panel.settles("Ada", snoozed_until=END + 10 * DAY)

        assert await panel.until(END + WEEKS) == [
            "Tom Mon 09 11:00 recruiter",
            "Hugo Tue 10 11:00 manager",
            "Ada Fri 13 11:00 reminder",
        ]


class TestWhoIsNotThere:
    async def test_the_recruiter_is_offered_to_step_in_at_once(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END)

        await goes_away(panel, "Ada", 12)

        assert await panel.until(END + WEEKS) == [
            "Tom Tue 03 11:00 recruiter",
            "Ada Mon 16 09:00 reminder",
            "Hugo Wed 18 09:00 manager",
        ]
        offer = panel.parcels[1].message
        assert texts.Lateness.AWAY in offer.text
        assert list(buttons_of(offer)) == [texts.REASSIGN, texts.WAIVE]

    async def test_who_is_back_earlier_is_reminded_again(self, panel: Panel) -> None:
        await goes_away(panel, "Ada", 12)
        await panel.meets("Ada", end=END)
        assert await panel.until(END) == ["Tom Tue 03 11:00 recruiter"]

        def come_back(ctx: Context) -> None:
            [absence] = calendars.absences_of(ctx.session, IDS["Ada"], since=ctx.now)
            calendars.end_absence(ctx.session, absence, ctx.now)
            staff.absences_changed(ctx, people.by_id(ctx.session, IDS["Ada"], now=ctx.now))

        await panel.act(come_back)

        assert await panel.until(END + HOUR) == ["Ada Tue 03 11:00 ask"]

    async def test_whom_nothing_reaches_the_recruiter_hears_of(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END)

        await is_lost(panel, "Ada")

        assert await panel.until(END + WEEKS) == [
            "Tom Tue 03 15:00 recruiter",
            "Hugo Tue 10 11:00 manager",
        ]
        assert texts.Lateness.OUT_OF_REACH in panel.parcels[1].message.text

    async def test_who_has_left_is_not_written_to(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)

        await panel.act(lambda ctx: people.deactivate(ctx.session, IDS["Ada"]))

        assert await panel.until(END) == ["Tom Tue 03 11:00 recruiter"]

    async def test_what_does_not_arrive_goes_to_the_recruiter_and_speaks_of_one_search(
        self, panel: Panel
    ) -> None:
        def add_search(ctx: Context) -> None:
            other = ctx.session.get_one(Search, 1).model_dump() | {"id": None}
            search = Search(**other | {"ta_owner_id": IDS["Rex"]})
            ctx.session.add(search)
            ctx.session.flush()
            ctx.session.get_one(Application, 2).search_id = search.id or 0

        await panel.act(add_search)
        await panel.meets("Ada", end=END)
        await panel.meets("Ada", end=END, candidate=2)

        await panel.until(END + 5 * HOUR)

        detours = [parcel.envelope.otherwise for parcel in panel.parcels]
        assert detours == [(IDS["Tom"],), (IDS["Rex"],), ()]

    async def test_what_does_not_arrive_goes_to_no_candidate_it_speaks_of(
        self, panel: Panel
    ) -> None:
        await panel.meets("Ada", end=END)
        await panel.meets("Ada", end=END, candidate=2)

        def apply(ctx: Context) -> None:
            ctx.session.get_one(Candidate, 2).internal_person_id = IDS["Tom"]

        await panel.act(apply)
        await panel.until(END + 5 * HOUR)

        detours = [parcel.envelope.otherwise for parcel in panel.parcels]
        assert detours == [(IDS["Tom"],), (), ()]


class TestTheRecruiter:
    @pytest.mark.parametrize(
        ("owner", "roles", "told"),
        [
            ("Tom", {"Rex": "recruiter", "Amy": "admin"}, "Tom"),
            (None, {"Rex": "recruiter", "Amy": "admin"}, "Rex"),
            (None, {"Amy": "admin"}, "Amy"),
            ("Ada", {"Rex": "recruiter"}, "Rex"),
        ],
    )
    async def test_the_owner_hears_first_then_recruiters_then_admins(
        self, panel: Panel, owner: str | None, roles: dict[str, str], told: str
    ) -> None:
        await change(panel, Search, ta_owner_id=owner and IDS[owner])
        for name, role in roles.items():
            await grant(panel, name, role)

        await panel.meets("Ada", end=END)

        heard = [line for line in await panel.until(END + WEEKS) if line.endswith("recruiter")]
        assert heard == [f"{told} Mon 09 11:00 recruiter"]

    async def test_who_is_away_does_not_hear_of_it_while_somebody_else_can(
        self, panel: Panel
    ) -> None:
        await grant(panel, "Rex", "recruiter")
        await goes_away(panel, "Tom", 30)

        await panel.meets("Ada", end=END)

        assert "Rex Mon 09 11:00 recruiter" in await panel.until(END + WEEKS)

    async def test_the_candidate_and_who_is_recused_hear_nothing(self, panel: Panel) -> None:
        await change(panel, Candidate, internal_person_id=IDS["Tom"])
        await recuses(panel, "Hugo")

        await panel.meets("Ada", end=END)

        assert await panel.until(END + WEEKS) == THE_WHOLE_LADDER[:3]

    async def test_no_message_names_more_than_codes_and_the_author(self, panel: Panel) -> None:
        await panel.meets("Ada", end=END)
        await panel.until(END + WEEKS)

        assert panel.parcels[3].message.text == (
            "Ada's scorecard for I-1 with C-1 is overdue. You can give the seat to somebody else "
            "who was there, or let the panel go on without it."
        )
        assert all(parcel.envelope.sensitive for parcel in panel.parcels)


class TestSteppingIn:
    @pytest.fixture
    async def late(self, panel: Panel) -> Panel:
        """A panel whose recruiter was told of Ada's scorecard."""
        await panel.meets("Ada", "Ben", end=END)
        await panel.settles("Ben", state=CardState.SUBMITTED)
        await panel.until(END + 6 * DAY)
        assert panel.told[-1] == "Tom Mon 09 11:00 recruiter"
        return panel

    async def test_a_waived_scorecard_is_not_waited_for(self, late: Panel) -> None:
        waive = buttons_of(last(late))[texts.WAIVE]

        answer = await late.presses("Tom", waive)
        again = await late.presses("Tom", waive)

        card = await late.card("Ada")
        assert card.state is CardState.DECLINED
        assert late.sealer.open(card.reason or "", at=WHY, row="1") == texts.WAIVED_REASON
        assert answer == Message(text=texts.waived("Ada", "I-1 with C-1"))
        assert again == Message(text=texts.settled_already("I-1 with C-1"))
        await late.collect()
        assert late.told[-2:] == ["Ada Mon 09 11:00 ask", "Tom Mon 09 11:00 recruiter"]
        assert buttons_of(last(late)) == {}
        assert await late.until(END + WEEKS) == []

    async def test_waiving_is_audited(self, late: Panel) -> None:
        await late.presses("Tom", buttons_of(last(late))[texts.WAIVE])

        def acts(session: Session) -> list[tuple[int, str]]:
            wanted = sa.select(audit.c.actor, audit.c.entity)
            rows = session.connection().execute(wanted.where(audit.c.action == "feedback.waive"))
            return [(row.actor, row.entity) for row in rows]

        assert await late.database.read(acts) == [(IDS["Tom"], "scorecard:1")]

    async def test_a_reassigned_scorecard_is_asked_of_somebody_else(self, late: Panel) -> None:
        reassign = buttons_of(last(late))[texts.REASSIGN]

        answer = await late.sends("Tom", reassign, who="Cleo")

        assert answer == Message(text=giving_texts.handed_over("Cleo", "I-1"))
        assert (await late.card("Ada")).state is CardState.REASSIGNED
        told = await late.until(END + WEEKS)
        assert "Cleo Mon 09 11:00 ask" in told
        assert [line for line in told if line.startswith("Ada")] == ["Ada Mon 09 11:00 ask"]

        def seats(session: Session) -> set[int]:
            present = (session.get(PanelSeat, (1, id)) for id in IDS.values())
            return {seat.person_id for seat in present if seat}

        assert await late.database.read(seats) == {IDS["Ben"], IDS["Cleo"]}

    async def test_who_must_not_judge_or_does_already_is_refused_in_the_same_words(
        self, late: Panel
    ) -> None:
        await change(late, Candidate, internal_person_id=IDS["Cleo"])
        await recuses(late, "Hugo")

        reassign = buttons_of(last(late))[texts.REASSIGN]

        for who in ("Ada", "Ben", "Cleo", "Hugo", "Nobody"):
            answer = await late.sends("Tom", reassign, who=who)

            assert answer == Problems(fields={"who": giving_texts.NOT_THEM})
        assert (await late.card("Ada")).state is CardState.REQUESTED

    async def test_nobody_else_steps_in(self, late: Panel) -> None:
        await grant(late, "Amy", "admin")
        waive, reassign = (buttons_of(last(late))[one] for one in (texts.WAIVE, texts.REASSIGN))

        answers = [await late.presses(name, waive) for name in ("Ada", "Ben", "Hugo", "Amy")]
        answers += [await late.sends(name, reassign, who="Cleo") for name in ("Ben", "Hugo", "Amy")]

        assert answers == [Message(text=NO_SUCH_THING)] * len(answers)
        assert (await late.card("Ada")).state is CardState.REQUESTED
