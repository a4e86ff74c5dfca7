"""What a source says becomes rows, once, whatever comes first and however often it comes."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import permutations
from typing import TypeVar

import pytest
from sqlmodel import Session

from bot.context import unasked
from bot.errors import Invalid
from storage import accounts, imported, people
from storage.database import Database
from storage.secrets import Sealer
from tests.furniture import Furniture
from tests.workflows.engine import KEY, MONDAY
from tests.workflows.hiring.panels import ADA, BEN, furnish
from workflows.hiring import calls, tables, transfer
from workflows.hiring.importing import Fate, Intake
from workflows.hiring.rules import InterviewStatus, Outcome, SearchStatus
from workflows.hiring.said import (
    Applicant,
    Appointment,
    Candidacy,
    Colleague,
    Opening,
    Said,
    Stage,
)
from workflows.hiring.tables import Meeting, Search

T = TypeVar("T")

TITLE = "SOC analyst, junior"
LATER = timedelta(minutes=1)
OPENING = Opening(id="j", title=TITLE, status=SearchStatus.OPEN)
APPLICANT = Applicant(id="c", name="Grace Hopper", source="referral")
CANDIDACY = Candidacy(id="a", candidate="c", search="j", stage="s", outcome=Outcome.OPEN)
STAGE = Stage(id="s", name="On site")
COLLEAGUES = Colleague(id="u1", email=ADA), Colleague(id="u2", email=BEN)
APPOINTMENT = Appointment(
    id="i",
    application="a",
    stage="s",
    starts_at=MONDAY,
    ends_at=MONDAY + timedelta(hours=1),
    status=InterviewStatus.SCHEDULED,
    panel=("u1", "u2"),
    lead="u2",
)
ALL: tuple[Said, ...] = (OPENING, APPLICANT, CANDIDACY, STAGE, *COLLEAGUES, APPOINTMENT)


@dataclass
class Desk:
    """Takes in what a source says, each in a transaction of its own."""

    database: Database
    sealer: Sealer = field(default_factory=lambda: Sealer(KEY))
    heard: list[int] = field(default_factory=list)

    async def takes(self, *said: Said, at: datetime = MONDAY) -> list[Fate]:
        return [await self.does(partial(Intake.take, said=one, at=at)) for one in said]

    async def does(self, work: Callable[[Intake], T]) -> T:
        return await self.database.write(
            lambda session: work(Intake(unasked(session, self.sealer, MONDAY), "test"))
        )

    async def sees(self, work: Callable[[Session], T]) -> T:
        return await self.database.read(work)

    async def meeting(self) -> Meeting | None:
        return await self.sees(lambda session: tables.meeting(session, 1))

    async def panel(self) -> dict[str, bool]:
        """Return who is on the panel of the first interview, and whether they lead."""

        def look(session: Session) -> dict[str, bool]:
            seats = tables.panel(session, [1])
            named = [(people.by_id(session, one.person_id, now=MONDAY), one) for one in seats]
            return {person.name: seat.is_lead for person, seat in named}

        return await self.sees(look)


@pytest.fixture
def furniture() -> Furniture:
    """People and a scorecard."""
    return furnish


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """A desk beside people and a scorecard, that notes whenever an interview is told of."""
    desk = Desk(database)
    watch = calls.interviews_change(lambda _, meeting: desk.heard.append(meeting.interview.id or 0))
    yield desk
    calls.interviews_change._hooked.remove(watch)


async def test_what_a_source_says_becomes_an_interview_with_all_around_it(desk: Desk) -> None:
    await desk.takes(*ALL)

    meeting = await desk.meeting()
    assert meeting is not None
    assert (meeting.search.title, meeting.search.role_family, meeting.search.level) == (
        TITLE,
        "SOC analyst",
        "junior",
    )
    assert (meeting.application.stage, meeting.interview.stage) == ("on site", "on site")
    assert meeting.interview.starts_at == MONDAY
    assert await desk.panel() == {"Ada": False, "Ben": True}
    assert desk.heard == [1]


async def test_a_candidates_name_is_stored_sealed_and_nowhere_else(desk: Desk) -> None:
    await desk.takes(*ALL)

    meeting = await desk.meeting()
    kept = await desk.sees(lambda session: imported.find(session, "test", "candidate", "c"))
    assert meeting is not None
    assert kept is not None
    assert calls.name_of(desk.sealer, meeting.candidate) == "Grace Hopper"
    assert "Hopper" not in f"{meeting.candidate.name}{kept.said}"


async def test_a_scorecard_that_is_used_is_frozen(desk: Desk) -> None:
    await desk.takes(*ALL)

    template = await desk.sees(lambda session: session.get(tables.Template, 1))
    assert template is not None
    assert template.frozen


async def test_saying_all_again_changes_nothing_and_tells_nobody(desk: Desk) -> None:
    await desk.takes(*ALL)
    desk.heard.clear()

    fates = await desk.takes(*ALL, at=MONDAY + LATER)

    assert set(fates) == {Fate.SAME}
    assert desk.heard == []


@pytest.mark.parametrize("order", list(permutations(range(4)))[::7], ids=str)
async def test_the_order_of_arrival_does_not_matter(desk: Desk, order: tuple[int, ...]) -> None:
    parts = ((APPOINTMENT,), (CANDIDACY,), (OPENING, STAGE), (*COLLEAGUES, APPLICANT))

    for part in order:
        await desk.takes(*parts[part])

    meeting = await desk.meeting()
    assert meeting is not None
    assert meeting.interview.stage == meeting.application.stage == "on site"
    assert calls.name_of(desk.sealer, meeting.candidate) == "Grace Hopper"
    assert await desk.panel() == {"Ada": False, "Ben": True}


async def test_what_is_older_than_what_is_known_changes_nothing(desk: Desk) -> None:
    await desk.takes(*ALL)
    moved = APPOINTMENT.model_copy(update={"starts_at": MONDAY + timedelta(minutes=30)})

    fates = await desk.takes(moved, at=MONDAY - LATER)

    meeting = await desk.meeting()
    assert fates == [Fate.SAME]
    assert meeting is not None
    assert meeting.interview.starts_at == MONDAY


async def test_a_change_is_told_once_and_keeps_what_people_changed_meanwhile(desk: Desk) -> None:
    await desk.takes(*ALL)
    desk.heard.clear()

    def rename(session: Session) -> None:
        interview = session.get_one(tables.Interview, 1)
        interview.kind = "Case study"
        interview.status = InterviewStatus.NO_SHOW

    await desk.database.write(rename)
    moved = APPOINTMENT.model_copy(
        update={"starts_at": MONDAY + LATER, "status": InterviewStatus.DONE}
    )
    fates = await desk.takes(moved, at=MONDAY + LATER)

    meeting = await desk.meeting()
    assert fates == [Fate.CHANGED]
    assert meeting is not None
    assert meeting.interview.starts_at == MONDAY + LATER
    assert meeting.interview.kind == "Case study"
    assert meeting.interview.status is InterviewStatus.NO_SHOW
    assert desk.heard == [1]


async def test_what_is_renamed_or_moved_on_there_is_so_here(desk: Desk) -> None:
    await desk.takes(*ALL)

    fates = await desk.takes(
        OPENING.model_copy(update={"title": "SOC analyst II"}),
        Stage(id="s2", name="Final"),
        CANDIDACY.model_copy(update={"stage": "s2"}),
        APPOINTMENT.model_copy(update={"criteria": ("comm",), "panel": None, "stage": None}),
        at=MONDAY + LATER,
    )

    meeting = await desk.meeting()
    assert fates == [Fate.CHANGED, Fate.SAME, Fate.CHANGED, Fate.CHANGED]
    assert meeting is not None
    assert meeting.search.title == "SOC analyst II"
    assert (meeting.application.stage, meeting.application.stage_entered_at) == (
        "final",
        MONDAY + LATER,
    )
    assert (meeting.interview.stage, meeting.interview.criteria) == ("on site", ["comm"])
    assert await desk.panel() == {"Ada": False, "Ben": True}


async def test_an_interview_moves_to_a_stage_as_soon_as_its_name_is_known(desk: Desk) -> None:
    await desk.takes(*ALL, APPOINTMENT.model_copy(update={"stage": "s2"}), at=MONDAY)

    await desk.takes(Stage(id="s2", name="Final"))

    meeting = await desk.meeting()
    assert meeting is not None
    assert meeting.interview.stage == "final"


async def test_an_interview_without_a_time_waits_for_one(desk: Desk) -> None:
    fates = await desk.takes(*ALL[:-1], APPOINTMENT.model_copy(update={"ends_at": None}))
    waited = await desk.meeting()

    await desk.takes(APPOINTMENT, at=MONDAY + LATER)

    assert (fates[-1], waited) == (Fate.KEPT, None)
    assert await desk.meeting() is not None


async def test_only_whom_the_source_takes_off_a_panel_leaves_it(desk: Desk) -> None:
    await desk.takes(*ALL)

    def join(session: Session) -> None:
        eve = people.add_person(session, "Eve")
        session.add(tables.PanelSeat(interview_id=1, person_id=eve.id))

    await desk.database.write(join)
    await desk.takes(
        APPOINTMENT.model_copy(update={"panel": ("u1",), "lead": None}), at=MONDAY + LATER
    )

    assert await desk.panel() == {"Ada": False, "Eve": False}


async def test_somebody_whom_the_source_knows_twice_sits_on_a_panel_once(desk: Desk) -> None:
    twin = Colleague(id="u3", email=ADA)

    await desk.takes(
        *ALL[:-1], twin, APPOINTMENT.model_copy(update={"panel": ("u1", "u3"), "lead": "u1"})
    )

    assert await desk.panel() == {"Ada": True}


async def test_an_interviewer_who_is_unknown_is_named_and_seated_once_they_are_known(
    desk: Desk,
) -> None:
    await desk.takes(*ALL)
    zoe = Colleague(id="u3", email="zoe@example.com")
    wider = APPOINTMENT.model_copy(update={"panel": ("u1", "u3")})

    def take(intake: Intake) -> set[str]:
        intake.take(zoe, MONDAY)
        intake.take(wider, MONDAY + LATER)
        return intake.strangers

    strangers = await desk.does(take)
    before = await desk.panel()
    await desk.database.write(lambda s: people.add_person(s, "Zoe", email="zoe@example.com"))
    await desk.does(Intake.go_on)

    assert strangers == {"zoe@example.com"}
    assert before == {"Ada": False}
    assert await desk.panel() == {"Ada": False, "Zoe": False}
    assert desk.heard == [1, 1, 1]


STRANGER = Colleague(id="u9", email="zoe@example.com")
WAITING = APPOINTMENT.model_copy(update={"panel": ("u1", "u2", "u9")})


def rearrange(session: Session) -> None:
    """Let people cancel the interview, move it, and take Ada off its panel."""
    interview = session.get_one(tables.Interview, 1)
    interview.status = InterviewStatus.CANCELLED
    interview.starts_at = interview.ends_at = MONDAY + timedelta(days=2)
    ada = people.by_email(session, ADA, now=MONDAY)
    session.delete(session.get_one(tables.PanelSeat, (1, ada.id if ada else 0)))


@pytest.mark.parametrize("again", [Intake.go_on, lambda intake: intake.take(WAITING, MONDAY)])
async def test_what_waits_undoes_nothing_that_people_did_meanwhile(
    desk: Desk, again: Callable[[Intake], object]
) -> None:
    await desk.takes(*ALL[:-1], STRANGER, WAITING)
    await desk.database.write(rearrange)
    desk.heard.clear()

    await desk.does(again)
    unchanged, heard = await desk.meeting(), list(desk.heard)
    await desk.database.write(lambda s: people.add_person(s, "Zoe", email=STRANGER.email))
    await desk.does(again)

    meeting = await desk.meeting()
    assert meeting is not None
    assert unchanged is not None
    assert meeting.interview.status is unchanged.interview.status is InterviewStatus.CANCELLED
    assert meeting.interview.starts_at == MONDAY + timedelta(days=2)
    assert await desk.panel() == {"Ben": True, "Zoe": False}
    assert (heard, desk.heard) == ([], [1])


async def test_news_of_one_thing_seats_nobody_again_whom_people_took_off(desk: Desk) -> None:
    await desk.takes(*ALL)
    await desk.database.write(rearrange)

    await desk.takes(APPOINTMENT.model_copy(update={"kind": "Chat"}), at=MONDAY + LATER)

    assert await desk.panel() == {"Ben": True}


async def test_what_is_left_out_stays_as_it_was_said(desk: Desk) -> None:
    short = Appointment(id="i", application="a", status=InterviewStatus.DONE)
    await desk.takes(*ALL, short, at=MONDAY)
    await desk.database.write(rearrange)

    fates = await desk.takes(APPOINTMENT.model_copy(update={"status": None}), at=MONDAY + LATER)

    assert fates == [Fate.SAME]
    assert await desk.panel() == {"Ben": True}


async def test_a_stage_is_called_as_people_would_type_it(desk: Desk) -> None:
    await desk.takes(*ALL, Stage(id="s", name=" Final   ROUND" + " and more" * 9), at=MONDAY)
    await desk.takes(Stage(id="s2", name=" Final   ROUND" + " and more" * 9))

    await desk.takes(APPOINTMENT.model_copy(update={"stage": "s2"}), at=MONDAY + LATER)

    meeting = await desk.meeting()
    assert meeting is not None
    assert meeting.interview.stage == "final round and more and more and more a"


def is_a_guest(session: Session, ada: int) -> None:
    people.link_account(session, ada, "slack", "T1", "UADA")
    accounts.note_standing(session, people.Account("slack", "T1", "UADA"), "guest", now=MONDAY)


def is_recused(session: Session, ada: int) -> None:
    session.add(tables.Recusal(application_id=1, person_id=ada, at=MONDAY))


def is_the_candidate(session: Session, ada: int) -> None:
    session.get_one(tables.Candidate, 1).internal_person_id = ada


@pytest.mark.parametrize("bar", [is_a_guest, is_recused, is_the_candidate])
async def test_who_must_not_meet_the_candidate_gets_no_seat_and_is_named(
    desk: Desk, bar: Callable[[Session, int], None]
) -> None:
    await desk.takes(*ALL[:-1])
    await desk.database.write(lambda session: bar(session, 1))

    def take(intake: Intake) -> set[str]:
        intake.take(APPOINTMENT, MONDAY)
        return intake.barred

    assert await desk.does(take) == {ADA}

    assert await desk.panel() == {"Ben": True}


async def test_an_interview_that_would_end_before_it_begins_stays_when_it_was(desk: Desk) -> None:
    await desk.takes(*ALL)
    wrong = APPOINTMENT.model_copy(update={"starts_at": MONDAY + timedelta(days=2)})
    mended = Appointment(id="i", application="a", ends_at=MONDAY + timedelta(days=3))

    def take(intake: Intake) -> set[str]:
        intake.take(wrong, MONDAY + LATER)
        return intake.backwards

    said, before = await desk.does(take), await desk.meeting()
    await desk.takes(mended, at=MONDAY + 2 * LATER)

    after = await desk.meeting()
    assert said == {"C-1"}
    assert before is not None
    assert after is not None
    assert before.interview.starts_at == MONDAY
    assert after.interview.starts_at == MONDAY + timedelta(days=2)
    assert after.interview.ends_at == MONDAY + timedelta(days=3)


async def test_a_new_interview_that_would_end_before_it_begins_waits(desk: Desk) -> None:
    wrong = APPOINTMENT.model_copy(update={"ends_at": MONDAY})

    fates = await desk.takes(*ALL[:-1], wrong)

    assert fates[-1] is Fate.KEPT
    assert await desk.meeting() is None


async def test_without_a_scorecard_in_force_an_interview_waits_for_one(desk: Desk) -> None:
    await desk.takes(*ALL[1:-1], OPENING.model_copy(update={"title": "Forensics lead"}))

    fates = await desk.takes(APPOINTMENT)
    waited = await desk.meeting()

    def agree(session: Session) -> None:
        search = tables.search(session, 1)
        assert search is not None
        search.role_family, search.level = "SOC analyst", "junior"

    await desk.database.write(agree)
    await desk.does(Intake.go_on)

    assert (fates, waited) == ([Fate.KEPT], None)
    assert await desk.meeting() is not None


async def test_nobody_is_asked_about_what_was_over_long_ago(desk: Desk) -> None:
    long_ago = MONDAY - timedelta(days=30)
    old = APPOINTMENT.model_copy(update={"starts_at": long_ago, "ends_at": long_ago + LATER})

    await desk.takes(*ALL[:-1], old)

    assert await desk.meeting() is None
    assert desk.heard == []


async def test_a_search_that_people_opened_under_the_same_title_is_taken_for_it(
    desk: Desk,
) -> None:
    def open_search(session: Session) -> None:
        own = Search(title=TITLE.upper(), role_family="r", level="l", opened_on=MONDAY.date())
        session.add(own)

    await desk.database.write(open_search)
    await desk.takes(OPENING, Opening(id="j2", title=TITLE))

    titles = await desk.sees(lambda session: [one.title for one in tables.searches(session)])
    assert titles == [TITLE, TITLE.upper()]


async def test_criteria_that_the_scorecard_has_not_are_refused(desk: Desk) -> None:
    wrong = APPOINTMENT.model_copy(update={"criteria": ("tech", "charm")})

    await desk.takes(*ALL[:-1])
    with pytest.raises(Invalid, match="no criterion called charm"):
        await desk.takes(wrong)


HEADER = ",".join(transfer.COLUMNS)
LINE = (
    f"Analyst,{'SOC analyst'},junior,c7,Grace Hopper,referral,On site,i1,Case study,"
    f"2026-11-02T10:00+01:00,2026-11-02T11:00+01:00,,scheduled,{ADA};{BEN},{BEN},tech"
)


class TestFiles:
    def test_each_thing_is_said_once_and_before_what_refers_to_it(self) -> None:
        second = LINE.replace("i1", "i2").replace("On site", "Final").replace("11-02", "11-03")

        lines = transfer.read(f"\ufeff{HEADER}\n{LINE}\n{second}\n")

        kinds = [line.said.of.value for line in lines]
        assert kinds == [
            *["person"] * 2,
            *["stage"] * 2,
            "search",
            "candidate",
            "application",
            *["interview"] * 2,
        ]
        assert [line.said.stage for line in lines if isinstance(line.said, Candidacy)] == ["Final"]

    def test_a_moment_is_read_with_its_zone(self) -> None:
        appointment = transfer.read(f"{HEADER}\n{LINE}\n")[-1].said

        assert isinstance(appointment, Appointment)
        assert appointment.starts_at == datetime(2026, 11, 2, 9, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("Analyst,", ",", "the column search is empty"),
            ("T10:00+01:00", "T10:00", "Write it with its zone"),
            ("2026-11-02T10:00+01:00", "Monday", "Write it with its zone"),
            ("T11:00", "T09:00", "it ends before it begins"),
            ("scheduled", "planned", "nothing has the status"),
            ("On site", "x" * 41, "the stage is longer than 40 characters"),
            (f",{BEN},", ",eve@example.com,", "is not on the panel"),
        ],
    )
    def test_a_line_that_cannot_be_taken_is_named_with_its_reason(
        self, old: str, new: str, reason: str
    ) -> None:
        with pytest.raises(Invalid, match=rf"Line 3: .*{reason}"):
            transfer.read(f"{HEADER}\n{LINE.replace('i1', 'i0')}\n{LINE.replace(old, new, 1)}\n")

    @pytest.mark.parametrize(
        ("second", "reason"),
        [
            (LINE, "the interview i1 stands in line 2 already"),
            (LINE.replace("Grace", "Ada").replace("i1", "i2"), "the candidate c7 differs"),
            (LINE.replace("junior", "senior").replace("i1", "i2"), "the search Analyst differs"),
        ],
    )
    def test_lines_that_contradict_each_other_are_named(self, second: str, reason: str) -> None:
        with pytest.raises(Invalid, match=rf"Line 3: {reason}"):
            transfer.read(f"{HEADER}\n{LINE}\n{second}\n")

    async def test_a_line_that_seats_who_must_not_be_there_is_named(self, desk: Desk) -> None:
        await desk.database.write(lambda session: is_a_guest(session, 1))
        lines = transfer.read(f"{HEADER}\n{LINE}\n")

        with pytest.raises(Invalid, match=f"Line 2: {ADA} cannot be there"):
            await desk.does(lambda intake: [transfer.take(intake, one, MONDAY) for one in lines])

        assert await desk.meeting() is None

    @pytest.mark.parametrize("text", ["a,b\n", f'{HEADER}\n"never closed\n', f"{HEADER}\na\0b\n"])
    def test_what_is_no_such_file_is_said_in_words(self, text: str) -> None:
        with pytest.raises(Invalid, match=r"lacks the columns|not comma-separated"):
            transfer.read(text)
