"""Letters: what people without a name have left, until it is handed over."""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from storage.secrets import sealed


class Letter(SQLModel, table=True):
    """A report, or an addition to one, of somebody without a name.

    Nothing of it says when it was written: it is numbered at random, and handed over together
    with all others of the same quarter of an hour.
    """

    __tablename__ = "reports_letter"

    id: int = Field(
        default_factory=lambda: secrets.randbits(31),
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
    )
    arrives_at: datetime = Field(index=True)
    #: A keyed digest of the code that its writer has.
    claim_digest: str = Field(index=True)
    #: Something that is done with the report of that code; otherwise a report.
    is_addition: bool = False
    #: Sealed: the report, or what is done with it, as JSON.
    content: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})


def due(session: Session, now: datetime) -> list[int]:
    """Return the numbers of the letters that are to be handed over, in no order of theirs."""
    found = select(Letter.id).where(col(Letter.arrives_at) <= now)
    return list(session.exec(found.order_by(col(Letter.id))))


def lock_letter(session: Session, id: int) -> Letter | None:
    """Return a letter that nobody else hands over before this transaction ends."""
    return session.get(Letter, id, populate_existing=True, with_for_update=True)


def on_the_way(session: Session, claim_digest: str) -> list[Letter]:
    """Return what was written under a code and is not handed over yet."""
    return list(session.exec(select(Letter).where(Letter.claim_digest == claim_digest)))


def drop(session: Session, letter: Letter) -> None:
    """Forget a letter that was handed over."""
    session.connection().execute(sa.delete(Letter).where(col(Letter.id) == letter.id))
