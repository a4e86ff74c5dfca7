"""How accounts prove to be one person's: a question, one-time codes, and tries to guess one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import accounts, people
from storage.people import MEMBER, Account, Person, account, person

#: How many wrong tries an account has, and after which rest it has them again.
MOST_TRIES = 5
REST = timedelta(hours=1)

#: Each account is asked once whether it is somebody's; *closed*, its address links it no more.
question = sa.Table(
    "link_question",
    SQLModel.metadata,
    sa.Column("platform", sa.String, primary_key=True),
    sa.Column("tenant", sa.String, primary_key=True),
    sa.Column("user", sa.String, primary_key=True),
    sa.Column("asked_at", UTCDateTime, nullable=False),
    sa.Column("closed", sa.Boolean, nullable=False),
)
code = sa.Table(
    "link_code",
    SQLModel.metadata,
    sa.Column("digest", sa.String, primary_key=True),
    sa.Column(
        "person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("expires_at", UTCDateTime, nullable=False),
    # Somebody known who typed it: it is theirs alone to say yes to.
    sa.Column("typed_by", sa.ForeignKey("person.id", ondelete="CASCADE"), index=True),
)
tries = sa.Table(
    "link_try",
    SQLModel.metadata,
    sa.Column("platform", sa.String, primary_key=True),
    sa.Column("tenant", sa.String, primary_key=True),
    sa.Column("user", sa.String, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Tries:
    """How often an account has tried codes, and from when on it may again after too many."""

    count: int
    again_at: datetime

    @property
    def are_too_many(self) -> bool:
        """Say whether this try must not be looked at."""
        return self.count > MOST_TRIES


def known_by(session: Session, email: str, *, since: datetime, now: datetime) -> Person | None:
    """Return the active person with this address, as the operator or else a platform gave it.

    Where platforms give it to several people it is nobody's. Who has accounts needs one that its
    platform has called a member's *since* then: an address passes from who left to who comes.
    """
    owners = sa.select(account.c.person_id).where(
        account.c.email == email, account.c.standing == MEMBER
    )
    listed = session.connection().scalar(sa.select(person.c.id).where(person.c.email == email))
    ids = [listed] if listed else session.connection().scalars(owners.distinct()).all()
    if len(ids) != 1 or not _is_still_there(session, ids[0], since):
        return None
    someone = people.by_id(session, ids[0], now=now)
    return someone if someone.active else None


def _is_still_there(session: Session, person_id: int, since: datetime) -> bool:
    """Say whether somebody has no account yet, or one that was said to be a member's lately."""
    found = session.connection().execute(
        sa.select(account.c.standing, account.c.standing_at).where(account.c.person_id == person_id)
    )
    words = found.all()
    return not words or any(said == MEMBER and at > since for said, at in words)


def ask_once(session: Session, asked: Account, *, now: datetime) -> bool:
    """Note that the account's owner is asked whether they are somebody; False if they were."""
    added = session.connection().execute(
        insert(question)
        .values(**_whose(asked), asked_at=now, closed=False)
        .on_conflict_do_nothing()
        .returning(question.c.asked_at)
    )
    return added.first() is not None


def is_closed(session: Session, asked: Account) -> bool:
    """Say whether the account's address links it to nobody any more."""
    closed = sa.select(question.c.closed).where(*_is(question, asked))
    return bool(session.connection().scalar(closed))


def close(session: Session, asked: Account, *, now: datetime) -> None:
    """Let the account's address link it to nobody from now on: it said no, or was set apart."""
    session.connection().execute(
        insert(question)
        .values(**_whose(asked), asked_at=now, closed=True)
        .on_conflict_do_update(index_elements=list(question.primary_key), set_={"closed": True})
    )


def set_apart(session: Session, linked: Account, *, now: datetime) -> None:
    """Take an account from whoever has it, so that nothing but a new code links it again."""
    owner = accounts.owner(session, linked)
    if owner is not None:
        forget_codes(session, owner.person)
    close(session, linked, now=now)
    people.unlink_account(session, linked)


def keep_code(session: Session, digest: str, person_id: int, *, until: datetime) -> None:
    """Keep what recognises a person's code; their earlier ones are good for nothing any more."""
    forget_codes(session, person_id)
    session.connection().execute(
        sa.insert(code).values(digest=digest, person_id=person_id, expires_at=until)
    )


def forget_codes(session: Session, person_id: int) -> None:
    """Let the codes that a person made be good for nothing any more."""
    session.connection().execute(sa.delete(code).where(code.c.person_id == person_id))


def take_code(session: Session, digest: str, *, now: datetime) -> int | None:
    """Return whose code this is and forget it: of those who type it at once, one gets an answer."""
    return _take(session, code.c.digest == digest, code.c.typed_by.is_(None), now=now)


def hold_code(session: Session, digest: str, by: int, *, now: datetime) -> int | None:
    """Return whose code this is, and keep it for the person who typed it until they say yes."""
    held = session.connection().execute(
        sa.update(code)
        .where(
            code.c.digest == digest,
            code.c.expires_at > now,
            sa.or_(code.c.typed_by.is_(None), code.c.typed_by == by),
        )
        .values(typed_by=by)
        .returning(code.c.person_id)
    )
    return held.scalar()


def take_held(session: Session, maker: int, by: int, *, now: datetime) -> bool:
    """Forget the code of *maker* that is kept for *by*; False when there is none any more."""
    return _take(session, code.c.person_id == maker, code.c.typed_by == by, now=now) is not None


def count_try(session: Session, by: Account, *, now: datetime) -> Tries:
    """Count a try before it is looked at, so that many at once are counted as well."""
    rested = tries.c.at <= now - REST
    counted = session.connection().execute(
        insert(tries)
        .values(**_whose(by), count=1, at=now)
        .on_conflict_do_update(
            index_elements=list(tries.primary_key),
            set_={
                "count": sa.case(
                    (rested, 1),
                    (tries.c.count > MOST_TRIES, tries.c.count),
                    else_=tries.c.count + 1,
                ),
                "at": sa.case((sa.or_(rested, tries.c.count < MOST_TRIES), now), else_=tries.c.at),
            },
        )
        .returning(tries.c.count, tries.c.at)
    )
    count, at = counted.one()
    return Tries(count, at + REST)


def forget_tries(session: Session, by: Account) -> None:
    """Let an account begin anew: it had the right code."""
    session.connection().execute(sa.delete(tries).where(*_is(tries, by)))


def prune(session: Session, now: datetime) -> None:
    """Remove codes that are over, and tries that count no more."""
    session.connection().execute(sa.delete(code).where(code.c.expires_at <= now))
    session.connection().execute(sa.delete(tries).where(tries.c.at <= now - REST))


def _take(session: Session, *wanted: sa.ColumnElement[bool], now: datetime) -> int | None:
    taken = session.connection().execute(
        sa.delete(code).where(*wanted).returning(code.c.person_id, code.c.expires_at)
    )
    row = taken.first()
    return row.person_id if row is not None and now < row.expires_at else None


def _whose(one: Account) -> dict[str, str]:
    return {"platform": one.platform, "tenant": one.tenant, "user": one.user}


def _is(table: sa.Table, one: Account) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == value for name, value in _whose(one).items()]
