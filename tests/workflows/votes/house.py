"""A split panel in a real engine, and votes that are open without anybody having opened them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from bot.context import Context, unasked
from bot.ui import Answer, Button, Form
from tests.workflows import acting
from tests.workflows.acting import arrive
from tests.workflows.engine import MONDAY
from workflows.hiring.rules import TemplateState
from workflows.hiring.tables import (
    Application,
    Candidate,
    Interview,
    PanelSeat,
    Recusal,
    Search,
    Template,
)
from workflows.votes import casting, closing, deciding_tables, keeping
from workflows.votes.calls import vote_changed
from workflows.votes.deciding_tables import Count, Decision, VetoHolder
from workflows.votes.rules import (
    FEWEST_BALLOTS,
    QUORUM,
    THRESHOLD,
    USUAL,
    VETO_GROUNDS,
    WEIGHTS,
    Dispute,
    Mode,
    options_for,
)
from workflows.votes.tables import Ballot, Elector, Terms, Vote, VoterMark

T = TypeVar("T")

#: Name, department and roles. The panel is Cleo, Dan, Ben and Tom; Eve is the hiring manager and
#: decides, Ada owns the search in talent acquisition and Fay in security.
CREW: tuple[tuple[str, ...], ...] = (
    ("Ada", "ta", "recruiter", "owner@ta"),
    ("Ben", "ta"),
    ("Tom", "ta"),
    ("Cleo", "security"),
    ("Dan", "security"),
    ("Eve", "security"),
    ("Fay", "security", "director@security", "owner@security"),
    ("Gil", "ta", "director@ta"),
    ("Lou", "legal", "director@legal"),
    ("Hal", "exec", "sponsor"),
    ("Aud", "legal", "auditor"),
    ("Ines", "it"),  #: a colleague who stands outside of all this
)
IDS = {name: number for number, (name, *_) in enumerate(CREW, start=1)}
PANEL = ("Cleo", "Dan", "Ben", "Tom")
LEAD = "Cleo"
ELECTORS = (*PANEL, "Eve", "Ada")
DEPARTMENTS = {name: department for name, department, *_ in CREW}
STAGE = "panel"
QUESTION = "Is the gap in forensics one that she can close within six months?"


class House(acting.House):
    """The engine with what stands around it."""

    async def opens(self, **changed: Any) -> int:
        """Let a vote about the candidate be open, as the form would leave it; return its number."""
        return await self.database.write(lambda session: self._open(session, changed))

    async def runs(self, **changed: Any) -> int:
        """Let a vote be open that closes in time; return its number."""
        id = await self.opens(**changed)
        await self.database.write(
            lambda session: closing.schedule(self.context(session), session.get_one(Vote, id))
        )
        return id

    async def casts(self, vote: int, **choices: str) -> None:
        """Let people have voted, by their names, in the present version of a vote."""
        await self.database.write(lambda session: self._cast(session, vote, choices, {}))

    async def recuses(self, vote: int, name: str) -> None:
        """Let somebody step back from a vote."""
        await self.database.write(lambda session: self._recuse(session, vote, name))

    async def turns(self, vote: int, mode: Mode) -> None:
        """Let a vote have had another mode."""
        await self.database.write(lambda session: _turn(session.get_one(Vote, vote), mode))

    async def bars(self, name: str) -> None:
        """Let somebody be recused from the candidate."""
        now = self.clock.now()
        await self.add(Recusal(application_id=1, person_id=IDS[name], at=now))

    async def chooses(
        self, name: str, ballot: Button, platform: str = acting.SLACK, *, why: str = ""
    ) -> Answer:
        """Let somebody press a button of a ballot, and send the form that it opens."""
        answer = await self.presses(name, ballot, platform)
        if not isinstance(answer, Form):
            return answer
        return await self.sends(name, answer, {"reason": why}, platform)

    async def reaches(self, at: datetime) -> None:
        """Let time pass until a moment."""
        await self.passes(at - self.clock.now())

    async def vote(self, id: int) -> Vote:
        """Return a vote as it is stored."""
        return await self.database.read(lambda session: session.get_one(Vote, id))

    async def count(self, vote: int) -> Count | None:
        """Return what the present version of a vote came to at its close."""
        found = await self.vote(vote)
        return await self.database.read(lambda session: deciding_tables.count_of(session, found))

    async def decision(self, vote: int) -> Decision | None:
        """Return what was decided."""
        return await self.database.read(lambda session: deciding_tables.decision(session, vote))

    def _recuse(self, session: Session, vote: int, name: str) -> None:
        session.get_one(Elector, (vote, IDS[name])).is_recused = True

    async def votes(
        self, vote: int, ballots: Mapping[str, str], *, reasons: Mapping[str, str] | None = None
    ) -> None:
        """Let people have voted as *ballots* say, as casting would leave it."""
        await self.database.write(lambda session: self._cast(session, vote, ballots, reasons or {}))

    async def becomes(self, vote: int, **changed: Any) -> None:
        """Let a vote have changed."""
        await self.within(lambda ctx: self._become(ctx, vote, changed))

    def _become(self, ctx: Context, id: int, changed: dict[str, Any]) -> None:
        vote = ctx.session.get_one(Vote, id)
        for name, value in changed.items():
            setattr(vote, name, value)
        vote_changed(ctx, id)

    def _cast(
        self, session: Session, id: int, ballots: Mapping[str, str], reasons: Mapping[str, str]
    ) -> None:
        ctx = unasked(session, self.sealer, self.clock.now())
        vote = session.get_one(Vote, id)
        for name, choice in ballots.items():
            key: dict[str, Any] = {"vote_id": id, "version": vote.version, "person_id": IDS[name]}
            session.merge(VoterMark(**key))
            if vote.mode is not Mode.SECRET:
                ballot = Ballot(**key, choice=choice, cast_at=ctx.now)
                _add(session, ballot)
                if name in reasons:
                    keeping.seal_reason(ctx, ballot.id or 0, reasons[name])
        vote_changed(ctx, id)

    def _open(self, session: Session, changed: dict[str, Any]) -> int:
        now = self.clock.now()
        fields = {
            "dispute": Dispute.TECHNICAL,
            "search_id": 1,
            "application_id": 1,
            "stage": STAGE,
            "opened_by": IDS[LEAD],
            "quorum": QUORUM,
            "threshold": THRESHOLD,
            "fewest": FEWEST_BALLOTS,
            "decider_id": IDS["Eve"],
            "opened_at": now,
            "closes_at": now + timedelta(days=2),
            "minutes": USUAL // timedelta(minutes=1),
            **changed,
        }
        vote = Vote(**fields)
        _add(session, vote)
        id = vote.id or 0
        terms = Terms(
            vote_id=id,
            version=1,
            options=[
                {"key": each.key, "label": each.label, "needs_reason": each.needs_reason}
                for each in options_for(vote.dispute)
            ],
            weights=dict(WEIGHTS[vote.dispute]),
            at=now,
        )
        ctx = unasked(session, self.sealer, now)
        keeping.seal_question(ctx, terms, QUESTION)
        for name in ELECTORS:
            _add(session, Elector(vote_id=id, person_id=IDS[name], department=DEPARTMENTS[name]))
        for name, department in (("Fay", "security"), ("Gil", "ta"), ("Lou", "legal")):
            grounds = list(VETO_GROUNDS[department])
            _add(session, VetoHolder(vote_id=id, person_id=IDS[name], grounds=grounds))
        casting.empty_urn(ctx, vote)
        return id


def move_in(session: Session) -> None:
    """Add everybody, the search, the candidate, and the interview with its panel."""
    for name, department, *roles in CREW:
        assert arrive(session, name, department, *roles) == IDS[name]
    _add(
        session,
        Template(
            role_family="SOC",
            level="senior",
            state=TemplateState.IN_FORCE,
            frozen=True,
            created_at=MONDAY,
        ),
        Search(
            title="SOC analyst",
            role_family="SOC",
            level="senior",
            opened_on=MONDAY.date(),
            security_owner_id=IDS["Fay"],
            ta_owner_id=IDS["Ada"],
            hiring_manager_id=IDS["Eve"],
        ),
        Candidate(created_at=MONDAY),
        Application(candidate_id=1, search_id=1, stage_entered_at=MONDAY, stage=STAGE),
        Interview(
            application_id=1,
            template_id=1,
            stage=STAGE,
            kind="panel interview",
            starts_at=MONDAY - timedelta(days=5),
            ends_at=MONDAY - timedelta(days=5) + timedelta(hours=1),
            created_at=MONDAY - timedelta(days=7),
        ),
    )
    for name in PANEL:
        _add(session, PanelSeat(interview_id=1, person_id=IDS[name], is_lead=name == LEAD))


def _turn(vote: Vote, mode: Mode) -> None:
    vote.mode = mode


def _add(session: Session, *rows: Any) -> None:
    for row in rows:
        session.add(row)
        session.flush()
