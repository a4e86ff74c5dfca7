"""Many people at once, each of whom Teams has called a member and Parley has welcomed."""

from datetime import datetime

from sqlmodel import Session

from benchmarks.teams import TENANT, person
from bot.platform import Standing
from storage import accounts, people, welcomes
from storage.people import Person


def add_colleague(session: Session, name: str, now: datetime) -> Person:
    """Add somebody with the account on Slack that sends every load."""
    added = people.add_person(session, name)
    account = people.link_account(session, added.id, "slack", "T1", "U1")
    accounts.note_standing(session, account, Standing.MEMBER, now=now)
    welcomes.met(session, account, person_id=added.id)
    return added


def add_people(session: Session, count: int, now: datetime) -> None:
    """Add *count* people with an account in Teams."""
    for number in range(count):
        added = people.add_person(session, f"Person {number}")
        account = people.link_account(session, added.id, "teams", TENANT, person(number))
        accounts.note_standing(session, account, Standing.MEMBER, now=now)
        welcomes.met(session, account, person_id=added.id)
