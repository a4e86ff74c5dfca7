"""A send job becomes a post, or the edit of an earlier one, on its platform."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot import outbox
from bot.clock import Clock
from bot.errors import NO_ROUTE, DeliveryError
from bot.inbound import Place, UserRef
from bot.lateness import marked
from bot.metrics import DELIVERIES
from bot.outbox import Parcel
from bot.platform import MessageRef, Platform
from bot.standing import Standings, account_of
from storage import accounts, gates, jobs, people, posts
from storage.database import Database
from storage.gates import Rate
from storage.jobs import Job
from storage.people import Account, Person
from storage.posts import Post
from storage.secrets import Sealer

log = structlog.get_logger()

#: A wait for a slot up to this long is slept; a longer one gives the worker's place back.
PATIENCE = timedelta(seconds=5)
LEFT = "person_left"
#: Called, in the transaction that finishes a job, when a way was closed for good.
Missed = Callable[[Session, Job, str], object]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a platform took: the ref of the post, and whether it was an edit.

    *replaces* is the earlier post when that could not be edited any more, and *after* names
    why the routes before this one were closed.
    """

    ref: MessageRef
    edited: bool = False
    replaces: MessageRef | None = None
    after: tuple[str, ...] = ()


class Delivery:
    """Carries send jobs to the platforms that are on."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        sealer: Sealer,
        clock: Clock,
        *,
        standings: Standings,
        missed: Missed | None = None,
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._sealer = sealer
        self._clock = clock
        self._standings = standings
        self._missed = missed or _nobody_hears

    async def deliver(self, job: Job) -> None:
        """Post or edit, note the post in the ledger, and mark the job done, once.

        Raises:
            DeliveryError: no route took it; a permanent one when none ever will.
        """
        parcel = outbox.unpack(self._sealer, job.key, job.payload)
        try:
            delivered = await self._by_any_route(job, parcel)
        except DeliveryError as refused:
            if not refused.permanent:
                raise
            error = refused
            await self._database.write(lambda session: self._pass_on(session, job, parcel, error))
        else:
            await self._database.write(lambda session: self._note(session, job, parcel, delivered))

    def _pass_on(self, session: Session, job: Job, parcel: Parcel, error: DeliveryError) -> None:
        """Finish the job and leave the parcel to whomever its sender named next.

        Raises:
            DeliveryError: nobody is next; the job stays as it was.
        """
        if not jobs.finish(session, job):
            return
        if error.code == LEFT and parcel.envelope.asker is not None:
            return  # An answer is for whoever asked alone, on whichever way.
        if outbox.pass_on(session, self._sealer, job, parcel, now=self._clock.now()):
            jobs.remark(session, job, f"{error.code}, passed on")
            self._missed(session, job, error.code)
        elif error.told:
            jobs.remark(session, job, f"{error.code}, told so")
        elif parcel.envelope.amends:
            jobs.remark(session, job, f"{error.code}, left as it is")
        elif error.code != LEFT or parcel.envelope.has_detour:
            raise error

    async def _by_any_route(self, job: Job, parcel: Parcel) -> Delivered:
        """Try one route after the other: a permanent refusal switches at once."""
        closed: list[str] = []
        is_told = False
        for route in await self._routes(parcel):
            try:
                delivered = await self._to(route, job, parcel)
            except DeliveryError as error:
                _count(route.platform, error)
                if not error.permanent or error.code == LEFT:
                    raise
                await self._remember(route, error)
                closed.append(error.code)
                is_told |= error.told
            else:
                return replace(delivered, after=tuple(closed))
        raise DeliveryError(", ".join(closed) or NO_ROUTE, permanent=True, told=is_told)

    async def _remember(self, route: UserRef | Place, error: DeliveryError) -> None:
        """Remember an account that nothing reaches."""
        whom = route.user if isinstance(route, UserRef) else route.viewer
        if whom is not None and error.out_of_reach:
            lost = Account(route.platform, route.tenant, whom)
            now = self._clock.now()
            await self._database.write(
                lambda session: accounts.lose(session, lost, error.code, now=now)
            )

    async def _routes(self, parcel: Parcel) -> list[UserRef | Place]:
        """Return where the parcel can go, the best route first.

        Raises:
            DeliveryError: it is for a person who has left.
        """
        known = self._platforms
        if parcel.place is not None:
            return [parcel.place] if parcel.place.platform in known else []
        if parcel.user is not None:
            return [parcel.user] if parcel.user.platform in known else []
        own = await self._database.read(lambda session: self._accounts(session, parcel.person or 0))
        return [
            UserRef(account.platform, account.tenant, account.user)
            for account in own
            if account.platform in known
        ]

    def _refuse_leaver(self, session: Session, parcel: Parcel) -> None:
        """Make sure that what is for one account is still for the person who had it.

        Raises:
            DeliveryError: they have left, or the account is theirs no more.
        """
        if parcel.of is None:
            return
        person, reader = self._present(session, parcel.of), parcel.reader
        if reader is None:
            return
        owner = accounts.owner(session, account_of(reader))
        if owner is None or owner.person != person.id:
            raise DeliveryError(LEFT, permanent=True)

    def _accounts(self, session: Session, id: int) -> list[Account]:
        return people.accounts_of(session, self._present(session, id).id)

    def _present(self, session: Session, id: int) -> Person:
        """Return a person.

        Raises:
            DeliveryError: they have left.
        """
        person = people.by_id(session, id, now=self._clock.now())
        if not person.active:
            raise DeliveryError(LEFT, permanent=True)
        return person

    async def _to(self, route: UserRef | Place, job: Job, parcel: Parcel) -> Delivered:
        platform = self._platforms[route.platform]
        if parcel.envelope.sensitive:
            await self._keep_inside(platform, route)
        place = route if isinstance(route, Place) else await platform.direct(route)
        if parcel.envelope.under:
            place = await self._below(place, parcel.envelope.under)
        earlier = await self._in_turn(place, parcel)
        try:
            if earlier is not None and await self._edited(platform, earlier, parcel):
                return Delivered(earlier, edited=True)
            return Delivered(await self._post(platform, place, job, parcel), replaces=earlier)
        except DeliveryError as error:
            if error.retry_after is not None:
                await self._hold(place, error.retry_after)
            raise

    async def _keep_inside(self, platform: Platform, route: UserRef | Place) -> None:
        """Make sure that nobody but members of the company would read it there.

        Raises:
            DeliveryError: somebody else would, or the platform does not say.
        """
        if not await self._standings.are_members(await _readers(platform, route)):
            raise DeliveryError("read_by_outsiders", permanent=True)

    async def _below(self, place: Place, key: str) -> Place:
        """Return the thread of what was posted there under *key*; without that, the place."""
        root = await self._database.read(lambda session: _posted(session, place, key))
        return replace(place, thread=root) if root else place

    async def _edited(self, platform: Platform, earlier: MessageRef, parcel: Parcel) -> bool:
        """Edit the earlier post; False when that cannot be, so that a fresh one takes its place."""
        try:
            await platform.edit(earlier, parcel.message)
        except DeliveryError as error:
            if not error.permanent:
                raise
            return False
        DELIVERIES.labels(platform.name, "edited").inc()
        return True

    async def _post(self, platform: Platform, place: Place, job: Job, parcel: Parcel) -> MessageRef:
        if parcel.envelope.amends:
            raise DeliveryError("cannot_be_edited", permanent=True)
        if job.attempts > 1 and place.viewer is None:
            found = await _found(platform, place, job)
            if found is not None:
                DELIVERIES.labels(place.platform, "found").inc()
                return found
        message = marked(parcel.message, self._clock.now())
        ref = await platform.post(place, message, key=job.key)
        DELIVERIES.labels(place.platform, "posted").inc()
        return ref

    async def _in_turn(self, place: Place, parcel: Parcel) -> MessageRef | None:
        """Wait for a slot, by the platform's rate over all replicas, and return the earlier post.

        Raises:
            DeliveryError: the channel is held back for longer and the job goes back into the
                queue, or it is for a person whose rights have ended.
        """
        now = self._clock.wall()

        def take_turn(session: Session) -> tuple[datetime, MessageRef | None]:
            self._refuse_leaver(session, parcel)
            return self._slot(session, place, now), _earlier(session, place, parcel)

        slot, earlier = await self._database.write(take_turn)
        wait = (slot - now).total_seconds()
        if wait > PATIENCE.total_seconds():
            raise DeliveryError("held_back", retry_after=wait)
        await asyncio.sleep(wait)
        return earlier

    def _slot(self, session: Session, place: Place, now: datetime) -> datetime:
        return gates.reserve_slot(
            session, _gate(place), self._rate(place), now=now, patience=PATIENCE
        )

    def _rate(self, place: Place) -> Rate:
        platform = self._platforms[place.platform]
        return Rate(platform.spacing, platform.burst)

    async def _hold(self, place: Place, seconds: float) -> None:
        """Keep everybody from posting in *place* until the platform's own time is over."""
        until = self._clock.wall() + timedelta(seconds=seconds)
        rate = self._rate(place)
        await self._database.write(
            lambda session: gates.hold_gate(session, _gate(place), rate, until)
        )

    def _note(self, session: Session, job: Job, parcel: Parcel, delivered: Delivered) -> None:
        """Finish the job and note the post, unless another worker has taken the job over."""
        if not jobs.finish(session, job):
            return
        now = self._clock.now()
        place = delivered.ref.place
        if delivered.after:
            jobs.remark(session, job, f"{', '.join(delivered.after)}, then delivered")
            self._missed(session, job, ", ".join(delivered.after))
        if parcel.person is not None:
            accounts.reached(session, parcel.person, place.platform)
        if delivered.replaces is not None:
            _mark_dead(session, delivered.replaces)
        if delivered.edited:
            posts.edited(
                session, place.platform, place.tenant, place.channel, delivered.ref.id, now=now
            )
        elif place.viewer is None:
            carried = parcel.message.about
            posted = Post(
                platform=place.platform,
                tenant=place.tenant,
                channel=place.channel,
                thread=place.thread,
                message=delivered.ref.id,
                link=delivered.ref.link,
                key=parcel.envelope.key,
                entity=parcel.envelope.about or carried,
                sensitive=parcel.envelope.sensitive or bool(carried),
                job_key=job.key,
                posted_at=now,
            )
            posts.record(session, posted)


def _nobody_hears(_session: Session, _job: Job, _code: str) -> None:
    """Let a way be closed without a word."""


def _earlier(session: Session, place: Place, parcel: Parcel) -> MessageRef | None:
    found = _posted(session, place, parcel.envelope.key)
    return MessageRef(place, found) if found else None


def _posted(session: Session, place: Place, key: str) -> str | None:
    return posts.find(
        session,
        key,
        platform=place.platform,
        tenant=place.tenant,
        channel=place.channel,
        thread=place.thread,
    )


async def _readers(platform: Platform, route: UserRef | Place) -> Sequence[UserRef]:
    """Return who would read what goes there."""
    if isinstance(route, UserRef):
        return [route]
    if route.viewer is not None:
        return [UserRef(route.platform, route.tenant, route.viewer)]
    return await platform.readers(route)


async def _found(platform: Platform, place: Place, job: Job) -> MessageRef | None:
    """Look for an earlier try's post; where nobody may look, posting twice beats not at all."""
    try:
        return await platform.find(place, job.key, job.created)
    except DeliveryError as error:
        if not error.permanent:
            raise
        log.warning("post_not_looked_for", job=job.id, code=error.code)
        return None


def _count(platform: str, error: DeliveryError) -> None:
    outcome = "refused" if error.permanent else "later"
    DELIVERIES.labels(platform, outcome).inc()


def _mark_dead(session: Session, ref: MessageRef) -> None:
    place = ref.place
    posts.mark_dead(session, place.platform, place.tenant, place.channel, ref.id)


def _gate(place: Place) -> str:
    return f"{place.platform}:{place.tenant}:{place.channel}"
