"""What platforms say of accounts is kept, shown to operators, and forgotten when it is over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from storage import accounts, people
from storage.accounts import Noted
from storage.database import Database
from storage.people import Account

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SLACK = Account("slack", "T1", "U1")
TEAMS = Account("teams", "tenant", "29:1")
NOBODYS = Account("slack", "T1", "U9")
ADA = 1


async def with_ada(database: Database, *linked: Account) -> None:
    def add(session: Session) -> None:
        ada = people.add_person(session, "Ada")
        for one in linked:
            people.link_account(session, ada.id, one.platform, one.tenant, one.user)

    await database.write(add)


def lost(
    one: Account, code: str = "user_disabled", at: datetime = NOW
) -> Callable[[Session], None]:
    return lambda session: accounts.lose(session, one, code, now=at)


def noted(standing: str, at: datetime = NOW) -> Callable[[Session], None]:
    return lambda session: accounts.note_standing(session, SLACK, standing, now=at)


async def test_how_an_account_belongs_is_kept(database: Database) -> None:
    await with_ada(database, SLACK)
    later = NOW + timedelta(hours=1)

    for standing, at in (("guest", NOW), ("member", later)):
        await database.write(noted(standing, at))

    kept = await database.read(accounts.standings)
    assert kept == [Noted("Ada", SLACK, "member", later)]


async def test_nothing_is_kept_of_an_account_that_is_nobodys(database: Database) -> None:
    await with_ada(database, SLACK)

    await database.write(lambda s: accounts.note_standing(s, NOBODYS, "guest", now=NOW))
    await database.write(lost(NOBODYS))

    assert await database.read(accounts.standings) == []
    assert await database.read(accounts.out_of_reach) == []


async def test_whoever_belongs_otherwise_is_listed_unless_they_left(database: Database) -> None:
    await with_ada(database, SLACK, TEAMS)
    await database.write(noted("guest"))
    await database.write(lambda s: accounts.note_standing(s, TEAMS, "member", now=NOW))

    while_here = await database.read(lambda s: accounts.belonging_otherwise(s, "member"))
    await database.write(lambda s: people.deactivate(s, ADA))
    after = await database.read(lambda s: accounts.belonging_otherwise(s, "member"))

    assert while_here == [Noted("Ada", SLACK, "guest", NOW)]
    assert after == []


async def test_a_role_is_held_through_any_account_that_is_a_members(database: Database) -> None:
    await with_ada(database, SLACK, TEAMS)
    await database.write(lambda s: people.grant(s, ADA, "owner"))

    async def held(on_slack: str, on_teams: str) -> bool:
        await database.write(noted(on_slack))
        await database.write(lambda s: accounts.note_standing(s, TEAMS, on_teams, now=NOW))
        return bool(await database.read(lambda s: people.holders(s, "owner", now=NOW)))

    before_anybody_said = bool(await database.read(lambda s: people.holders(s, "owner", now=NOW)))

    assert before_anybody_said
    assert await held("member", "guest")
    assert await held("guest", "member")
    assert not await held("guest", "foreign")


async def test_a_role_is_held_by_somebody_without_an_account_yet(database: Database) -> None:
    await with_ada(database)

    await database.write(lambda s: people.grant(s, ADA, "owner"))

    assert [one.name for one in await database.read(lambda s: people.holders(s, "owner", now=NOW))]


async def test_a_person_is_out_of_reach_when_every_account_is_lost(database: Database) -> None:
    await with_ada(database, SLACK, TEAMS)

    await database.write(lost(SLACK))
    with_one = await database.read(accounts.out_of_reach)
    await database.write(lost(TEAMS, "blocked"))
    with_none = await database.read(accounts.out_of_reach)
    await database.write(lambda s: people.deactivate(s, ADA))

    assert with_one == []
    assert [entry.note for entry in with_none] == ["user_disabled", "blocked"]
    assert await database.read(accounts.out_of_reach) == []


async def test_an_account_is_lost_since_the_first_refusal(database: Database) -> None:
    await with_ada(database, SLACK)

    await database.write(lost(SLACK))
    await database.write(lost(SLACK, "cannot_dm_bot", NOW + timedelta(days=1)))

    [entry] = await database.read(accounts.out_of_reach)
    assert (entry.note, entry.at) == ("cannot_dm_bot", NOW)


async def test_a_lost_account_is_tried_after_the_others(database: Database) -> None:
    await with_ada(database, SLACK, TEAMS)

    await database.write(lost(SLACK))

    assert await database.read(lambda s: people.accounts_of(s, ADA)) == [TEAMS, SLACK]


async def test_an_account_that_is_heard_from_is_lost_no_more(database: Database) -> None:
    await with_ada(database, SLACK)
    await database.write(lost(SLACK))
    later = NOW + timedelta(minutes=1)

    await database.write(lambda s: accounts.heard_from(s, {NOBODYS: later, SLACK: NOW}))
    not_yet = await database.read(accounts.out_of_reach)
    await database.write(lambda s: accounts.heard_from(s, {SLACK: later}))

    assert len(not_yet) == 1
    assert await database.read(accounts.out_of_reach) == []


async def test_an_account_that_is_reached_is_lost_no_more(database: Database) -> None:
    await with_ada(database, SLACK)
    await database.write(lost(SLACK))

    await database.write(lambda s: accounts.reached(s, ADA, "teams"))
    not_yet = await database.read(accounts.out_of_reach)
    await database.write(lambda s: accounts.reached(s, ADA, "slack"))

    assert len(not_yet) == 1
    assert await database.read(accounts.out_of_reach) == []
