"""A panel in a real engine: people around one search, whose scorecards are laid down as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import outbox
from bot.clock import FrozenClock
from bot.context import Context
from bot.engine import Engine
from bot.inbound import NOWHERE, Command, Place, Press, UserRef
from bot.ui import Answer, Button, Buttons, Message
from storage import jobs, people, places
from storage.database import Database
from storage.jobs import State
from storage.places import RoomPlace
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY
from workflows.feedback import calls, keeping
from workflows.feedback import tables as feedback
from workflows.feedback.judging import Judgement
from workflows.feedback.rules import CardState, Overall
from workflows.feedback.tables import Scorecard, Version
from workflows.hiring import calls as hiring
from workflows.hiring.rules import Reveal, TemplateState
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

#: Everybody, in the order of their numbers, with their roles.
CREW: Mapping[str, tuple[str, ...]] = {
    "Ada": (),
    "Ben": (),
    "Cleo": (),
    "Rita": ("recruiter",),  # a recruiter
    "Hugo": (),  # the hiring manager
    "Tess": (),  # owns the search for talent acquisition
    "Adam": ("admin",),
    "Iris": ("recruiter",),  # the candidate, a colleague with a role that reads much
    "Remy": ("recruiter",),  # recused
    "Olga": (),  # nobody of these
}
IDS = {name: number for number, name in enumerate(CREW, start=1)}
WEIGHTS = (
    ("tech", "Technical depth", 40),
    ("case", "Case judgement", 20),
    ("talk", "Communication", 20),
    ("grow", "Motivation", 10),
    ("team", "Team evidence", 10),
)
#: The first interview's panel, with the numbers of their scorecards.
PANEL = {"Ada": 1, "Ben": 2, "Cleo": 3}
FIVE = dict.fromkeys((key for key, *_ in WEIGHTS), 3)
ENDED = MONDAY - timedelta(hours=1)
DUE = MONDAY + timedelta(hours=23)
STAGE, EARLIER = "onsite", "phone"
ROOM = RoomPlace("slack", "T1", "CPANEL")


@dataclass
class House:
    """The engine with one search, S-1, and its candidate, C-1."""

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    acts: int = 0
    cards: dict[str, int] = field(default_factory=dict)

    async def says(self, name: str, words: str) -> Answer:
        """Let somebody say *words* in a channel, on the platform that is theirs."""
        user = account(name)
        place = Place(user.platform, "T1", "C1")
        return await self.engine.handle(
            Command(id=self._id(), user=user, place=place, name="", text=words)
        )

    async def presses(self, name: str, pressed: Button) -> Answer:
        """Let somebody press a button."""
        user = account(name)
        place = Place(user.platform, "T1", "C1")
        return await self.engine.handle(
            Press(
                id=self._id(), user=user, place=place, route=pressed.route, payload=pressed.payload
            )
        )

    async def gives(
        self,
        name: str,
        ratings: Mapping[str, int | str] = FIVE,
        *,
        overall: Overall = Overall.YES,
        late: bool = False,
        reason: str = "",
    ) -> None:
        """Let somebody hand in the next version of their scorecard."""

        def hand_in(session: Session) -> None:
            ctx = self.ctx(session)
            card = session.get_one(Scorecard, self.cards[name])
            card.version += 1
            card.counted = card.counted if late else card.version
            card.state = CardState.SUBMITTED if card.version == 1 else CardState.REVISED
            card.submitted_at = ctx.now
            evidence = {key: f"{name} saw {key} at {rated}." for key, rated in ratings.items()}
            write(ctx, card, Said(ratings, overall, evidence, reason), late=late)
            calls.card_changed(ctx, card)

        await self.database.write(hand_in)

    async def changes(self, change: object) -> None:
        """Change rows: *change* is given the session."""
        await self.database.write(lambda session: (change(session), None)[1])  # type: ignore[operator]  # a function

    async def tells(self, *interviews: int) -> None:
        """Let everybody who watches hear that interviews were made or changed."""

        def tell(session: Session) -> None:
            for interview in interviews:
                hiring.interview_changed(self.ctx(session), interview)

        await self.database.write(tell)

    async def moves_to(self, instant: datetime) -> None:
        """Let time pass, and run the timers that have come due."""
        self.clock.move_to(instant)
        await self.runs_timers()

    async def runs_timers(self) -> None:
        """Run all timers that are due."""
        due = True
        while due:
            due = await self._run_some()

    async def _run_some(self) -> bool:
        now, lease = self.clock.now(), timedelta(minutes=1)
        claimed = await self.database.write(
            lambda session: jobs.claim(session, owner="test", slots=50, lease=lease, now=now)
        )
        timers = [job for job in claimed if job.kind == "timer"]
        for job in timers:
            await self.engine.run_timer(job)
        return bool(timers)

    async def sent(self) -> list[outbox.Parcel]:
        """Return all that was sent, in order."""

        def read(session: Session) -> list[outbox.Parcel]:
            waiting = sorted(jobs.listing(session, State.READY, 500), key=lambda job: job.id)
            return [
                outbox.unpack(self.sealer, job.key, job.payload)
                for job in waiting
                if job.kind == "send"
            ]

        return await self.database.read(read)

    async def told(self) -> list[outbox.Parcel]:
        """Return what was sent about rounds and broken glass, in order."""
        about = ("feedback:round:", "feedback:glass:")
        return [each for each in await self.sent() if each.envelope.key.startswith(about)]

    async def opens_at(self) -> datetime:
        """Return when the panel may read whatever is missing, where there is no debrief."""
        ids = list(self.cards.values())
        due = await self.database.read(lambda s: max(card(s, id).due_at for id in ids))
        return due + timedelta(hours=48)

    async def loose(self) -> dict[str, str]:
        """Return what waits for a timer that nobody set."""

        def look(session: Session) -> dict[str, str]:
            live = jobs.waiting_keys(session, "timer")
            return {
                thing: key
                for open_things in self.engine.routes.awaiting
                for thing, key in open_things(session).items()
                if key not in live
            }

        return await self.database.read(look)

    def ctx(self, session: Session) -> Context:
        """Return what a handler would work with."""
        someone = people.by_id(session, IDS["Rita"], now=self.clock.now())
        return Context(
            opened=session,
            person=someone,
            place=NOWHERE,
            now=self.clock.now(),
            user=account("Rita"),
            request_id=self._id(),
            sealer=self.sealer,
        )

    def _id(self) -> str:
        self.acts += 1
        return f"act-{self.acts}"


@dataclass(frozen=True)
class Said:
    """What a version says."""

    ratings: Mapping[str, int | str]
    overall: Overall
    evidence: Mapping[str, str]
    reason: str = ""


def account(name: str) -> UserRef:
    """Return somebody's account: every second one is on the other platform."""
    return UserRef("teams" if IDS[name] % 2 else "slack", "T1", f"U{name.upper()}")


def write(ctx: Context, card: Scorecard, said: Said, *, late: bool = False) -> None:
    """Store a version of a scorecard, sealed."""
    version = Version(
        scorecard_id=card.id or 0,
        version=card.version,
        ratings=dict(said.ratings),
        overall=said.overall,
        submitted_at=ctx.now,
        post_reveal=late,
    )
    judgement = Judgement(evidence=dict(said.evidence), reason=said.reason)
    keeping.keep_version(ctx, version, judgement)


def move_in(session: Session, *, reveal: Reveal = Reveal.AFTER_ALL) -> None:
    """Add everybody, the search and its candidate to an empty database."""
    for name, roles in CREW.items():
        assert people.add_person(session, name).id == IDS[name]
        user = account(name)
        people.link_account(session, IDS[name], user.platform, user.tenant, user.user)
        for role in roles:
            people.grant(session, IDS[name], role)
    template = Template(
        role_family="soc", level="senior", state=TemplateState.IN_FORCE, created_at=MONDAY
    )
    search = Search(
        title="SOC analyst",
        role_family="soc",
        level="senior",
        opened_on=MONDAY.date(),
        hiring_manager_id=IDS["Hugo"],
        ta_owner_id=IDS["Tess"],
        reveal=reveal,
    )
    candidate = Candidate(internal_person_id=IDS["Iris"], created_at=MONDAY)
    session.add_all([template, search, candidate])
    session.flush()
    for position, (key, label, weight) in enumerate(WEIGHTS):
        session.add(
            Criterion(
                template_id=template.id or 0,
                position=position,
                key=key,
                label=label,
                department="security",
                weight=weight,
                must_pass=key == "tech",
                anchors=[],
            )
        )
    applied = Application(
        candidate_id=candidate.id or 0, search_id=search.id or 0, stage_entered_at=MONDAY
    )
    session.add(applied)
    session.flush()
    session.add(Recusal(application_id=applied.id or 0, person_id=IDS["Remy"], at=MONDAY))


def seat(
    session: Session,
    names: Sequence[str],
    *,
    stage: str = STAGE,
    debrief_at: datetime | None = None,
    ended: datetime = ENDED,
) -> dict[str, int]:
    """Add an interview with a panel, whose first member leads it; return their scorecards."""
    interview = Interview(
        application_id=1,
        template_id=1,
        stage=stage,
        starts_at=ended - timedelta(hours=1),
        ends_at=ended,
        debrief_at=debrief_at,
        created_at=MONDAY,
    )
    session.add(interview)
    session.flush()
    cards = {}
    for name in names:
        id = interview.id or 0
        session.add(PanelSeat(interview_id=id, person_id=IDS[name], is_lead=name == names[0]))
        card = Scorecard(
            interview_id=id,
            interviewer_id=IDS[name],
            requested_at=MONDAY,
            due_at=ended + timedelta(hours=24),
        )
        session.add(card)
        session.flush()
        cards[name] = card.id or 0
    return cards


def seat_panel(session: Session) -> None:
    """Add everybody, and the panel of three whose scorecards are `PANEL`."""
    move_in(session)
    assert seat(session, tuple(PANEL)) == PANEL


def ask(session: Session, name: str) -> dict[str, int]:
    """Ask somebody who has joined the panel of the first interview; return their scorecard."""
    asked_at = MONDAY + timedelta(minutes=1)
    asked = Scorecard(
        interview_id=1,
        interviewer_id=IDS[name],
        requested_at=asked_at,
        due_at=asked_at + timedelta(hours=24),
    )
    session.add(asked)
    session.flush()
    return {name: asked.id or 0}


def bind_room(session: Session) -> None:
    """Give the search a room."""
    places.bind_room(session, "search-1", ROOM)


def nobody_barred(session: Session) -> None:
    """Let the candidate be nobody's colleague, and nobody recused."""
    session.get_one(Candidate, 1).internal_person_id = None
    session.delete(session.get_one(Recusal, (1, IDS["Remy"])))


def card(session: Session, id: int) -> Scorecard:
    """Return a scorecard that is there."""
    found = feedback.scorecard(session, id)
    assert found is not None
    return found


def said(answer: Answer) -> str:
    """Return all that a reader sees of a message: its words, blocks and buttons."""
    assert isinstance(answer, Message), answer
    return answer.model_dump_json()


def button(answer: Answer, label: str) -> Button:
    """Return a message's button."""
    assert isinstance(answer, Message), answer
    rows = [block for block in answer.blocks if isinstance(block, Buttons)]
    return next(one for row in rows for one in row.buttons if one.label == label)
