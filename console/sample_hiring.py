"""The sample's search: a panel of three, of whom two have judged a candidate, and disagree.

When the third has judged as well, a strong yes meets a strong no, and a vote opens by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from adapters.simulator import sample as slack
from adapters.simulator.sample import COLLEAGUES
from adapters.simulator.teams import sample as teams
from bot.context import Context, unasked, write_audit
from console.sample import TENANT
from storage import imported, people, places
from storage.people import Person
from storage.places import RoomPlace
from storage.secrets import Sealer
from workflows.feedback.giving import quick
from workflows.feedback.passing_on import snooze_named
from workflows.hiring import calls as hiring
from workflows.hiring.importing import Intake
from workflows.hiring.said import (
    Applicant,
    Appointment,
    Candidacy,
    Colleague,
    Kind,
    Opening,
    Said,
    Stage,
)

SOURCE = "sample"
#: What the source calls its search, candidate, application, stage and interview: one of each.
ONE = "1"
SECURITY_OWNER, TA_OWNER, MANAGER = "chiara", "ada", "farid"
#: Two departments meet the candidate; the third of the panel writes in the tour.
LEAD, DOUBTER, LAST = "chiara", "dev", "elena"
PANEL = (LEAD, DOUBTER, LAST)
#: Where the panel talks: in private on Slack, and among security, who live there, on Teams.
ROOM = (
    RoomPlace("slack", TENANT, slack.HIRING_SECURITY),
    RoomPlace("teams", teams.TENANT, teams.SECURITY.id),
)
#: What the first two typed after the interview's code.
TYPED: Mapping[str, str] = {
    LEAD: (
        "overall=strong_yes tech=4 ir=4 comm=3 growth=3 team=3 -- "
        "tech: Wrote a detection for stolen session tokens, named two ways around it, and tested "
        "both with logs of her own. "
        "ir: Kept the mail gateway running while she closed the one account that the facts "
        "pointed to, and said which fact would change her mind. "
        "overall: Found the gap in our own detection within ten minutes and showed how to notice "
        "when it breaks silently."
    ),
    DOUBTER: (
        "overall=strong_no tech=3 ir=1 comm=2 growth=3 team=3 -- "
        "ir: Switched the infected host off before a copy of its memory was taken, and did not "
        "come back to it when I asked what was lost. "
        "comm: Explained the finding to the manager in terms of the tool, and needed three "
        "questions before she named the harm. "
        "overall: Destroyed evidence in the first minute of the scenario and would do the same "
        "again under pressure."
    ),
}


def seed(session: Session, sealer: Sealer, now: datetime) -> None:
    """Add the search with its panel, once; while somebody of the panel has left, add nothing."""
    if imported.find(session, SOURCE, Kind.INTERVIEW, ONE) is not None:
        return
    emails = {one.handle: one.email or "" for one in COLLEAGUES}
    company = {
        handle: person
        for handle, email in emails.items()
        if (person := people.by_email(session, email, now=now)) is not None and person.active
    }
    if not company.keys() >= {*PANEL, SECURITY_OWNER, TA_OWNER, MANAGER}:
        return
    ctx = unasked(session, sealer, now)
    intake = Intake(ctx, SOURCE)
    for said in _said(emails, now):
        intake.take(said, now)
    _hand_to_owners(ctx, company)
    write_audit(ctx, "console.seed")
    _judge(ctx, company)


def _said(emails: Mapping[str, str], now: datetime) -> Iterator[Said]:
    over = now.replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    for handle in PANEL:
        yield Colleague(id=handle, email=emails[handle])
    yield Stage(id=ONE, name="panel")
    yield Opening(id=ONE, title="Detection engineer", role_family="SOC / detection", level="senior")
    yield Applicant(id=ONE, name="Noor Halvorsen", source="referral")
    yield Candidacy(id=ONE, candidate=ONE, search=ONE, stage=ONE)
    yield Appointment(
        id=ONE,
        application=ONE,
        stage=ONE,
        kind="panel interview",
        starts_at=over - timedelta(hours=1),
        ends_at=over,
        panel=PANEL,
        lead=LEAD,
    )


def _hand_to_owners(ctx: Context, company: Mapping[str, Person]) -> None:
    """Say who looks after the search and where its panel talks; whoever imports cannot know."""
    search = hiring.search(ctx.session, _row_id(ctx, Kind.SEARCH))
    if search is not None:
        search.security_owner_id = company[SECURITY_OWNER].id
        search.ta_owner_id = company[TA_OWNER].id
        search.hiring_manager_id = company[MANAGER].id
        ctx.record(f"search:{search.id}", after=(SECURITY_OWNER, TA_OWNER, MANAGER))
        for place in ROOM:
            places.bind_room(ctx.session, hiring.room_of(search).name, place)


def _judge(ctx: Context, company: Mapping[str, Person]) -> None:
    """Let two give their scorecards, and the third ask to be reminded tomorrow."""
    code = f"I-{_row_id(ctx, Kind.INTERVIEW)}"
    for handle, typed in TYPED.items():
        own = unasked(ctx.session, ctx.sealer, ctx.now, person=company[handle])
        quick.handler(own, f"{code} {typed}")
        write_audit(own, quick.id)
    late = unasked(ctx.session, ctx.sealer, ctx.now, person=company[LAST])
    snooze_named.handler(late, f"{code} tomorrow")
    write_audit(late, snooze_named.id)


def _row_id(ctx: Context, kind: Kind) -> int:
    known = imported.find(ctx.session, SOURCE, kind, ONE)
    return (known and known.row_id) or 0
