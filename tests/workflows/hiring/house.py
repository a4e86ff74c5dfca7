"""Hiring in a real engine: a recruiter, the owners, a hiring manager, and people to meet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session

from bot import outbox
from bot.clock import FrozenClock
from bot.engine import Engine
from bot.inbound import Command, Inbound, Place, Press, Submission, UserRef
from bot.outbox import Parcel
from bot.ui import Answer, AnyInput, Button, Buttons, Form, Message, Problems
from storage import accounts, jobs, people
from storage.database import Database
from storage.jobs import State
from storage.people import Account
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY
from workflows import hiring
from workflows.hiring.tables import Meeting

T = TypeVar("T")
#: Name, department, and the roles with their departments.
CREW: tuple[tuple[str, str, tuple[tuple[str, str | None], ...]], ...] = (
    ("Rita", "ta", (("recruiter", None),)),
    ("Ruth", "ta", (("recruiter", None),)),
    ("Tom", "ta", (("owner", "ta"),)),
    ("Sid", "security", (("owner", "security"),)),
    ("Zoe", "security", (("owner", "security"), ("owner", "ta"))),
    ("Lars", "legal", (("owner", "legal"),)),
    ("Max", "security", ()),
    ("Pia", "security", ()),
    ("Pam", "security", ()),
    ("Paul", "security", ()),
    ("Peer", "security", ()),
    ("Petra", "security", ()),
    ("Otto", "it", (("admin", None),)),
    ("Gus", "ta", ()),
    ("Lee", "ta", (("recruiter", None),)),
)
#: Everybody's id: an empty database counts people from one.
IDS = {name: id for id, (name, *_) in enumerate(CREW, start=1)}
GUEST, LEAVER = "Gus", "Lee"
ROLE = "SOC analyst, junior"


def account(name: str, platform: str = "slack") -> UserRef:
    """Return somebody's account; a stranger's is nobody's."""
    return UserRef(platform, "T1", f"U{name.upper()}")


@dataclass
class House:
    """The engine with what stands around it."""

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    ids: Mapping[str, int]
    told: list[Meeting] = field(default_factory=list)  #: what watchers of interviews heard
    acts: int = 0

    async def says(self, name: str, words: str, platform: str = "slack") -> Answer:
        """Let somebody type *words* after /parley in a channel."""
        command = Command(**self._common(name, platform), name="parley", text=words)
        return await self._act(command)

    async def presses(self, name: str, button: Button) -> Answer:
        """Let somebody press a button."""
        press = Press(**self._common(name), route=button.route, payload=button.payload)
        return await self._act(press)

    async def submits(self, who: str, form: Answer, /, **answers: str | list[str] | None) -> Answer:
        """Let somebody send a form, with what it was filled with where *answers* say nothing."""
        assert isinstance(form, Form), form
        filled: dict[str, Any] = {one.name: _initial(one) for one in form.questions()}
        sent = Submission(
            **self._common(who),
            route=form.route,
            state=form.state,
            answers=filled | answers,
        )
        return await self._act(sent)

    async def reads(self, work: Callable[[Session], T]) -> T:
        """Return what *work* finds in the database."""
        return await self.database.read(work)

    async def writes(self, work: Callable[[Session], T]) -> T:
        """Change the database beside the engine."""
        return await self.database.write(work)

    async def sent(self) -> list[Parcel]:
        """Return what waits to be sent, the oldest first."""
        found = await self.reads(lambda session: jobs.listing(session, State.READY))
        sends = [job for job in found[::-1] if job.kind == "send"]
        return [outbox.unpack(self.sealer, job.key, job.payload) for job in sends]

    async def opens_search(self, title: str = "SOC analyst") -> Answer:
        """Let the recruiter open a search, with Sid, Tom and Max in it."""
        crew = "--security=@USID --ta=@UTOM --manager=@UMAX"
        return await self.says("Rita", f'search add "{title}" --role="{ROLE}" {crew}')

    async def adds_candidate(
        self, name: str = "Ines Marsh", *, search: str = "S-1", internal: str | None = None
    ) -> Answer:
        """Let the recruiter add a candidate."""
        form = await self.says("Rita", f"candidate add {search}")
        who = account(internal).user if internal else None
        return await self.submits("Rita", form, name=name, source="referral", internal=who)

    async def plans(self, more: str = "", *, panel: Sequence[str] = ("Pia", "Pam")) -> Answer:
        """Let the recruiter plan an interview with the first candidate."""
        seats = ",".join(f"@{account(one).user}" for one in panel)
        words = f"interview add C-1 --kind=case --at=2026-11-05T14:00 --panel={seats} {more}"
        return await self.says("Rita", words)

    async def furnish(self) -> None:
        """Open a search with a candidate who has an interview: S-1, C-1, I-1."""
        for answer in (
            await self.opens_search(),
            await self.adds_candidate(),
            await self.plans(),
        ):
            assert isinstance(answer, Message), answer

    def _common(self, name: str, platform: str = "slack") -> dict[str, Any]:
        self.acts += 1
        user = account(name, platform)
        return {"id": f"act-{self.acts}", "user": user, "place": Place(platform, "T1", "C1")}

    async def _act(self, act: Inbound) -> Answer:
        return await self.engine.handle(act)


def move_in(session: Session) -> None:
    """Add everybody and the first templates to an empty database."""
    for name, department, roles in CREW:
        assert people.add_person(session, name, department=department).id == IDS[name]
        for platform in ("slack", "teams"):
            user = account(name, platform)
            people.link_account(session, IDS[name], platform, user.tenant, user.user)
        for role, where in roles:
            people.grant(session, IDS[name], role, department=where)
    for platform in ("slack", "teams"):
        guest = account(GUEST, platform)
        noted = Account(platform, guest.tenant, guest.user)
        accounts.note_standing(session, noted, "guest", now=MONDAY)
    people.deactivate(session, IDS[LEAVER])
    hiring.seed(session, MONDAY)


def said(answer: Answer) -> str:
    """Return what a message says."""
    assert isinstance(answer, Message), answer
    return answer.text


def problems(answer: Answer) -> dict[str, str]:
    """Return what is wrong with a form's answers."""
    assert isinstance(answer, Problems), answer
    return answer.fields


def labels(answer: Answer) -> list[str]:
    """Return the labels of a message's buttons."""
    return [button.label for button in _buttons(answer)]


def button(answer: Answer, label: str) -> Button:
    """Return a message's button."""
    return next(found for found in _buttons(answer) if found.label == label)


def _buttons(answer: Answer) -> list[Button]:
    assert isinstance(answer, Message), answer
    rows = (block for block in answer.blocks if isinstance(block, Buttons))
    return [found for row in rows for found in row.buttons]


def _initial(question: AnyInput) -> str | list[str] | None:
    initial = getattr(question, "initial", None)
    if isinstance(initial, tuple):
        return list(initial)
    if isinstance(initial, date):
        return initial.isoformat()
    return initial or None
