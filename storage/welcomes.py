"""Whom Parley has met: each person and each channel is welcomed once, and never again."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel

from storage import people
from storage.people import Account, person

#: A platform, a tenant, and an account or a channel there.
Known = tuple[str, str, str]

# Without a time: a first contact may be one that nobody is to trace.
welcome = sa.Table(
    "welcome",
    SQLModel.metadata,
    sa.Column("platform", sa.String, primary_key=True),
    sa.Column("tenant", sa.String, primary_key=True),
    # An account, or a channel: neither platform gives both the same name.
    sa.Column("whom", sa.String, primary_key=True),
)


def met(session: Session, account: Account, *, person_id: int | None) -> bool:
    """Note that somebody was met; False when they were before, by any account of theirs."""
    if person_id is None:
        return _note(session, account.platform, account.tenant, account.user)
    # Their other account may be met at this moment by another replica.
    locked = sa.select(person.c.id).where(person.c.id == person_id).with_for_update()
    session.connection().execute(locked)
    own = people.accounts_of(session, person_id)
    is_known = any(_is_noted(session, one) for one in own if one != account)
    return _note(session, account.platform, account.tenant, account.user) and not is_known


def met_in(session: Session, platform: str, tenant: str, channel: str) -> bool:
    """Note that Parley came to a channel; False when it had been there before."""
    return _note(session, platform, tenant, channel)


def known(session: Session, most: int) -> set[Known]:
    """Return *most* of whom Parley has met."""
    listed = sa.select(welcome.c.platform, welcome.c.tenant, welcome.c.whom).limit(most)
    return {(row.platform, row.tenant, row.whom) for row in session.connection().execute(listed)}


def _note(session: Session, platform: str, tenant: str, whom: str) -> bool:
    row = {"platform": platform, "tenant": tenant, "whom": whom}
    noted = insert(welcome).values(**row).on_conflict_do_nothing().returning(welcome.c.whom)
    return session.connection().execute(noted).first() is not None


def _is_noted(session: Session, account: Account) -> bool:
    noted = sa.select(welcome.c.whom).where(
        welcome.c.platform == account.platform,
        welcome.c.tenant == account.tenant,
        welcome.c.whom == account.user,
    )
    return session.connection().execute(noted).first() is not None
