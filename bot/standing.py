"""What platforms say of accounts: asked once a day, beside what people do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.inbound import Place, UserRef
from bot.platform import SHARED, UNTOLD, Audience, Platform, Profile, Standing
from storage import accounts
from storage.database import Database
from storage.people import Account

log = structlog.get_logger()

#: How long a platform's word counts; half of it later it is asked again, so that nobody waits.
BELIEVED = timedelta(hours=24)
RENEWED = timedelta(hours=12)
#: After a question that was not answered.
ASKED_AGAIN = timedelta(seconds=30)
#: What a first act waits for the answer at most: it must itself be acknowledged in three seconds.
PATIENCE_SECONDS = 0.4
#: A few hundred bytes each.
ENTRIES = 50_000


@dataclass(frozen=True, slots=True)
class _Word:
    """What a platform said, until when it counts, and from when on it is asked again."""

    profile: Profile
    until: datetime
    again: datetime


@dataclass(frozen=True, slots=True)
class _Question:
    """What a platform is being asked, and since when by the loop's clock."""

    answer: asyncio.Task[None]
    began: float


#: Hears what a platform has just said of an account that does something.
Hears = Callable[[Session, UserRef, Profile], None]


class Standings:
    """Knows at once what was said lately; whatever else it asks for in the background.

    Attributes:
        hears: called in the transaction that keeps what was said.
    """

    def __init__(self, database: Database, platforms: Mapping[str, Platform], clock: Clock) -> None:
        self._database = database
        self._platforms = platforms
        self._clock = clock
        self._words: dict[UserRef, _Word] = {}
        self._questions: dict[UserRef, _Question] = {}
        self._heard: dict[UserRef, datetime] = {}
        self.hears: Hears | None = None

    @property
    def platforms(self) -> frozenset[str]:
        """Return the names of the platforms that are on."""
        return frozenset(self._platforms)

    def platform(self, name: str) -> Platform:
        """Return a platform.

        Raises:
            DeliveryError: it is not on.
        """
        if name not in self._platforms:
            raise DeliveryError("platform_off", permanent=True)
        return self._platforms[name]

    async def recall(self) -> None:
        """Take over what was said before the last stop."""
        for noted in await self._database.read(accounts.standings):
            user = UserRef(noted.account.platform, noted.account.tenant, noted.account.user)
            self._believe(user, Profile(Standing(noted.note), noted.email), noted.at)

    def of(self, user: UserRef) -> Standing:
        """Return how *user* belongs, as far as that is known at this moment."""
        return self.profile_of(user).standing

    def profile_of(self, user: UserRef) -> Profile:
        """Return what is known at this moment."""
        word = self._words.get(user)
        if word is None or word.until <= self._clock.now():
            return UNTOLD
        return word.profile

    def meet(self, user: UserRef) -> None:
        """Note that *user* was heard from, and begin to ask about them when it is time."""
        now = self._heard[user] = self._clock.now()
        word = self._words.get(user)
        if word is not None and now < word.again:
            return
        if user not in self._questions and user.platform in self._platforms:
            answer = asyncio.create_task(self._ask(user))
            self._questions[user] = _Question(answer, asyncio.get_running_loop().time())
            answer.add_done_callback(lambda _: self._questions.pop(user))

    async def glance(self, user: UserRef) -> None:
        """Let the platform say in a moment how *user* belongs, and keep it in memory alone.

        So nothing in the database says that they did something. Whoever does something else is
        asked about again, and heard of.
        """
        if self.of(user) is not Standing.UNKNOWN or user.platform not in self._platforms:
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                said = (await self._platforms[user.platform].profile(user)).vouched()
        except (DeliveryError, TimeoutError):
            return
        self._believe(user, said, self._clock.now(), renewed=timedelta())

    async def settle(self, user: UserRef) -> None:
        """Wait a moment for the word about *user*, where there is none and it is on its way."""
        question = self._questions.get(user)
        if question is None or self.of(user) is not Standing.UNKNOWN:
            return
        waited = asyncio.get_running_loop().time() - question.began
        if waited < PATIENCE_SECONDS:
            await asyncio.wait({question.answer}, timeout=PATIENCE_SECONDS - waited)

    async def learn(self, user: UserRef) -> Standing:
        """Return how *user* belongs, waiting for the platform where it has not said so lately.

        Raises:
            DeliveryError: it does not say so now.
        """
        known = self.of(user)
        if known is not Standing.UNKNOWN:
            return known
        told = await self._look(user)
        # Who has not done anything yet is asked about once more when they do, and heard of.
        self._believe(user, told, self._clock.now(), renewed=timedelta())
        return told.standing

    async def are_members(self, users: Iterable[UserRef]) -> bool:
        """Say whether all of them belong to the company.

        Raises:
            DeliveryError: a platform does not say so of one of them now.
        """
        for user in users:
            if await self.learn(user) is not Standing.MEMBER:
                return False
        return True

    async def audience(self, place: Place) -> Audience:
        """Return who reads in *place*; unknown where its platform will not say so either later.

        Raises:
            DeliveryError: it does not say so now.
        """
        platform = self._platforms.get(place.platform)
        if platform is None:
            return Audience.UNKNOWN
        try:
            all_here = await self.are_members(await platform.readers(place))
        except DeliveryError as error:
            if not error.permanent:
                raise
            return Audience.OUTSIDERS if error.code == SHARED else Audience.UNKNOWN
        return Audience.COMPANY if all_here else Audience.OUTSIDERS

    async def sweep(self, _now: datetime) -> None:
        """Store who was heard from, so that nobody takes them for out of reach."""
        heard, self._heard = self._heard, {}
        if heard:
            whose = {account_of(user): at for user, at in heard.items()}
            await self._database.write(lambda session: accounts.heard_from(session, whose))

    async def close(self) -> None:
        """Ask for nothing more."""
        asked = [question.answer for question in self._questions.values()]
        for answer in asked:
            answer.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    async def _ask(self, user: UserRef) -> None:
        try:
            await self._look(user, self.hears)
        except DeliveryError as error:
            log.warning("standing_not_said", platform=user.platform, code=error.code)
            self._postpone(user)
        except Exception:  # a question that came to nothing is asked again
            log.exception("standing_not_kept", platform=user.platform)
            self._postpone(user)

    async def _look(self, user: UserRef, hears: Hears | None = None) -> Profile:
        now = self._clock.now()
        said = (await self._platforms[user.platform].profile(user)).vouched()
        told = replace(said, said_at=now)
        self._believe(user, told, now)

        def keep(session: Session) -> None:
            own = account_of(user)
            accounts.note_standing(session, own, told.standing, email=told.email, now=now)
            if hears is not None:
                hears(session, user, told)

        await self._database.write(keep)
        return told

    def _believe(
        self, user: UserRef, profile: Profile, said_at: datetime, *, renewed: timedelta = RENEWED
    ) -> None:
        if len(self._words) >= ENTRIES:
            self._words.clear()
        profile = replace(profile, said_at=said_at)
        self._words[user] = _Word(profile, said_at + BELIEVED, said_at + renewed)

    def _postpone(self, user: UserRef) -> None:
        """Ask again in a while, and go by what was said before as long as that counts."""
        now = self._clock.now()
        word = self._words.get(user) or _Word(UNTOLD, now, now)
        self._words[user] = replace(word, again=now + ASKED_AGAIN)


def account_of(user: UserRef) -> Account:
    """Return the account by which *user* is stored."""
    return Account(user.platform, user.tenant, user.user)
