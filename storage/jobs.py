"""Whatever must happen later: sends and timers as rows, claimed under a lease, in strict lanes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.prepared import Prepared
from storage.secrets import sealed
from storage.session import wake_worker_after_commit


class State(StrEnum):
    """Where a job stands: it waits or runs, it is done, or it was given up."""

    READY = "ready"
    DONE = "done"
    DEAD = "dead"


#: Alerts go before everything else.
ALERT, NORMAL = 0, 1

#: A statement takes no more than some ten thousand values.
_AT_ONCE = 1_000

_READY = sa.text("state = 'ready'")

job = sa.Table(
    "job",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("key", sa.String, nullable=False, unique=True),
    sa.Column("lane", sa.String),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False, info=sealed(row="key", within="message")),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("run_at", UTCDateTime, nullable=False),
    sa.Column("lease_until", UTCDateTime),
    sa.Column("lease_owner", sa.String),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.String),
    sa.Column("created", UTCDateTime, nullable=False, server_default=sa.func.now()),
    # A number used again would put a new job before the older ones of its lane.
    sqlite_autoincrement=True,
)
sa.Index(
    "ix_job_due",
    *(job.c.priority, job.c.run_at, job.c.id),
    sqlite_where=_READY,
    postgresql_where=_READY,
)
sa.Index("ix_job_lane", job.c.lane, job.c.id, sqlite_where=_READY, postgresql_where=_READY)
sa.Index("ix_job_lease", job.c.lease_owner, sqlite_where=_READY, postgresql_where=_READY)


class NoSuchJob(LookupError):
    """No job has this number."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job, as it was when it was claimed or looked at."""

    id: int
    kind: str
    key: str
    lane: str | None
    priority: int
    payload: Mapping[str, Any]
    state: State
    run_at: datetime
    lease_until: datetime | None
    lease_owner: str | None
    attempts: int  #: this one included
    error: str | None
    created: datetime  #: by the database's clock


def _is(state: State, of: sa.FromClause = job) -> sa.ColumnElement[bool]:
    # Written out, not bound: a partial index serves a statement only then.
    return of.c.state == sa.literal_column(f"'{state.value}'")


_ENQUEUE = Prepared(
    insert(job).on_conflict_do_nothing(),
    *("kind", "key", "lane", "priority", "payload", "state", "run_at", "attempts"),
)
_FINISH = Prepared(
    sa.update(job)
    .where(
        job.c.id == sa.bindparam("job_id"),
        job.c.lease_owner == sa.bindparam("owner"),
        job.c.attempts == sa.bindparam("attempt"),
        _is(State.READY),
    )
    .values(state=State.DONE.value, lease_until=None, lease_owner=None, error=None)
)


def enqueue(
    session: Session,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    *,
    lane: str | None,
    run_at: datetime,
    priority: int = NORMAL,
    wakes: bool = True,
) -> bool:
    """Leave a job in this transaction; False when one with the same key was ever left.

    Unless it *wakes* the worker, it is found within a second of being due.

    Jobs of one lane run strictly in the order in which they were left, each after the one
    before is done or dead, so a lane must not mix what is due now with what is due next week.
    Without a lane a job waits for nobody.
    """
    added = _ENQUEUE.changed(
        session,
        kind=kind,
        key=key,
        lane=lane,
        priority=priority,
        payload=payload,
        state=State.READY.value,
        run_at=run_at,
        attempts=0,
    )
    if added and wakes:
        wake_worker_after_commit(session)
    return bool(added)


def claim(
    session: Session,
    *,
    owner: str,
    slots: int,
    lease: timedelta,
    now: datetime | None,
    running: Iterable[int] = (),
) -> list[Job]:
    """Take due jobs for *owner* until *lease* is over, the most urgent first.

    *now* decides what is due; with None PostgreSQL's own clock does, one for all replicas.
    What is still *running* with this owner is not taken, even when its lease has run out.
    """
    moment = _moment(now)
    due = (
        sa.select(job.c.id)
        .where(
            _is(State.READY),
            job.c.priority.in_([ALERT, NORMAL]),
            job.c.run_at <= moment,
            sa.or_(job.c.lease_until.is_(None), job.c.lease_until <= moment),
            job.c.id.not_in(list(running)),
            _is_next(),
        )
        .order_by(job.c.priority, job.c.run_at, job.c.id)
        .limit(slots)
        .with_for_update(of=job, skip_locked=True)
        # Apart from the update, so that PostgreSQL picks and locks the rows only once.
        .cte("due")
    )
    taken = session.connection().execute(
        sa.update(job)
        .where(job.c.id.in_(sa.select(due.c.id)))
        .values(lease_owner=owner, lease_until=moment + lease, attempts=job.c.attempts + 1)
        .returning(job)
    )
    jobs = [_job(row) for row in taken.mappings()]
    return sorted(jobs, key=lambda one: (one.priority, one.run_at, one.id))


def extend(
    session: Session, ids: Iterable[int], *, owner: str, lease: timedelta, now: datetime | None
) -> set[int]:
    """Prolong the leases of running jobs and return those that *owner* still holds."""
    kept = session.connection().scalars(
        sa.update(job)
        .where(job.c.id.in_(list(ids)), job.c.lease_owner == owner, _is(State.READY))
        .values(lease_until=_moment(now) + lease)
        .returning(job.c.id)
    )
    return set(kept)


def finish(session: Session, done: Job) -> bool:
    """Mark a job done; False when its lease went to somebody else, who will do it.

    Call it in the transaction that writes the job's effects, and write none after False.
    """
    changed = _FINISH.changed(
        session, job_id=done.id, owner=done.lease_owner, attempt=done.attempts
    )
    return changed == 1


def remark(session: Session, on: Job, text: str) -> None:
    """Leave a word with a job that is done, for whoever looks at it; never a text it carried."""
    session.connection().execute(sa.update(job).where(job.c.id == on.id).values(error=text))


def retry_later(
    session: Session, failed: Job, *, run_at: datetime, error: str, counted: bool
) -> bool:
    """Put a job back; when not *counted*, this attempt is as if it had not been made."""
    attempts = failed.attempts if counted else failed.attempts - 1
    return _settle(session, failed, run_at=run_at, error=error, attempts=attempts)


def bury(session: Session, failed: Job, error: str) -> bool:
    """Give a job up; it waits among the dead letters, and its lane goes on without it."""
    return _settle(session, failed, state=State.DEAD.value, error=error)


def release(session: Session, owner: str) -> None:
    """Free the jobs that *owner* still holds, for whoever claims next."""
    _free(session, job.c.lease_owner == owner)


def clear_leases(session: Session) -> None:
    """Free every job: on SQLite a lease found at the start is of a process that is gone."""
    _free(session, job.c.lease_owner.is_not(None))


def show(session: Session, id: int) -> Job:
    """Return a job.

    Raises:
        NoSuchJob: there is none with this number, or it was pruned.
    """
    row = session.connection().execute(sa.select(job).where(job.c.id == id)).mappings().first()
    if row is None:
        raise NoSuchJob(f"There is no job {id}; finished jobs are removed after a while.")
    return _job(row)


def listing(session: Session, state: State, limit: int = 50) -> list[Job]:
    """Return jobs in this state, the newest first."""
    rows = session.connection().execute(
        sa.select(job).where(_is(state)).order_by(job.c.id.desc()).limit(limit)
    )
    return [_job(row) for row in rows.mappings()]


def replay(session: Session, id: int, *, now: datetime) -> bool:
    """Give a dead job a fresh start; False when it is not dead."""
    changed = session.connection().execute(
        sa.update(job)
        .where(job.c.id == id, _is(State.DEAD))
        # Its next try is not its first: a post may have arrived, and is looked for again.
        .values(state=State.READY.value, run_at=now, attempts=1, error=None)
    )
    if changed.rowcount:
        wake_worker_after_commit(session)
    return changed.rowcount == 1


def discard(session: Session, id: int) -> bool:
    """Settle a job that waits or is dead without running it; False when it runs or is done."""
    changed = session.connection().execute(
        sa.update(job)
        .where(job.c.id == id, job.c.lease_owner.is_(None), job.c.state != State.DONE.value)
        .values(state=State.DONE.value, error="discarded")
    )
    return changed.rowcount == 1


def discard_dead(session: Session, *, about: str) -> None:
    """Settle the dead letters about an entity: nobody replays them any more."""
    session.connection().execute(
        sa.update(job)
        .where(_is(State.DEAD), job.c.payload["about"].as_string() == about)
        .values(state=State.DONE.value, error="discarded")
    )


def unfinished_in(session: Session, lane: str) -> list[Job]:
    """Return the jobs of a lane that wait, run or are dead, the oldest first."""
    rows = session.connection().execute(
        sa.select(job).where(job.c.lane == lane, job.c.state != State.DONE.value).order_by(job.c.id)
    )
    return [_job(row) for row in rows.mappings()]


def oldest_ready(session: Session, now: datetime) -> datetime | None:
    """Return since when the longest overdue job waits for a worker.

    A job that waits for the one before it in its lane, or that somebody is running, does not.
    """
    is_free = sa.or_(job.c.lease_until.is_(None), job.c.lease_until <= now)
    oldest: datetime | None = session.connection().scalar(
        sa.select(sa.func.min(job.c.run_at)).where(
            _is(State.READY), job.c.run_at <= now, is_free, _is_next()
        )
    )
    return oldest


def waiting_keys(session: Session, kind: str) -> set[str]:
    """Return the keys of all jobs of this kind that are still to be done."""
    keys = session.connection().scalars(
        sa.select(job.c.key).where(job.c.kind == kind, _is(State.READY))
    )
    return set(keys)


def waiting_among(session: Session, keys: Sequence[str]) -> set[str]:
    """Return which of these keys are of jobs that are still to be done."""
    found: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found.update(
            session.connection().scalars(
                sa.select(job.c.key).where(job.c.key.in_(some), _is(State.READY))
            )
        )
    return found


def counts(session: Session) -> dict[State, int]:
    """Return how many jobs there are in each state."""
    rows = session.connection().execute(sa.select(job.c.state, sa.func.count()).group_by("state"))
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}


def prune(session: Session, before: datetime) -> int:
    """Remove jobs that were done with before then, and return how many there were."""
    gone = session.connection().execute(
        sa.delete(job).where(_is(State.DONE), job.c.run_at < before)
    )
    return gone.rowcount


def _settle(session: Session, failed: Job, **values: object) -> bool:
    """Let go of a job, unless somebody else has taken it over."""
    changed = session.connection().execute(
        sa.update(job)
        .where(
            job.c.id == failed.id,
            job.c.lease_owner == failed.lease_owner,
            job.c.attempts == failed.attempts,
            _is(State.READY),
        )
        .values(lease_owner=None, lease_until=None, **values)
    )
    return changed.rowcount == 1


def _free(session: Session, held: sa.ColumnElement[bool]) -> None:
    session.connection().execute(
        sa.update(job).where(held, _is(State.READY)).values(lease_owner=None, lease_until=None)
    )
    wake_worker_after_commit(session)


def _is_next() -> sa.ColumnElement[bool]:
    """Say whether a job is the first of its lane, or has none.

    Asking for the first takes one look into an index; asking whether one is earlier, PostgreSQL
    compares the jobs of a lane with each other.
    """
    ahead = job.alias("ahead")
    first = (
        sa.select(ahead.c.id)
        .where(ahead.c.lane == job.c.lane, _is(State.READY, ahead))
        .order_by(ahead.c.id)
        .limit(1)
        .scalar_subquery()
    )
    return sa.or_(job.c.lane.is_(None), job.c.id == first)


def _moment(now: datetime | None) -> Any:
    """Return the time as a value, or as PostgreSQL's own clock."""
    return now or sa.func.clock_timestamp(type_=UTCDateTime())


def _job(row: sa.RowMapping) -> Job:
    return Job(**{**row, "state": State(row["state"])})
