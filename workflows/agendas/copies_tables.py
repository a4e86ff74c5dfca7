"""What stands where of an agenda: each place, and each owner's chat, has its own copy."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from storage.columns import closed
from workflows.agendas.rules import Reach
from workflows.agendas.tables import Meeting


class Copy(SQLModel, table=True):
    """An agenda as it was last shown to whoever reads *at* one place."""

    __tablename__ = "agendas_copy"

    meeting_id: int = Field(
        foreign_key=f"{Meeting.__tablename__}.id", primary_key=True, ondelete="CASCADE"
    )
    at: str = Field(primary_key=True)
    reach: Reach = Field(default=Reach.OUTSIDE, sa_type=closed(Reach))
    #: Who reads there by their numbers, when all of them are known.
    readers: list[int] = Field(default_factory=list, sa_type=sa.JSON)
    digest: str = ""  #: of what was shown; the same is not sent again
    shown_at: datetime
    seen_at: datetime  #: when the platform said who reads there


def copy(session: Session, meeting_id: int, at: str) -> Copy | None:
    """Return what stands at one place."""
    return session.get(Copy, (meeting_id, at))


def copies(session: Session, meeting_id: int) -> list[Copy]:
    """Return what stands anywhere."""
    found = select(Copy).where(Copy.meeting_id == meeting_id)
    return list(session.exec(found.order_by(col(Copy.at))))


def last_shown(session: Session, meeting_id: int) -> datetime | None:
    """Return when a copy of an agenda was last posted or edited; None before the first."""
    return max((one.shown_at for one in copies(session, meeting_id)), default=None)
