"""People: one person behind several accounts, with the roles that are valid right now."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from storage import people
from storage.database import Database
from storage.people import Account, AccountTaken, Grant, NoSuchPerson, Person, WorkingHours

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def add_ada(session: Session) -> Person:
    ada = people.add_person(
        session,
        "Ada",
        email="Ada@Example.com",
        department="security",
        timezone="Europe/Vienna",
        locale="de",
        hours=WorkingHours("mon,tue", "08:00", "12:00"),
    )
    people.link_account(session, ada.id, "slack", "T1", "U1")
    return ada


def slack(session: Session) -> Person | None:
    return people.identify(session, "slack", "T1", "U1", now=NOW)


async def test_a_person_is_known_by_every_account(database: Database) -> None:
    ada = await database.write(add_ada)
    await database.write(lambda s: people.link_account(s, ada.id, "teams", "tenant", "29:1"))

    on_slack = await database.read(slack)
    on_teams = await database.read(lambda s: people.identify(s, "teams", "tenant", "29:1", now=NOW))

    assert on_slack == on_teams == ada
    assert ada.email == "ada@example.com"
    assert await database.read(lambda s: people.accounts_of(s, ada.id)) == [
        Account("slack", "T1", "U1"),
        Account("teams", "tenant", "29:1"),
    ]


@pytest.mark.parametrize(
    ("platform", "tenant", "user"),
    [("teams", "T1", "U1"), ("slack", "T2", "U1"), ("slack", "T1", "U2"), ("slack", "", "")],
)
async def test_an_unknown_account_is_a_stranger(
    database: Database, platform: str, tenant: str, user: str
) -> None:
    await database.write(add_ada)

    assert (
        await database.read(lambda s: people.identify(s, platform, tenant, user, now=NOW)) is None
    )


async def test_an_account_belongs_to_one_person(database: Database) -> None:
    await database.write(add_ada)
    eve = await database.write(lambda s: people.add_person(s, "Eve"))

    with pytest.raises(AccountTaken, match="Nothing was changed"):
        await database.write(lambda s: people.link_account(s, eve.id, "slack", "T1", "U1"))


async def test_a_person_has_one_account_on_a_platform(database: Database) -> None:
    ada = await database.write(add_ada)

    with pytest.raises(AccountTaken):
        await database.write(lambda s: people.link_account(s, ada.id, "slack", "T1", "U2"))


async def test_linking_an_account_again_changes_nothing(database: Database) -> None:
    ada = await database.write(add_ada)

    again = await database.write(lambda s: people.link_account(s, ada.id, "slack", "T1", "U1"))

    assert again == Account("slack", "T1", "U1")


async def test_an_account_can_be_taken_back(database: Database) -> None:
    await database.write(add_ada)
    account = Account("slack", "T1", "U1")

    taken = [await database.write(lambda s: people.unlink_account(s, account)) for _ in range(2)]

    assert taken == [True, False]
    assert await database.read(slack) is None


async def test_of_two_who_claim_an_account_at_once_one_gets_it(database: Database) -> None:
    rivals = [await database.write(lambda s: people.add_person(s, "Rival")) for _ in range(6)]

    async def claim(rival: Person) -> Account:
        return await database.write(lambda s: people.link_account(s, rival.id, "slack", "T9", "U9"))

    outcomes = await asyncio.gather(*map(claim, rivals), return_exceptions=True)

    assert sum(isinstance(outcome, Account) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AccountTaken) for outcome in outcomes) == 5


async def test_a_leaver_is_a_stranger_at_once(database: Database) -> None:
    ada = await database.write(add_ada)
    await database.write(lambda s: people.grant(s, ada.id, "owner"))

    await database.write(lambda s: people.deactivate(s, ada.id))

    assert await database.read(slack) is None
    assert await database.read(lambda s: people.holders(s, "owner", now=NOW)) == []
    assert not (await database.read(lambda s: people.by_id(s, ada.id, now=NOW))).active


async def test_nobody_has_an_unknown_number(database: Database) -> None:
    with pytest.raises(NoSuchPerson, match="99"):
        await database.read(lambda s: people.by_id(s, 99, now=NOW))


async def test_an_address_is_found_however_it_is_written(database: Database) -> None:
    ada = await database.write(add_ada)

    found = await database.read(lambda s: people.by_email(s, "aDA@example.COM", now=NOW))

    assert found == ada
    assert await database.read(lambda s: people.by_email(s, "x@example.com", now=NOW)) is None


async def test_a_role_ends_when_it_was_said_to(database: Database) -> None:
    ada = await database.write(add_ada)
    await database.write(lambda s: people.grant(s, ada.id, "lead", ends_at=NOW + HOUR))

    before = await database.read(lambda s: people.by_id(s, ada.id, now=NOW))
    after = await database.read(lambda s: people.by_id(s, ada.id, now=NOW + HOUR))

    assert before.holds("lead")
    assert not after.holds("lead")


async def test_a_role_can_be_taken_back(database: Database) -> None:
    ada = await database.write(add_ada)
    await database.write(lambda s: people.grant(s, ada.id, "owner", department="security"))

    elsewhere = await database.write(lambda s: people.revoke(s, ada.id, "owner"))
    here = await database.write(lambda s: people.revoke(s, ada.id, "owner", department="security"))

    assert (elsewhere, here) == (False, True)
    assert (await database.read(lambda s: people.by_id(s, ada.id, now=NOW))).grants == ()


async def test_granting_again_replaces_the_rank(database: Database) -> None:
    ada = await database.write(add_ada)
    await database.write(lambda s: people.grant(s, ada.id, "owner", rank=1))

    await database.write(lambda s: people.grant(s, ada.id, "owner", rank=3))

    found = await database.read(lambda s: people.by_id(s, ada.id, now=NOW))
    assert found.grants == (Grant("owner", None, 3),)


async def test_holders_come_by_rank_and_then_by_name(database: Database) -> None:
    def appoint(session: Session) -> None:
        for name, department, rank in [
            ("Cid", "security", 2),
            ("Bea", "security", 1),
            ("Ann", "security", 2),
            ("Dot", None, 1),
            ("Eli", "ta", 1),
        ]:
            someone = people.add_person(session, name)
            people.grant(session, someone.id, "owner", department=department, rank=rank)

    await database.write(appoint)

    in_security = await database.read(
        lambda s: people.holders(s, "owner", department="security", now=NOW)
    )
    anywhere = await database.read(lambda s: people.holders(s, "owner", now=NOW))

    assert [someone.name for someone in in_security] == ["Bea", "Dot", "Ann", "Cid"]
    assert [someone.name for someone in anywhere] == ["Bea", "Dot", "Eli", "Ann", "Cid"]


async def test_departments_are_rows(database: Database) -> None:
    await database.write(lambda s: people.add_department(s, "labs", "Labs"))

    found = await database.read(people.departments)

    assert found["labs"] == "Labs"
    assert {"security", "ta", "hr", "legal", "comms", "it"} <= found.keys()


@pytest.mark.parametrize(
    ("role", "department", "holds"),
    [
        ("owner", None, True),
        ("owner", "ta", True),
        ("owner", "hr", False),
        ("lead", "hr", True),
        ("admin", None, False),
    ],
)
def test_a_grant_without_a_department_holds_in_each(
    role: str, department: str | None, holds: bool
) -> None:
    grants = (Grant("owner", "ta"), Grant("lead"))
    someone = Person(1, "Ada", None, None, "UTC", "en", True, grants)

    assert someone.holds(role, department) is holds
