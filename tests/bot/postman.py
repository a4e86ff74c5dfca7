"""A house with a postman, for what is sent and where it arrives."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from bot import outbox
from bot.delivery import Delivery
from bot.ui import Message
from bot.worker import Worker
from storage import jobs, people, posts
from storage.jobs import Job
from storage.people import Person
from tests.bot.house import CHANNEL, House
from tests.bot.platforms import MemoryPlatform


@dataclass
class Post:
    """A house with a postman: two platforms, the delivery, and a worker that runs on demand."""

    house: House
    slack: MemoryPlatform
    teams: MemoryPlatform
    worker: Worker
    delivery: Delivery

    async def send(
        self,
        said: str | Message,
        to: outbox.To = CHANNEL,
        key: str = "",
        *,
        sensitive: bool = False,
        otherwise: tuple[outbox.To, ...] = (),
        under: str = "",
    ) -> None:
        """Leave a message in a transaction of its own."""
        message = Message(text=said) if isinstance(said, str) else said

        def queue(session: Session) -> None:
            envelope = outbox.Envelope(
                key or message.text, "toy:1", sensitive, otherwise=otherwise, under=under
            )
            now = self.house.clock.now()
            sealer = self.house.sealer
            outbox.queue(session, sealer, message, to=to, envelope=envelope, now=now)

        await self.house.database.write(queue)

    async def settle(self, *, after: float = 0) -> None:
        """Deliver everything that is due after some seconds."""
        self.house.clock.advance(timedelta(seconds=after))
        await self.worker.idle()

    async def ledger(self, key: str) -> list[posts.Post]:
        """Return the posts under a key."""
        return await self.house.database.read(lambda session: posts.all_for(session, key))

    async def ada_on_both(self) -> Person:
        """Give Ada an account on Teams as well, and return her."""

        def link(session: Session) -> Person:
            people.link_account(session, 1, "teams", "T9", "ada")
            return people.by_id(session, 1, now=self.house.clock.now())

        return await self.house.database.write(link)

    async def claimed(self) -> Job:
        """Let another worker take the one job that is due, and return it."""
        [job] = await self.house.database.write(
            lambda session: jobs.claim(
                session,
                owner="a worker that is slow",
                slots=1,
                lease=timedelta(seconds=15),
                now=self.house.clock.now(),
            )
        )
        return job


def postman(house: House) -> Post:
    """Return a house with its postman."""
    delivery = Delivery(
        house.database,
        {"slack": house.slack, "teams": house.teams},
        house.sealer,
        house.clock,
        standings=house.standings,
    )
    worker = Worker(
        house.database,
        house.clock,
        {"send": delivery.deliver, "timer": house.engine.run_timer},
        on_dead=house.engine.keepers.tell_of_death,
    )
    return Post(house, house.slack, house.teams, worker, delivery)
