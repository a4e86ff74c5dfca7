"""All workflows in one engine, with somebody of every kind, on each platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session

import workflows
from bot.clock import FrozenClock
from bot.engine import Engine
from bot.inbound import Command, Inbound, Place, Press, Query, QuotedMessage, Shortcut, Submission
from bot.inbound import UserRef as User
from bot.platform import Standing as Belongs
from bot.standing import Standings
from bot.ui import Answer
from bot.workflow import discover
from storage import people
from storage.audit import audit
from storage.database import Database
from storage.secrets import Sealer
from tests.bot.platforms import MemoryPlatform
from tests.workflows.engine import KEY, MONDAY
from tests.workflows.judged import judge
from tests.workflows.met import meet
from tests.workflows.reported import answer, report
from tests.workflows.responded import respond
from tests.workflows.voted import ask, hold
from workflows import hiring
from workflows.feedback.tables import Scorecard
from workflows.glossary import publishing
from workflows.glossary.rules import Act
from workflows.glossary.tables import Proposal, Standing
from workflows.glossary.transfer import Row
from workflows.glossary.wording import Wording
from workflows.hiring.tables import (
    Application,
    Candidate,
    Interview,
    PanelSeat,
    Search,
    Template,
)
from workflows.votes.rules import Dispute
from workflows.votes.tables import Weighting

#: Talent acquisition's word, which the owner in the table owns and the other owner does not.
DEPARTMENT, WORD = "ta", "boomerang"
WORDING = Wording(plain="Somebody who comes back.")
CSV = "term,department,plain\nkeeping warm,ta,Staying in touch."


class Who(StrEnum):
    """Somebody of each kind."""

    STRANGER = "stranger"  #: nobody knows them
    GUEST = "guest"  #: listed, with every role; the platform says it is a guest
    FOREIGN = "foreign"  #: the same, of another company
    LEAVER = "leaver"  #: the same, and gone
    MEMBER = "member"
    OWNER = "owner"  #: of the word in question
    OTHER = "other"  #: owner of another department's words
    RECRUITER = "recruiter"
    MANAGER = "manager"  #: hiring manager of the search in question; the member is on its panel
    ADMIN = "admin"


class New(StrEnum):
    """What is made for one act alone, so that no act finds what another one left."""

    PROPOSAL = "a proposal that waits"
    DECLINED = "a proposal that the actor declined"
    DRAFT = "an import that the actor prepared"
    ANOTHERS_DRAFT = "an import that somebody else prepared"
    WORD = "a word in its second version"
    PERSON = "a colleague with a role"
    LINKED = "a colleague with an account on Slack"
    ACCOUNT = "an account that nobody has"
    SEARCH = "a search of its own"
    TEMPLATE = "a scorecard template that waits for signatures"
    LATE_CARD = "a scorecard in a search of the owner that somebody else has not written"
    WEIGHTING = "weights that another department suggests"
    VOTE = "an open vote in which the actor is the only elector"
    REPORT = "a report of the actor's"
    ANOTHERS_REPORT = "a report of somebody else's"
    ANSWERED = "a report of the actor's that is closed"
    CARD = "a scorecard that the actor is asked for"
    ANOTHERS_CARD = "a scorecard that somebody else is asked for"


LISTED = [who for who in Who if who is not Who.STRANGER]
EVERY_ROLE = (("owner", DEPARTMENT), ("recruiter", None), ("admin", None))
GRANTS: Mapping[Who, tuple[tuple[str, str | None], ...]] = {
    Who.GUEST: EVERY_ROLE,
    Who.FOREIGN: EVERY_ROLE,
    Who.LEAVER: EVERY_ROLE,
    Who.OWNER: (("owner", DEPARTMENT),),
    Who.OTHER: (("owner", "security"),),
    Who.RECRUITER: (("recruiter", None),),
    Who.ADMIN: (("admin", None),),
}


@dataclass
class House:
    """One engine on one platform, with what stands around it."""

    engine: Engine
    database: Database
    platform: str
    ids: dict[Who, int] = field(default_factory=dict)
    acts: int = 0

    def user(self, who: Who) -> User:
        """Return somebody's account."""
        return User(self.platform, "T1", f"U{who.upper()}")

    async def says(self, who: Who, words: str) -> Answer:
        """Let somebody say *words* in a channel."""
        return await self._act(Command(**self._common(who), name="", text=words))

    async def presses(self, who: Who, route: str, payload: Mapping[str, Any]) -> Answer:
        """Let somebody press a button."""
        return await self._act(Press(**self._common(who), route=route, payload=payload))

    async def sends(
        self, who: Who, route: str, state: Mapping[str, Any], answers: Mapping[str, Any]
    ) -> Answer:
        """Let somebody send a form, whether or not they could open it."""
        filled = Submission(**self._common(who), route=route, state=state, answers=answers)
        return await self._act(filled)

    async def uses(self, who: Who, route: str) -> Answer:
        """Let somebody use a shortcut on a message."""
        quoted = QuotedMessage(id="1", text=WORD, author="U1")
        return await self._act(Shortcut(**self._common(who), route=route, quoted=quoted))

    async def searches(self, who: Who, route: str) -> Answer:
        """Let somebody type into a search box."""
        return await self._act(Query(**self._common(who), route=route, text=WORD))

    async def made(self, who: Who, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* with something of its own in the place of each that is to be new."""
        return {name: await self._made(who, value) for name, value in values.items()}

    async def audited(self) -> int:
        """Return how many acts have left an entry."""
        count = sa.select(sa.func.count()).select_from(audit)
        return await self.database.read(lambda s: s.connection().scalar(count) or 0)

    async def _made(self, who: Who, value: object) -> object:
        if not isinstance(value, New):
            return value
        self.acts += 1
        return await self.database.write(lambda session: self._make(session, who, value))

    def _make(self, session: Session, who: Who, what: New) -> object:
        actor = self.ids.get(who, self.ids[Who.MEMBER])
        leaver, name = self.ids[Who.LEAVER], f"Colleague {self.acts}"
        makers: dict[New, Callable[[], object]] = {
            New.PROPOSAL: lambda: _proposal(session, leaver, Standing.OPEN),
            New.DECLINED: lambda: _declined(session, leaver, actor),
            New.DRAFT: lambda: _draft(session, actor),
            New.ANOTHERS_DRAFT: lambda: _draft(session, leaver),
            New.WORD: lambda: _word(session, f"{WORD} {self.acts}"),
            New.PERSON: lambda: _colleague(session, name),
            New.LINKED: lambda: _linked(session, name, f"ULINKED{self.acts}"),
            New.ACCOUNT: lambda: f"UNEW{self.acts}",
            New.SEARCH: lambda: _search(session, self.ids),
            New.TEMPLATE: lambda: _template(session, f"Role {self.acts}"),
            New.LATE_CARD: lambda: _late_card(session, self.ids[Who.OWNER], name),
            New.WEIGHTING: lambda: _weighting(session, leaver),
            New.VOTE: lambda: ask(session, actor, Sealer(KEY)),
            New.REPORT: lambda: self._report(session, who),
            New.ANOTHERS_REPORT: lambda: report(session, Sealer(KEY), MONDAY, reporter=leaver),
            New.ANSWERED: lambda: answer(session, self._report(session, who)),
            New.CARD: lambda: _card(session, actor),
            New.ANOTHERS_CARD: lambda: _card(session, leaver),
        }
        return makers[what]()

    def _report(self, session: Session, who: Who) -> int:
        """File a report; whoever acts as a stranger does so under their account."""
        is_known = who in self.ids and who not in {Who.GUEST, Who.FOREIGN, Who.LEAVER}
        own = {"reporter": self.ids[who]} if is_known else {"account": self.user(who)}
        return report(session, Sealer(KEY), MONDAY, **own)

    def _common(self, who: Who) -> dict[str, Any]:
        self.acts += 1
        place = Place(self.platform, "T1", "C1")
        return {"id": f"act-{self.acts}", "user": self.user(who), "place": place}

    async def _act(self, act: Inbound) -> Answer:
        return await self.engine.handle(act)


async def move_in(database: Database, platform: str) -> House:
    """Open the house, with everybody in it and talent acquisition's word in the glossary."""
    clock, messenger = FrozenClock(MONDAY), MemoryPlatform(platform)
    standings = Standings(database, {platform: messenger}, clock)
    engine = Engine(
        database, discover(workflows), clock=clock, sealer=Sealer(KEY), standings=standings
    )
    house = House(engine, database, platform)
    messenger.standings[house.user(Who.GUEST)] = Belongs.GUEST
    messenger.standings[house.user(Who.FOREIGN)] = Belongs.FOREIGN
    house.ids = await database.write(lambda session: _settle(session, house))
    for who in Who:
        await standings.learn(house.user(who))
    return house


def _settle(session: Session, house: House) -> dict[Who, int]:
    ids: dict[Who, int] = {}
    for who in LISTED:
        ids[who] = people.add_person(session, who.title(), department=DEPARTMENT).id
        user = house.user(who)
        people.link_account(session, ids[who], user.platform, user.tenant, user.user)
        for role, department in GRANTS.get(who, ()):
            people.grant(session, ids[who], role, department=department)
    people.deactivate(session, ids[Who.LEAVER])
    _word(session, WORD)
    _hire(session, ids)
    judge(session, ids[Who.MEMBER])
    hold(session, ids[Who.MEMBER], Sealer(KEY))
    respond(session, ids[Who.MEMBER], Sealer(KEY))
    meet(session, ids[Who.MEMBER])
    return ids


def _hire(session: Session, ids: Mapping[Who, int]) -> None:
    """Plan the interview I-1 with C-1 in S-1, under T-1, and I-2, which has begun."""
    hiring.seed(session, MONDAY)
    search = _search(session, ids)
    known = Candidate(created_at=MONDAY)
    session.add(known)
    session.flush()
    application = Application(
        candidate_id=known.id or 0, search_id=search, stage="onsite", stage_entered_at=MONDAY
    )
    session.add(application)
    session.flush()
    for starts_at in (MONDAY + timedelta(days=3), MONDAY - timedelta(hours=1)):
        interview = Interview(
            application_id=application.id or 0,
            template_id=1,
            stage="onsite",
            kind="case",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            created_at=MONDAY,
        )
        session.add(interview)
        session.flush()
        member = ids[Who.MEMBER]
        session.add(PanelSeat(interview_id=interview.id or 0, person_id=member, is_lead=True))
    session.flush()


def _search(session: Session, ids: Mapping[Who, int]) -> int:
    search = Search(
        title="SOC analyst",
        role_family="SOC analyst",
        level="junior",
        opened_on=MONDAY.date(),
        security_owner_id=ids[Who.OTHER],
        ta_owner_id=ids[Who.OWNER],
        hiring_manager_id=ids[Who.MANAGER],
    )
    session.add(search)
    session.flush()
    return search.id or 0


def _template(session: Session, family: str) -> int:
    template = Template(role_family=family, level="any", created_at=MONDAY)
    session.add(template)
    session.flush()
    return template.id or 0


def _colleague(session: Session, name: str) -> int:
    person = people.add_person(session, name)
    people.grant(session, person.id, "owner", department=DEPARTMENT)
    return person.id


def _linked(session: Session, name: str, user: str) -> int:
    id = _colleague(session, name)
    people.link_account(session, id, "slack", "T1", user)
    return id


def _card(
    session: Session, interviewer: int, *, recruiter: int | None = None, at: datetime = MONDAY
) -> int:
    """Add a scorecard that is waited for, in a search of *recruiter*'s."""
    role = uuid4().hex
    search = Search(
        title="SOC analyst",
        role_family=role,
        level="junior",
        opened_on=MONDAY.date(),
        ta_owner_id=recruiter,
    )
    template = Template(role_family=role, level="junior", created_at=MONDAY)
    application = Application(
        candidate_id=_row(session, Candidate(created_at=MONDAY)),
        search_id=_row(session, search),
        stage_entered_at=MONDAY,
    )
    interview = Interview(
        application_id=_row(session, application),
        template_id=_row(session, template),
        starts_at=at,
        ends_at=at,
        created_at=MONDAY,
    )
    interview_id = _row(session, interview)
    session.add(PanelSeat(interview_id=interview_id, person_id=interviewer))
    card = Scorecard(
        interview_id=interview_id,
        interviewer_id=interviewer,
        requested_at=MONDAY,
        due_at=MONDAY,
    )
    return _row(session, card)


def _late_card(session: Session, recruiter: int, name: str) -> int:
    author = people.add_person(session, name).id
    return _card(session, author, recruiter=recruiter, at=MONDAY - timedelta(days=8))


def _weighting(session: Session, proposer: int) -> int:
    weighting = Weighting(
        dispute=Dispute.PROCESS,
        weights={"security": 55, "ta": 45},
        proposed_by=proposer,
        department="security",
        proposed_at=MONDAY,
    )
    return _row(session, weighting)


def _row(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    return int(row.id)


def _word(session: Session, label: str) -> int:
    edit = publishing.begin(session, MONDAY)
    sense = publishing.add_sense(edit, Row(label, DEPARTMENT, WORDING, ()))
    publishing.reword(edit, sense, Wording(plain="Somebody who is back."))
    return sense.id or 0


def _proposal(session: Session, proposer: int, standing: Standing, **more: Any) -> int:
    about: dict[str, Any] = {
        "act": Act.ALIAS,
        "label": WORD,
        "content": {"alias": "returner"},
    } | more
    proposal = Proposal(
        department=DEPARTMENT,
        seats=[DEPARTMENT],
        proposer_id=proposer,
        standing=standing,
        created_at=MONDAY,
        **about,
    )
    session.add(proposal)
    session.flush()
    return proposal.id or 0


def _declined(session: Session, proposer: int, decider: int) -> int:
    decided_at = MONDAY - timedelta(minutes=1)
    return _proposal(
        session, proposer, Standing.DECLINED, decided_by=decider, decided_at=decided_at
    )


def _draft(session: Session, proposer: int) -> int:
    content = {"csv": CSV, "count": 1}
    return _proposal(session, proposer, Standing.DRAFT, act=Act.IMPORT, content=content)
