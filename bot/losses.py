"""What does not arrive: who is told of it, and which workflow writes it down."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from bot import signals
from bot.clock import Clock
from bot.context import unasked
from bot.hooks import Loss, Missing
from bot.inbound import Place
from bot.keepers import Keepers
from bot.signals import Signal
from storage.jobs import Job
from storage.secrets import Sealer


class Losses:
    """Sees to it that nothing is lost in silence; *misses* are the workflows' who hear of it."""

    def __init__(
        self, misses: Sequence[Missing], keepers: Keepers, clock: Clock, sealer: Sealer
    ) -> None:
        self._misses = misses
        self._keepers = keepers
        self._clock = clock
        self._sealer = sealer

    def died(self, session: Session, job: Job, code: str) -> None:
        """Tell the admins that a job failed for good, and the outside if its sender wished so."""
        self._keepers.tell_of_death(session, job, code)
        self._tell(session, job, code, is_final=True)
        if (wished := job.payload.get("outside")) is not None:
            now, key, about = self._clock.now(), job.payload["key"], job.payload["about"]
            signals.queue(session, Signal(**wished), key=key, about=about, now=now)

    def missed(self, session: Session, job: Job, code: str) -> None:
        """Let workflows hear that a way was closed, after which another one is tried."""
        self._tell(session, job, code, is_final=False)

    def _tell(self, session: Session, job: Job, code: str, *, is_final: bool) -> None:
        about = job.payload.get("about")
        if not about:
            return
        ctx = unasked(session, self._sealer, self._clock.now())
        at = job.payload.get("place")
        place = Place(**at) if at else None
        for hear in self._misses:
            hear(ctx, Loss(about, job.payload["key"], code, is_final=is_final, place=place))
