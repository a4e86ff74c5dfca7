"""What is asked of a platform before a timer runs: after the commit that left it, never within.

A question is a plain value in the timer's job. What the platform says in the end, be it that it
refuses, is the timer's `answer`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, assert_never, get_args

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.fetching import Fetching
from bot.inbound import Place, UserRef
from bot.platform import Platform, Standing
from bot.standing import Standings, account_of
from storage import accounts, people
from storage.database import Database
from storage.jobs import Job
from storage.secrets import Sealer

log = structlog.get_logger()

#: Where nobody should wait for long, a platform that fails at so many tries, 2, 4 and 8 s apart,
#: has refused.
TRIES = 4


@dataclass(frozen=True, slots=True)
class MakeChannel:
    """Make a private channel; answered by its place, None where none can be made."""

    platform: str
    name: str


@dataclass(frozen=True, slots=True)
class Gather:
    """Have exactly these people in a channel that Parley made.

    Answered by those who could not be let in though they have an account there; by None where
    somebody could not be removed, or the channel is gone: then nothing may be said there.
    """

    place: Place
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeeReaders:
    """See who reads in a place; answered by their numbers, 0 for somebody whom nobody knows.

    Where the platform does not say, that is None.
    """

    place: Place


@dataclass(frozen=True, slots=True)
class SeeColleagues:
    """See who reads in a place, where only people of the company do; answered like `SeeReaders`.

    Where anybody else reads, that is None too.
    """

    place: Place


@dataclass(frozen=True, slots=True)
class Archive:
    """Close a channel that Parley made; answered by whether it is closed."""

    place: Place


Question = MakeChannel | Gather | SeeReaders | SeeColleagues | Archive
_KINDS: Mapping[str, type[Question]] = {kind.__name__: kind for kind in get_args(Question)}


def written(question: Question) -> dict[str, Any]:
    """Return a question as it stands in a job."""
    return {"kind": type(question).__name__, **asdict(question)}


def read(fields: Mapping[str, Any]) -> Question:
    """Return the question that stands in a job."""
    own = {name: value for name, value in fields.items() if name != "kind"}
    if "place" in own:
        own["place"] = Place(**own["place"])
    if "people" in own:
        own["people"] = tuple(own["people"])
    return _KINDS[fields["kind"]](**own)


def _is_pressing(question: Question) -> bool:
    """Say whether something else can be done instead, and is better done soon."""
    return isinstance(question, MakeChannel | Archive)


class Asking:
    """Asks the platforms that are on."""

    def __init__(
        self, database: Database, standings: Standings, clock: Clock, sealer: Sealer
    ) -> None:
        self._database = database
        self._standings = standings
        self._clock = clock
        self._fetching = Fetching(standings.platform, sealer)

    async def before(self, job: Job) -> dict[str, Any]:
        """Return what a timer is to know besides its payload: what a platform says.

        Raises:
            DeliveryError: it says nothing now; it is asked again.
        """
        if place := job.payload.get("look"):
            return {"audience": await self._standings.audience(Place(**place))}
        if fetched := await self._fetching.fetched_for(job):
            return {"fetched": fetched}
        return {"answer": await self._ask(job)} if "ask" in job.payload else {}

    async def _ask(self, job: Job) -> Any:
        """Return what a platform says to the question of a timer's job.

        Raises:
            DeliveryError: it says nothing now; it is asked again.
        """
        question = read(job.payload["ask"])
        try:
            return await self._answer(question)
        except DeliveryError as error:
            is_settled = error.permanent or (_is_pressing(question) and job.attempts >= TRIES)
            if not is_settled or error.retry_after is not None:
                raise
            log.info("platform_refused", kind=type(question).__name__, code=error.code)
            return False if isinstance(question, Archive) else None

    async def _answer(self, question: Question) -> Any:
        match question:
            case MakeChannel():
                return await self._platform(question.platform).make_channel(question.name)
            case Gather():
                return await self._gather(question)
            case SeeReaders():
                return await self._numbers(await self._readers(question.place))
            case SeeColleagues():
                return await self._colleagues(question.place)
            case Archive():
                await self._platform(question.place.platform).archive(question.place)
                return True
            case _:
                assert_never(question)

    async def _gather(self, question: Gather) -> list[int]:
        place = question.place
        accounts_of = await self._database.read(lambda session: self._accounts(session, question))
        members = {
            user: person
            for user, person in accounts_of.items()
            if await self._standings.learn(user) is Standing.MEMBER
        }
        refused = await self._platform(place.platform).gather(place, list(members))
        outside = accounts_of.keys() - members.keys()
        return sorted({accounts_of[user] for user in (*refused, *outside)})

    def _accounts(self, session: Session, question: Gather) -> dict[UserRef, int]:
        """Return the accounts there of those who are still with the company."""
        place, now = question.place, self._clock.now()
        return {
            UserRef(own.platform, own.tenant, own.user): id
            for id in question.people
            if people.by_id(session, id, now=now).active
            for own in people.accounts_of(session, id)
            if (own.platform, own.tenant) == (place.platform, place.tenant)
        }

    async def _readers(self, place: Place) -> Sequence[UserRef]:
        return await self._platform(place.platform).readers(place)

    async def _colleagues(self, place: Place) -> list[int] | None:
        seen = await self._readers(place)
        return await self._numbers(seen) if await self._standings.are_members(seen) else None

    async def _numbers(self, seen: Sequence[UserRef]) -> list[int]:
        owners = await self._database.read(
            lambda session: [accounts.owner(session, account_of(one)) for one in seen]
        )
        return sorted({one.person if one and one.is_active else 0 for one in owners})

    def _platform(self, name: str) -> Platform:
        return self._standings.platform(name)
