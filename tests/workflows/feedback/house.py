"""A search with a candidate, two interviews and their panels, in a real engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot import outbox
from bot.clock import FrozenClock
from bot.engine import Engine
from bot.inbound import Command, Inbound, Place, Press, QuotedMessage, Shortcut, Submission, UserRef
from bot.outbox import Parcel
from bot.ui import Answer, Button, Buttons, Form, Message
from storage import jobs, people
from storage.database import Database
from storage.jobs import State
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY
from workflows.feedback import keeping, tables
from workflows.feedback.judging import Judgement
from workflows.feedback.tables import Round, Scorecard
from workflows.feedback.tables import Submission as Version
from workflows.hiring.rules import TemplateState
from workflows.hiring.tables import (
    Application,
    Candidate,
    Criterion,
    Interview,
    PanelSeat,
    Recusal,
    Search,
    Template,
)

SLACK, TEAMS = "slack", "teams"
TENANTS = {SLACK: "T1", TEAMS: "tenant"}
#: Name, department, and a role in all departments.
CREW: tuple[tuple[str, str, str], ...] = (
    ("Ada", "ta", "recruiter"),
    ("Ben", "ta", ""),
    ("Cleo", "security", ""),
    ("Dan", "security", ""),
    ("Eve", "security", ""),
    ("Ines", "it", ""),  #: the candidate of the second application
    ("Ray", "security", ""),  #: recused from the first application
    ("Lee", "security", ""),  #: has left
)
#: Everybody's id: an empty database counts people from one.
IDS = {name: id for id, (name, *_) in enumerate(CREW, start=1)}
#: Key, label and weight of each criterion.
CRITERIA = (
    ("tech", "Technical depth", 40),
    ("ir", "Incident judgement", 20),
    ("comm", "Communication", 20),
    ("growth", "Motivation and growth", 10),
    ("values", "Team and values", 10),
)
KEYS = tuple(key for key, *_ in CRITERIA)
ANCHORS = tuple(f"What somebody does who is {n} on this scale." for n in range(1, 5))
#: The scorecards, by interview and interviewer: I-1 was on Friday, I-2 is this morning, and I-3
#: is with the colleague.
PANELS: tuple[tuple[int, str], ...] = (
    (1, "Cleo"),
    (1, "Dan"),
    (2, "Cleo"),
    (2, "Ben"),
    (3, "Cleo"),
)
CARDS = {seat: number for number, seat in enumerate(PANELS, start=1)}
STAGE = "panel"
HOUR = timedelta(hours=1)

EVIDENCE = "Built a detection for token theft on the whiteboard and named what it would miss."
#: What is needed for a scorecard that is complete, as the form's answers.
COMPLETE: Mapping[str, str] = {
    **{f"rate_{key}": rating for key, rating in zip(KEYS, "43233", strict=True)},
    "tell_tech": EVIDENCE,
    "tell_comm": "Explained the finding to the manager only after three questions about impact.",
    "overall": "yes",
    "reason": "Would raise the level of the team in detection from the first month on.",
}


def account(name: str, platform: str = SLACK) -> UserRef:
    """Return somebody's account."""
    return UserRef(platform, TENANTS[platform], f"U{name.upper()}")


@dataclass
class House:
    """The engine with what stands around it."""

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    acts: int = field(default=0)

    async def says(self, name: str, words: str, platform: str = SLACK) -> Answer:
        """Let somebody say *words* in a channel."""
        return await self._act(Command(**self._common(name, platform), name="", text=words))

    async def presses(self, name: str, button: Button, platform: str = SLACK) -> Answer:
        """Let somebody press a button."""
        common = self._common(name, platform)
        return await self._act(Press(**common, route=button.route, payload=button.payload))

    async def sends(
        self, name: str, form: Answer, answers: Mapping[str, str], platform: str = SLACK
    ) -> Answer:
        """Let somebody send a form, with what it was filled with where *answers* say nothing."""
        filled = {**prefilled(form), **answers}
        assert isinstance(form, Form)
        common = self._common(name, platform)
        act = Submission(**common, route=form.route, state=form.state, answers=filled)
        return await self._act(act)

    async def uses(self, name: str, route: str, text: str) -> Answer:
        """Let somebody use a shortcut on a message that says *text*."""
        quoted = QuotedMessage(id="1.0", text=text, author="U1")
        return await self._act(Shortcut(**self._common(name, SLACK), route=route, quoted=quoted))

    async def opens(self, name: str, interview: int = 1, platform: str = SLACK) -> Form:
        """Let somebody open their scorecard for an interview."""
        form = await self.says(name, f"feedback I-{interview}", platform)
        assert isinstance(form, Form), form
        return form

    async def card(self, name: str, interview: int = 1) -> Scorecard:
        """Return somebody's scorecard as it is stored."""
        wanted = (Scorecard.interview_id == interview, Scorecard.interviewer_id == IDS[name])
        return await self.database.read(lambda s: s.exec(select(Scorecard).where(*wanted)).one())

    async def versions(self, name: str, interview: int = 1) -> list[tuple[Version, Judgement]]:
        """Return all that somebody submitted, the oldest first."""
        card = await self.card(name, interview)
        wanted = select(Version).where(Version.scorecard_id == card.id)
        rows = await self.database.read(lambda s: s.exec(wanted.order_by(col(Version.id))).all())
        return [(row, keeping.opened(self.sealer, row)) for row in rows]

    async def add(self, *rows: Any) -> None:
        """Store *rows*."""
        await self.database.write(lambda session: session.add_all(rows))

    async def reveal(self) -> None:
        """Let the panel of the first application have read at this moment."""

        def read(session: Session) -> None:
            known = tables.round_of(session, 1, STAGE)
            found = known or Round(application_id=1, stage=STAGE)
            found.revealed_at = self.clock.now()
            session.add(found)

        await self.database.write(read)

    async def sent(self, to: str) -> list[Parcel]:
        """Return what waits to be sent to one person, in order."""

        def read(session: Session) -> list[Parcel]:
            waiting = sorted(jobs.listing(session, State.READY, 500), key=lambda job: job.id)
            sends = [job for job in waiting if job.kind == "send"]
            return [outbox.unpack(self.sealer, job.key, job.payload) for job in sends]

        return [one for one in await self.database.read(read) if one.person == IDS[to]]

    def _common(self, name: str, platform: str) -> dict[str, Any]:
        self.acts += 1
        place = Place(platform=platform, tenant=TENANTS[platform], channel="C1")
        return {"id": f"act-{self.acts}", "user": account(name, platform), "place": place}

    async def _act(self, act: Inbound) -> Answer:
        return await self.engine.handle(act)


def prefilled(form: Answer) -> dict[str, str]:
    """Return what stands in a form when it opens."""
    assert isinstance(form, Form), form
    values = {question.name: getattr(question, "initial", "") for question in form.questions()}
    return {name: str(value or "") for name, value in values.items()}


def said(answer: Answer) -> str:
    """Return what a message says."""
    assert isinstance(answer, Message), answer
    return answer.text


def buttons(answer: Answer) -> list[Button]:
    """Return a message's buttons."""
    assert isinstance(answer, Message), answer
    rows = (block for block in answer.blocks if isinstance(block, Buttons))
    return [found for row in rows for found in row.buttons]


def move_in(session: Session) -> None:
    """Add everybody and everything to an empty database."""
    for name, department, role in CREW:
        person = people.add_person(session, name, department=department)
        for platform in TENANTS:
            user = account(name, platform)
            people.link_account(session, person.id, user.platform, user.tenant, user.user)
        if role:
            people.grant(session, person.id, role)
        assert person.id == IDS[name]
    people.deactivate(session, IDS["Lee"])
    _open_search(session)
    for number, (start, candidate) in enumerate(((-67, 1), (-1, 1), (-2, 2)), start=1):
        _interview(session, candidate, start * HOUR)
        for interview, name in PANELS:
            if interview == number:
                _seat(session, interview, name, start * HOUR)


def _open_search(session: Session) -> None:
    template = Template(
        role_family="SOC",
        level="senior",
        state=TemplateState.IN_FORCE,
        frozen=True,
        created_at=MONDAY,
    )
    search = Search(
        title="SOC analyst",
        role_family="SOC",
        level="senior",
        opened_on=MONDAY.date(),
        ta_owner_id=IDS["Ada"],
        hiring_manager_id=IDS["Eve"],
    )
    colleague = Candidate(created_at=MONDAY, internal_person_id=IDS["Ines"])
    _add(session, template, search, Candidate(created_at=MONDAY), colleague)
    for position, (key, label, weight) in enumerate(CRITERIA):
        criterion = Criterion(
            template_id=1,
            position=position,
            key=key,
            label=label,
            department="security",
            weight=weight,
            anchors=list(ANCHORS),
        )
        _add(session, criterion)
    for candidate in (1, 2):
        application = Application(candidate_id=candidate, search_id=1, stage_entered_at=MONDAY)
        _add(session, application)
    _add(session, Recusal(application_id=1, person_id=IDS["Ray"], at=MONDAY))


def _interview(session: Session, application: int, start: timedelta) -> None:
    interview = Interview(
        application_id=application,
        template_id=1,
        stage=STAGE,
        kind="technical interview",
        starts_at=MONDAY + start,
        ends_at=MONDAY + start + HOUR,
        created_at=MONDAY - timedelta(days=7),
    )
    _add(session, interview)


def _seat(session: Session, interview: int, name: str, start: timedelta) -> None:
    card = Scorecard(
        interview_id=interview,
        interviewer_id=IDS[name],
        requested_at=MONDAY + start + HOUR,
        due_at=MONDAY + start + timedelta(hours=70),
    )
    _add(session, PanelSeat(interview_id=interview, person_id=IDS[name]), card)
    assert card.id == CARDS[interview, name]


def _add(session: Session, *rows: Any) -> None:
    for row in rows:
        session.add(row)
        session.flush()
