"""Who may see what of hiring, as pure decisions; every handler asks here.

Recruiters keep all searches; of one search its two owners and its hiring manager read all, and
whoever is on a panel reads that interview. About an application nobody reads who is the
candidate, or who is recused, whatever else they are.
"""

from bot.roles import Role
from storage.people import Person
from workflows.hiring.rules import SIGNERS
from workflows.hiring.tables import Candidate, Search


def reads_search(person: Person, search: Search) -> bool:
    """Say whether somebody may know of a search."""
    those = (search.security_owner_id, search.ta_owner_id, search.hiring_manager_id)
    return person.holds(Role.RECRUITER) or person.id in those


def is_barred(person_id: int, candidate: Candidate, *, recused: bool) -> bool:
    """Say whether somebody must learn nothing of an application, and meets no candidate in it."""
    return recused or candidate.internal_person_id == person_id


def reads_application(
    person: Person, search: Search, candidate: Candidate, *, recused: bool
) -> bool:
    """Say whether somebody may know of a candidate in a search."""
    is_out = is_barred(person.id, candidate, recused=recused)
    return not is_out and reads_search(person, search)


def reads_interview(
    person: Person, search: Search, candidate: Candidate, *, recused: bool, on_panel: bool
) -> bool:
    """Say whether somebody may know of an interview."""
    if is_barred(person.id, candidate, recused=recused):
        return False
    return on_panel or reads_search(person, search)


def reads_name(person: Person, search: Search, candidate: Candidate, *, recused: bool) -> bool:
    """Say whether somebody reads who the candidate is: few need that to judge."""
    is_out = is_barred(person.id, candidate, recused=recused)
    return not is_out and (person.holds(Role.RECRUITER) or person.id == search.ta_owner_id)


def reads_templates(person: Person) -> bool:
    """Say whether somebody may read and propose what people are judged by."""
    return person.holds(Role.RECRUITER) or any(
        person.holds(Role.OWNER, department) for department in SIGNERS
    )
