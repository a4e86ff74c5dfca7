"""Who may see what, line by line."""

from datetime import UTC, date, datetime

import pytest

from storage.people import Grant, Person
from workflows.hiring import access
from workflows.hiring.tables import Candidate, Search

SECURITY_OWNER, TA_OWNER, MANAGER, RECRUITER, INTERVIEWER, OTHER, ADMIN = range(1, 8)
GRANTS = {RECRUITER: (Grant("recruiter", "ta"),), ADMIN: (Grant("admin"),)}
SEARCH = Search(
    title="SOC analyst",
    role_family="SOC analyst",
    level="junior",
    opened_on=date(2026, 11, 2),
    security_owner_id=SECURITY_OWNER,
    ta_owner_id=TA_OWNER,
    hiring_manager_id=MANAGER,
)


def somebody(id: int, *grants: Grant) -> Person:
    roles = grants or GRANTS.get(id, ())
    return Person(id, "Somebody", None, "ta", "UTC", "en", active=True, grants=roles)


def candidate(internal: int | None = None) -> Candidate:
    return Candidate(internal_person_id=internal, created_at=datetime(2026, 11, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("who", "search", "application", "interview", "name"),
    [
        (RECRUITER, True, True, True, True),
        (TA_OWNER, True, True, True, True),
        (SECURITY_OWNER, True, True, True, False),
        (MANAGER, True, True, True, False),
        (INTERVIEWER, False, False, True, False),
        (OTHER, False, False, False, False),
        (ADMIN, False, False, False, False),
    ],
)
def test_everybody_reads_what_the_table_says(
    who: int, search: bool, application: bool, interview: bool, name: bool
) -> None:
    person, known, on_panel = somebody(who), candidate(), who == INTERVIEWER

    reads = (
        access.reads_search(person, SEARCH),
        access.reads_application(person, SEARCH, known, recused=False),
        access.reads_interview(person, SEARCH, known, recused=False, on_panel=on_panel),
        access.reads_name(person, SEARCH, known, recused=False),
    )

    assert reads == (search, application, interview, name)


@pytest.mark.parametrize("who", [RECRUITER, TA_OWNER, SECURITY_OWNER, MANAGER, INTERVIEWER, ADMIN])
@pytest.mark.parametrize("recused", [True, False])
def test_who_is_the_candidate_or_recused_reads_nothing_whatever_else_they_are(
    who: int, recused: bool
) -> None:
    person, known = somebody(who), candidate(internal=None if recused else who)

    reads = [
        access.reads_application(person, SEARCH, known, recused=recused),
        access.reads_interview(person, SEARCH, known, recused=recused, on_panel=True),
        access.reads_name(person, SEARCH, known, recused=recused),
    ]

    assert not any(reads)


@pytest.mark.parametrize(
    ("grant", "may"),
    [
        (Grant("recruiter"), True),
        (Grant("owner", "security"), True),
        (Grant("owner", "ta"), True),
        (Grant("owner"), True),
        (Grant("owner", "legal"), False),
        (Grant("admin"), False),
    ],
)
def test_templates_are_for_recruiters_and_for_owners_of_the_two_departments(
    grant: Grant, may: bool
) -> None:
    assert access.reads_templates(somebody(OTHER, grant)) is may
