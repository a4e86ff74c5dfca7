"""Those who look after Parley: who they are, and how they are told what needs them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

import structlog
from sqlmodel import Session

from bot import menu, outbox
from bot.clock import Clock
from bot.errors import NO_ROUTE
from bot.inbound import UserRef
from bot.roles import Role
from bot.standing import account_of
from bot.ui import Message
from storage import accounts, jobs, linking, people
from storage.jobs import Job
from storage.people import Person
from storage.secrets import Sealer

log = structlog.get_logger()

ALERT = "alert:"


class Keepers:
    """The admins: those who were given the role, and those of the settings."""

    def __init__(self, sealer: Sealer, clock: Clock, admins: frozenset[UserRef]) -> None:
        self._sealer = sealer
        self._clock = clock
        self._admins = admins

    def know(self, session: Session) -> None:
        """Make a person of each admin in the settings whom nobody has added yet, or set apart."""
        for user in sorted(self._admins, key=str):
            own = account_of(user)
            if linking.is_closed(session, own):
                if accounts.owner(session, own) is None:
                    log.warning("admin_set_apart", platform=user.platform)
                continue
            with suppress(people.AccountTaken), session.begin_nested():
                added = people.add_person(session, str(user))
                people.link_account(session, added.id, user.platform, user.tenant, user.user)

    def names(self, session: Session) -> list[str]:
        """Return what they are called, as far as somebody has said so, in order."""
        present = self._all(session, self._clock.now())
        return sorted({one.name for one in present if not _is_nameless(session, one)})

    def alert(self, session: Session, message: Message, *, key: str) -> None:
        """Tell them before all other messages, and once for each *key*."""
        now = self._clock.now()
        envelope = outbox.Envelope(f"{ALERT}{key}")
        for admin in self._all(session, now):
            outbox.queue(
                session,
                self._sealer,
                message,
                to=admin,
                envelope=envelope,
                now=now,
                once=envelope.key,
                priority=jobs.ALERT,
            )

    def tell_of_death(self, session: Session, job: Job, code: str) -> None:
        """Tell them that a job failed for good: once for each job.

        Where there is no way at all, it is once a day for each conversation: all that is sent there
        dies of the same.
        """
        # An alert that could not be delivered is not worth another alert.
        if not str(job.payload.get("key", "")).startswith(ALERT):
            day = f"{job.lane}:{self._clock.now():%Y-%m-%d}"
            what = day if code == NO_ROUTE and job.lane else job.id
            self.alert(session, menu.job_died(job.id, job.kind, code), key=f"job-died:{what}")

    def _all(self, session: Session, now: datetime) -> Iterable[Person]:
        """Return everybody who is an admin, by grant or by the settings, once."""
        admins = {person.id: person for person in people.holders(session, Role.ADMIN, now=now)}
        for user in self._admins:
            person = people.identify(session, user.platform, user.tenant, user.user, now=now)
            if person is not None:
                admins[person.id] = person
        return admins.values()


def _is_nameless(session: Session, someone: Person) -> bool:
    """Say whether somebody is an admin of the settings whom nobody has added by name."""
    own = people.accounts_of(session, someone.id)
    return someone.name in {str(UserRef(one.platform, one.tenant, one.user)) for one in own}
