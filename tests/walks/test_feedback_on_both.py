"""A scorecard on each platform, by signed requests: opened, mended and sent, and kept the same."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from storage import people
from tests.clients.client import Client
from tests.walks.company import Company, a_company
from tests.workflows.feedback.house import CRITERIA, EVIDENCE
from workflows.feedback import giving_texts as texts
from workflows.feedback.hints import Hint
from workflows.feedback.rules import CardState
from workflows.feedback.tables import Scorecard, Submission
from workflows.hiring.tables import Application, Candidate, Criterion, Interview, Search, Template

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

#: The number of all that is added here: none of the sample has it.
OWN = 900
#: Whoever interviews here, under the address that the company knows.
DEV = "dev@northwind.example"
RATED = dict(zip((label for _, label, _ in CRITERIA), "43233", strict=True))
FILLED = {
    **{texts.rate(label): rating for label, rating in RATED.items()},
    texts.tell("Technical depth"): EVIDENCE,
    texts.tell("Communication"): "Too short.",
    texts.OVERALL: "yes",
    texts.REASON: f"Mentioned that she is pregnant. {EVIDENCE}",
}


def plan(session: Session, company: Company) -> None:
    """Let Dev have met a candidate an hour ago."""
    now = company.clock.now()
    dev = people.by_email(session, DEV, now=now)
    assert dev
    search = Search(id=OWN, title="SOC", role_family="SOC", level="senior", opened_on=now.date())
    template = Template(id=OWN, role_family="SOC", level="senior", created_at=now)
    candidate = Candidate(id=OWN, created_at=now)
    application = Application(id=OWN, candidate_id=OWN, search_id=OWN, stage_entered_at=now)
    interview = Interview(
        id=OWN,
        application_id=OWN,
        template_id=OWN,
        starts_at=now,
        ends_at=now,
        created_at=now,
    )
    card = Scorecard(
        id=OWN,
        interview_id=OWN,
        interviewer_id=dev.id,
        requested_at=now,
        due_at=now + timedelta(days=1),
    )
    criteria = [
        Criterion(
            template_id=OWN,
            position=position,
            key=key,
            label=label,
            department="security",
            weight=weight,
            anchors=["Seen never.", "Seen once.", "Seen often.", "Seen always."],
        )
        for position, (key, label, weight) in enumerate(CRITERIA)
    ]
    for row in (search, template, candidate, application, interview, card, *criteria):
        session.add(row)
        session.flush()


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_scorecard_is_opened_mended_and_sent(sqlite_url: str, platform: str) -> None:
    async with a_company(sqlite_url, on=(platform,)) as company:
        client = company.on[platform]
        await company.parley.database.write(lambda session: plan(session, company))

        await client.ask_for_form("dev", f"scorecard I-{OWN}")
        shown = client.window_of("dev")
        await client.fill("dev", FILLED)
        await sees(client, texts.hint({Hint.FAMILY}))
        refused = client.window_of("dev")
        mended = {texts.tell("Communication"): EVIDENCE, texts.KEEP_WORDS: "true"}
        await client.fill("dev", mended)
        await sees(client, texts.THANKS)

        card = await stored(company)
        assert "4: Seen always." in shown
        assert texts.KEEP_WORDS not in shown
        assert texts.more_evidence(40, 9) in refused
        assert EVIDENCE in refused
        assert (card.state, card.version) == (CardState.SUBMITTED, 1)


async def sees(client: Client, words: str) -> None:
    await client.until(
        lambda: any(words in said for said in (client.window_of("dev"), *client.told("dev")))
    )


async def stored(company: Company) -> Scorecard:
    def read(session: Session) -> Scorecard:
        [version] = session.exec(select(Submission).where(Submission.scorecard_id == OWN)).all()
        assert version.ratings == {key: int(RATED[label]) for key, label, _ in CRITERIA}
        assert version.hints == {"family": 1}
        return session.get_one(Scorecard, OWN)

    return await company.parley.database.read(read)
