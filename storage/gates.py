"""Rate gates: one row per gate hands out slots, so that all replicas together keep to a limit."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared

rate_gate = sa.Table(
    "rate_gate",
    SQLModel.metadata,
    sa.Column("key", sa.String, primary_key=True),
    # Microseconds since 1970: both databases can add to a number, only one to a time.
    sa.Column("next_at", sa.BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a gate may be passed: one each *spacing*, and after a silence *burst* at once."""

    spacing: timedelta
    burst: int = 1

    @property
    def credit(self) -> timedelta:
        """How far the last of a burst is ahead of its turn."""
        return (self.burst - 1) * self.spacing


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_opens = rate_gate.c.next_at
_moment, _step, _latest = (
    sa.bindparam(name, type_=sa.BigInteger) for name in ("moment", "step", "latest")
)
_RESERVE = Prepared(
    insert(rate_gate)
    .values(key=sa.bindparam("gate"), next_at=_moment + _step)
    .on_conflict_do_update(
        index_elements=["key"],
        set_={"next_at": sa.case((_opens > _moment, _opens), else_=_moment) + _step},
        where=_opens <= _latest,
    )
    .returning(_opens)
)
#: Later than any slot, and yet a number that both databases keep.
_EVER = 2**62


def reserve_slot(
    session: Session,
    gate: str,
    rate: Rate,
    *,
    now: datetime,
    patience: timedelta | None = None,
) -> datetime:
    """Return when the caller may pass.

    A slot later than *patience* from now is not reserved: come back then and ask again.
    """
    moment, step, credit = _count(now - _EPOCH), _count(rate.spacing), _count(rate.credit)
    latest = _EVER if patience is None else moment + _count(patience) + credit
    reserved = _RESERVE.rows(session, gate=gate, moment=moment, step=step, latest=latest)
    if not reserved:
        return _time(_next_at(session, gate) - credit)
    [(next_at,)] = reserved
    return _time(max(moment, next_at - step - credit))


def hold_gate(session: Session, gate: str, rate: Rate, until: datetime) -> None:
    """Give no slot before *until*, as a platform asked with its Retry-After, and no burst then."""
    earliest = _count(until + rate.credit - _EPOCH)
    session.connection().execute(
        insert(rate_gate)
        .values(key=gate, next_at=earliest)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={"next_at": earliest},
            where=rate_gate.c.next_at < earliest,
        )
    )


def prune(session: Session, before: datetime) -> int:
    """Forget the gates that have been open since then, and return how many there were."""
    open_since = rate_gate.c.next_at < _count(before - _EPOCH)
    return session.connection().execute(sa.delete(rate_gate).where(open_since)).rowcount


def _next_at(session: Session, gate: str) -> int:
    found = session.connection().execute(
        sa.select(rate_gate.c.next_at).where(rate_gate.c.key == gate)
    )
    next_at: int = found.scalar_one()
    return next_at


def _count(duration: timedelta) -> int:
    return duration // _MICROSECOND


def _time(count: int) -> datetime:
    return _EPOCH + count * _MICROSECOND
