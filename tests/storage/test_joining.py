"""Two people who turn out to be one: nothing that referred to either is lost."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, SQLModel

from storage import joining, migrations, people
from storage.database import Database
from storage.joining import BothActed, TwoPeople
from storage.people import Account, Grant, NoSuchPerson
from workflows.feedback import tables as feedback
from workflows.feedback.tables import Scorecard
from workflows.hiring import tables as hiring
from workflows.hiring.tables import (
    Application,
    Candidate,
    Interview,
    PanelSeat,
    Search,
    Template,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SLACK = Account("slack", "T1", "UADA")
TEAMS = Account("teams", "tenant", "ada")


def add(session: Session, name: str, *accounts: Account, email: str | None = None) -> int:
    person = people.add_person(session, name, email=email)
    for account in accounts:
        people.link_account(session, person.id, account.platform, account.tenant, account.user)
    return person.id


async def two_adas(database: Database) -> tuple[int, int]:
    kept = await database.write(lambda s: add(s, "Ada", SLACK, email="ada@example.com"))
    gone = await database.write(lambda s: add(s, "Ada O.", TEAMS))
    return kept, gone


async def test_one_person_is_known_by_the_accounts_of_both(database: Database) -> None:
    kept, gone = await two_adas(database)

    await database.write(lambda s: joining.join(s, kept, gone))

    on_teams = await database.read(lambda s: people.identify(s, "teams", "tenant", "ada", now=NOW))
    assert on_teams is not None
    assert (on_teams.id, on_teams.name) == (kept, "Ada")
    for number in (kept, gone):
        accounts = await database.read(partial(people.accounts_of, person_id=number))
        assert accounts == [SLACK, TEAMS]


async def test_the_number_that_is_gone_leads_to_the_one_that_was_kept(database: Database) -> None:
    kept, gone = await two_adas(database)
    other = await database.write(lambda s: add(s, "Ada at home", email="home@example.com"))
    await database.write(lambda s: joining.join(s, kept, gone))

    await database.write(lambda s: joining.join(s, other, kept))

    def found(session: Session) -> set[int]:
        return {people.by_id(session, id, now=NOW).id for id in (kept, gone, other)}

    assert await database.read(found) == {other}
    with pytest.raises(NoSuchPerson):
        await database.read(lambda s: people.by_id(s, other + 1, now=NOW))


async def test_what_only_the_other_had_is_kept(database: Database) -> None:
    kept = await database.write(lambda s: add(s, "Ada", SLACK))
    gone = await database.write(lambda s: add(s, "Ada O.", TEAMS, email="ada@example.com"))

    await database.write(lambda s: joining.join(s, kept, gone))

    ada = await database.read(lambda s: people.by_email(s, "Ada@example.com", now=NOW))
    assert ada is not None
    assert (ada.id, ada.name) == (kept, "Ada")


async def test_a_role_of_both_stays_once_with_the_better_rank_and_the_later_end(
    database: Database,
) -> None:
    kept, gone = await two_adas(database)
    soon, late = NOW + timedelta(days=1), NOW + timedelta(days=9)

    def grant(session: Session) -> None:
        people.grant(session, kept, "owner", department="ta", rank=2, ends_at=late)
        people.grant(session, gone, "owner", department="ta", rank=1, ends_at=soon)
        people.grant(session, kept, "owner", ends_at=soon)
        people.grant(session, gone, "owner")
        people.grant(session, gone, "admin", ends_at=soon)

    await database.write(grant)
    await database.write(lambda s: joining.join(s, kept, gone))

    first = await database.read(lambda s: people.by_id(s, kept, now=NOW))
    then = await database.read(lambda s: people.by_id(s, kept, now=late - timedelta(hours=1)))
    assert set(first.grants) == {Grant("owner", "ta", 1), Grant("owner"), Grant("admin")}
    assert set(then.grants) == {Grant("owner", "ta", 1), Grant("owner")}


async def test_two_people_with_accounts_on_one_platform_stay_two(database: Database) -> None:
    kept, _ = await two_adas(database)
    eve = await database.write(lambda s: add(s, "Eve", Account("slack", "T1", "UEVE")))

    with pytest.raises(TwoPeople, match="Nothing was changed"):
        await database.write(lambda s: joining.join(s, kept, eve))

    assert (await database.read(lambda s: people.by_id(s, eve, now=NOW))).name == "Eve"


async def test_nobody_is_joined_with_who_is_not_there(database: Database) -> None:
    kept, gone = await two_adas(database)

    with pytest.raises(NoSuchPerson):
        await database.write(lambda s: joining.join(s, kept, gone + 7))


async def test_every_reference_to_a_person_is_moved(database: Database) -> None:
    migrations.import_models()
    named = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if column.references(people.person.c.id)
    }

    moved = {f"{column.table.name}.{column.name}" for column in joining.references()}

    assert moved == named
    assert {"account.person_id", "glossary_proposal.proposer_id"} <= moved


async def test_every_key_with_a_person_in_it_is_one_that_joining_looks_at() -> None:
    migrations.import_models()

    unseen = [
        f"{column.table.name}.{column.name}"
        for column in joining.references()
        if column.unique
        or any(one.unique and column in one.columns for one in column.table.indexes)
    ]

    assert unseen == []


async def test_what_both_are_part_of_they_are_part_of_once(database: Database) -> None:
    kept, gone = await two_adas(database)
    both = await database.write(an_interview)
    only = await database.write(an_interview)
    seats = [(both, kept), (both, gone), (only, gone)]
    await database.write(
        lambda s: s.add_all([PanelSeat(interview_id=i, person_id=p) for i, p in seats])
    )

    await database.write(lambda s: joining.join(s, kept, gone))

    left = await database.read(lambda s: hiring.panel(s, [both, only]))
    assert [(seat.interview_id, seat.person_id) for seat in left] == [(both, kept), (only, kept)]


async def test_who_have_both_judged_one_interview_stay_two(database: Database) -> None:
    kept, gone = await two_adas(database)
    interview = await database.write(an_interview)

    def ask(session: Session) -> None:
        for person in (kept, gone):
            session.add(
                Scorecard(
                    interview_id=interview, interviewer_id=person, requested_at=NOW, due_at=NOW
                )
            )

    await database.write(ask)
    with pytest.raises(BothActed, match="Nothing was changed"):
        await database.write(lambda s: joining.join(s, kept, gone))

    cards = await database.read(lambda s: feedback.cards_of(s, [interview]))
    assert [card.interviewer_id for card in cards] == [kept, gone]


def an_interview(session: Session) -> int:
    """Add an interview with all that it belongs to, and return its number."""
    used = Template(role_family="SOC", level="junior", version=_next(session), created_at=NOW)
    sought = Search(title="Analyst", role_family="SOC", level="junior", opened_on=NOW.date())
    met = Candidate(created_at=NOW)
    session.add_all([used, sought, met])
    session.flush()
    applied = Application(candidate_id=met.id or 0, search_id=sought.id or 0, stage_entered_at=NOW)
    session.add(applied)
    session.flush()
    interview = Interview(
        application_id=applied.id or 0,
        template_id=used.id or 0,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        created_at=NOW,
    )
    session.add(interview)
    session.flush()
    return interview.id or 0


def _next(session: Session) -> int:
    return len(hiring.searches(session)) + 1
