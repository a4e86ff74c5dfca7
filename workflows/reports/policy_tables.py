"""What the company promises whoever reports something, and every query on it."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select


class Policy(SQLModel, table=True):
    """A statement that an admin proposed; it holds from when HR agreed. Everybody reads it."""

    __tablename__ = "reports_policy"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    text: str
    proposed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    proposed_at: datetime
    agreed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    agreed_at: datetime | None = None


def adopted(session: Session) -> Policy | None:
    """Return the statement that holds; None when there is none."""
    found = select(Policy).where(col(Policy.agreed_at).is_not(None))
    return session.exec(found.order_by(col(Policy.agreed_at).desc(), col(Policy.id).desc())).first()


def proposed(session: Session) -> Policy | None:
    """Return the newest statement when nobody has agreed to it yet."""
    newest = session.exec(select(Policy).order_by(col(Policy.id).desc())).first()
    return newest if newest is not None and newest.agreed_at is None else None


def lock_proposed(session: Session, id: int) -> Policy | None:
    """Return a statement; nobody else changes it before this transaction ends."""
    return session.get(Policy, id, populate_existing=True, with_for_update=True)
