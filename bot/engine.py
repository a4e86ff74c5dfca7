"""The fixed order of a request: seen before? who? route, may they, handler, audit, commit."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session

from bot import menu, outbox
from bot.asking import Asking
from bot.clock import Clock
from bot.context import NOBODY, PARLEY, Context, unasked, write_audit
from bot.errors import BotError, Invalid, NotAllowed, Overloaded
from bot.inbound import Command, Inbound, Notice, Place, Post, Submission, UserRef
from bot.keepers import Keepers
from bot.memory import Forgotten, Memory
from bot.passage import Outcome, Passage
from bot.platform import Profile, Standing
from bot.repeats import Repeated, Repeats
from bot.roles import STRANGER, Role
from bot.routes import Routes
from bot.standing import Standings
from bot.steps import Step, Steps, rooms_of, unfold
from bot.ui import Answer, Message, Problems, Reply
from bot.welcomes import Welcomes
from bot.workflow import NO_SUCH_THING, Workflow
from storage import inbound as seen
from storage import jobs, people
from storage.database import Busy, Database, NotCommitted
from storage.jobs import Job
from storage.people import Grant, Person
from storage.secrets import Sealer

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Request:
    """One act on its way through the engine."""

    inbound: Inbound
    step: Step
    now: datetime
    reference: str


class Engine:
    """Takes what people do, and answers: the one door of the core."""

    def __init__(
        self,
        database: Database,
        workflows: Iterable[Workflow],
        *,
        clock: Clock,
        sealer: Sealer,
        admins: frozenset[UserRef] = frozenset(),
        standings: Standings | None = None,
        public_url: str = "",
    ) -> None:
        self.routes = Routes(workflows)
        self._steps = Steps(self.routes)
        self.clock = clock
        self._database = database
        self._sealer = sealer
        self._admins = admins
        self._public_url = public_url
        #: Who looks after Parley, and how they are told.
        self.keepers = Keepers(sealer, clock, admins)
        # Without a platform to ask nobody is a member.
        self._standings = standings or Standings(database, {}, clock)
        self._standings.hears = self._meet
        self._asking = Asking(database, self._standings, clock, sealer)
        #: Whom and what Parley has met.
        self.welcomes = Welcomes(
            database,
            self._standings,
            self.routes,
            clock,
            say=self._say,
            keepers=self.keepers,
        )
        self._memory = Memory()
        self._repeats = Repeats()

    async def handle(self, inbound: Inbound) -> Answer:
        """Do what *inbound* asks for, once, and return what to show to its author.

        Refusals and apologies are answers as well.

        Raises:
            Overloaded: the platform should repeat the request; if anything was stored after all,
                the repeat is recognised.
        """
        passage = Passage(inbound)
        try:
            answer = await self._carry(inbound, await self._answer(inbound, passage))
        except (Busy, NotCommitted) as error:
            passage.outcome = Outcome.BUSY
            raise Overloaded(str(error)) from error
        finally:
            passage.end()
        if not passage.is_traceless:
            await self.welcomes.follow(inbound)
        return answer

    async def say(self, place: Place, message: Message, *, key: str) -> None:
        """Post *message* in *place* for certain; the same *key* again says nothing twice."""
        await self._database.write(lambda session: self._say(session, place, message, key))

    async def tell(self, inbound: Inbound, message: Message) -> None:
        """Send *message* to who did *inbound*, in their own chat with Parley; once for each act.

        Where nothing reaches them, it goes to the place of the act, for their eyes only.

        Raises:
            Overloaded: the platform should repeat the request.
        """
        key, user = self._answer_key(inbound), inbound.user
        otherwise = () if inbound.one_to_one else (inbound.place.privately(user),)
        try:
            await self._database.write(
                lambda session: self._say(session, user, message, key, *otherwise, asker=user)
            )
        except (Busy, NotCommitted) as error:
            raise Overloaded(str(error)) from error

    def _say(
        self,
        session: Session,
        to: Place | UserRef,
        message: Message,
        key: str,
        *otherwise: Place,
        asker: UserRef | None = None,
    ) -> None:
        outbox.queue(
            session,
            self._sealer,
            message,
            to=to,
            envelope=outbox.Envelope(key, otherwise=otherwise, asker=asker),
            now=self.clock.now(),
            once=key,
        )

    async def run_timer(self, job: Job) -> None:
        """Run a timer's handler and finish its job, in one transaction.

        Raises:
            DeliveryError: a platform does not answer what it asks now; it is tried again.
        """
        payload = {**job.payload["payload"], **await self._asking.before(job)}

        def run(session: Session) -> None:
            if not jobs.finish(session, job):
                return
            route = self.routes.timers[job.payload["route"]].route
            ctx = self._unasked(session, PARLEY, NOBODY)
            route.call(ctx, payload)
            write_audit(ctx, route.id)

        await self._database.write_behind(run)
        self._memory.clear()

    async def heed(self, notice: Notice) -> None:
        """Do what another system tells, once, in one transaction.

        Raises:
            Overloaded: it should be told again; nothing was stored.
            Invalid: it is not what such a system tells.
        """
        passage = Passage(notice)
        try:
            passage.outcome = await self._database.write(
                lambda session: self._heed(session, notice, passage)
            )
        except (Busy, NotCommitted) as error:
            passage.outcome = Outcome.BUSY
            raise Overloaded(str(error)) from error
        except BotError:
            passage.outcome = Outcome.REFUSED
            raise
        except Exception as error:  # the log gets all of it, the other system nothing
            log.exception("request_failed", reference=passage.reference, kind="Notice")
            raise Overloaded("This failed, and nothing was stored. Tell it again.") from error
        finally:
            passage.end()
        self._memory.clear()

    def _heed(self, session: Session, notice: Notice, passage: Passage) -> Outcome:
        key = self._sealer.digest(f"{notice.source}:{notice.id}", purpose="inbound")
        if not seen.first_time(session, key, now=self.clock.now()):
            return Outcome.REPEAT
        route = self.routes.notices[notice.source]
        passage.route = route.id
        ctx = self._unasked(session, PARLEY, NOBODY)
        if answer := route.handler(ctx, notice):
            said = self._sealer.digest(answer.model_dump_json(), purpose="notice")
            self.keepers.alert(session, answer, key=f"notice:{said}")
        if ctx.records:  # systems tell much that changes nothing here
            write_audit(ctx, route.id)
        return Outcome.OK

    def _meet(self, session: Session, user: UserRef, profile: Profile) -> None:
        """Let workflows hear what a platform has said of who acts, and welcome who is new."""
        if self.routes.meetings:
            known = people.identify(
                session, user.platform, user.tenant, user.user, now=self.clock.now()
            )
            ctx = self._unasked(session, known or STRANGER, user)
            ctx.profile = profile
            for meeting in self.routes.meetings:
                meeting(ctx)
        self.welcomes.heard(session, user, profile.standing)

    def _unasked(self, session: Session, person: Person, user: UserRef) -> Context:
        """Return the context of what nobody asked for."""
        return unasked(
            session,
            self._sealer,
            self.clock.now(),
            person=person,
            user=user,
            platforms=self._standings.platforms,
        )

    # The order of a request ---------------------------------------------------------------

    async def _answer(self, inbound: Inbound, passage: Passage) -> Answer:
        """Do what was asked for, and put what went wrong into words."""
        try:
            answer = await self._do(inbound, passage)
        except Repeated:
            passage.outcome = Outcome.REPEAT
            return await self._repeat(inbound)
        except BotError as refusal:
            passage.outcome = Outcome.REFUSED
            return _refused(inbound, refusal)
        except (Busy, NotCommitted):
            raise
        except Exception:  # the person gets a number, the log gets the rest
            number = passage.reference
            log.exception("request_failed", reference=number, kind=type(inbound).__name__)
            return Message(text=menu.APOLOGY.format(reference=number))
        if passage.outcome is not Outcome.IGNORED:
            passage.outcome = Outcome.OK
        return answer

    async def _do(self, inbound: Inbound, passage: Passage) -> Answer:
        inbound = await self._meant(unfold(inbound))
        if isinstance(inbound, Post) and not await self._listens(inbound):
            passage.outcome = Outcome.IGNORED
            return None
        step = self._steps.of(inbound)
        passage.route, passage.is_traceless = step.id, step.rules.traceless
        if not step.rules.traceless:
            await self.welcomes.arrive(inbound)
            self.welcomes.expect(inbound)
            self._standings.meet(inbound.user)
        request = Request(inbound, step, self.clock.now(), passage.reference)
        if request.step.rules.quick:
            with suppress(Forgotten):  # then it goes on with the database
                return self._read(None, request)
        elif step.rules.traceless:
            await self._standings.glance(inbound.user)
        else:
            await self._standings.settle(inbound.user)
        if request.step.rules.read_only:
            return await self._database.read(lambda session: self._read(session, request))
        answer = await self._database.write(lambda session: self._write(session, request))
        self._memory.clear()
        self._repeats.keep(inbound, answer)
        return answer

    async def _repeat(self, inbound: Inbound) -> Answer:
        """Answer what was done before; a route may know its answer after a restart as well."""
        again = self._steps.of(unfold(inbound)).again
        if again is None or self._repeats.knows(inbound):
            return self._repeats.answer(inbound)

        def recall(session: Session) -> Reply:
            ctx = self._unasked(session, STRANGER, NOBODY)
            ctx.act = inbound.id
            return again(ctx)

        return await self._database.read(recall) or self._repeats.answer(inbound)

    def _read(self, session: Session | None, request: Request) -> Reply:
        """Answer a request that leaves nothing behind; without a session, from memory alone."""
        person = self._memory.get(request.inbound.user, partial(self._person, request), session)
        ctx = self._admit(session, person, request)
        ctx.memory = self._memory
        return request.step.call(ctx)

    def _write(self, session: Session, request: Request) -> Answer:
        key = self._sealer.digest(request.inbound.id, purpose="inbound")
        if not seen.first_time(session, key, now=request.now):
            raise Repeated
        ctx = self._admit(session, self._person(request, session), request)
        answer = self._sent(session, request.inbound, request.step.call(ctx))
        if ctx.records or not request.step.rules.traceless:
            write_audit(ctx, request.step.id)
        return answer

    def _person(self, request: Request, session: Session) -> Person:
        """Return who asks, with the roles of this moment; unknown or gone, they are a stranger."""
        user = request.inbound.user
        person = people.identify(session, user.platform, user.tenant, user.user, now=request.now)
        if person is None or not self._is_member(request):
            return STRANGER
        if user in self._admins:
            return replace(person, grants=(*person.grants, Grant(Role.ADMIN)))
        return person

    def _is_member(self, request: Request) -> bool:
        """Say whether the platform counts the account as one of the company's own.

        As long as it has not said so, only quick routes go by the list of people alone.
        """
        standing = self._standings.of(request.inbound.user)
        if standing is Standing.UNKNOWN:
            return request.step.rules.quick
        return standing is Standing.MEMBER

    def _admit(self, session: Session | None, person: Person, request: Request) -> Context:
        """Refuse who may not.

        Raises:
            NotAllowed: in the same words as for a thing that does not exist.
        """
        if not menu.may(person, request.step.rules.allow):
            is_unsure = self._standings.of(request.inbound.user) is Standing.UNKNOWN
            stranger = menu.UNSURE if is_unsure else menu.for_strangers(self._standings.platforms)
            raise NotAllowed(NO_SUCH_THING if person.id else stranger)
        return Context(
            opened=session,
            person=person,
            place=request.inbound.place,
            now=request.now,
            user=request.inbound.user,
            request_id=request.reference,
            sealer=self._sealer,
            platforms=self._standings.platforms,
            public_url=self._public_url,
            profile=self._standings.profile_of(request.inbound.user),
            one_to_one=request.inbound.one_to_one,
            confided=request.inbound.confided,
            act=request.inbound.id,
            inline=request.inbound.inline,
            post=request.inbound.post if isinstance(request.inbound, Command) else None,
        )

    async def _meant(self, inbound: Inbound) -> Inbound:
        """Return words to the bot that are no command as a message, where a workflow listens."""
        post = self._steps.as_post(inbound)
        return post if post is not None and await self._listens(post) else inbound

    async def _listens(self, post: Post) -> bool:
        """Say whether a workflow listens there; most channels leave no trace at all."""
        if not self.routes.listeners:
            return False
        rooms = await self._database.read(lambda session: rooms_of(session, post))
        return bool(self.routes.listeners.keys() & rooms)

    # The way back ---------------------------------------------------------------------------

    async def _carry(self, inbound: Inbound, answer: Answer) -> Answer:
        """Return what the platform carries back by itself; send the rest as a message."""
        if inbound.inline or answer is None:
            return menu.offered(inbound, answer)
        return await self._database.write(lambda session: self._sent(session, inbound, answer))

    def _sent(self, session: Session, inbound: Inbound, answer: Answer) -> Answer:
        """Leave the answer as a job where the platform does not carry it back by itself.

        A handler's answer is left in the handler's own transaction, so that neither is lost.
        """
        answer = menu.offered(inbound, answer)
        if inbound.inline or not isinstance(answer, Message):
            return answer
        to = inbound.place if inbound.one_to_one else inbound.place.privately(inbound.user)
        self._say(session, to, answer, self._answer_key(inbound), asker=inbound.user)
        return None

    def _answer_key(self, inbound: Inbound) -> str:
        return f"answer:{self._sealer.digest(inbound.id, purpose='answer')}"


def _refused(inbound: Inbound, refusal: BotError) -> Answer:
    """Put what is wrong into words, or beside a form's inputs where there are some."""
    has_inputs = isinstance(inbound, Submission) and inbound.inline
    if has_inputs and isinstance(refusal, Invalid) and refusal.fields:
        return Problems(fields=dict(refusal.fields))
    return Message(text=str(refusal))
