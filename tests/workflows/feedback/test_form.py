"""The scorecard fits into one window of each platform, whatever is written in it."""

import pytest

from adapters.slack import forms as slack
from adapters.teams import forms as teams
from tests.workflows.engine import MONDAY
from workflows.feedback import giving_texts as texts
from workflows.feedback import giving_views, hints
from workflows.feedback.cards import Asked
from workflows.feedback.judging import LONGEST_EVIDENCE, REASON, Judgement, rate, tell
from workflows.feedback.rules import CardState, Overall
from workflows.feedback.tables import Scorecard
from workflows.hiring.calls import Candidate, Criterion, Interview, Meeting, Search
from workflows.hiring.tables import Application

#: As long as a described behaviour gets.
ANCHOR = 120
MOST_CRITERIA = 5


def asked() -> Asked:
    meeting = Meeting(
        Interview(
            id=881,
            application_id=1,
            template_id=1,
            starts_at=MONDAY,
            ends_at=MONDAY,
            kind="technical interview",
            created_at=MONDAY,
        ),
        Application(id=1, candidate_id=104, search_id=12, stage_entered_at=MONDAY),
        Candidate(id=104, created_at=MONDAY),
        Search(
            id=12,
            title="SOC and detection analyst",
            role_family="SOC",
            level="senior",
            opened_on=MONDAY.date(),
        ),
    )
    card = Scorecard(
        id=7,
        interview_id=881,
        interviewer_id=1,
        state=CardState.REVISED,
        requested_at=MONDAY,
        due_at=MONDAY,
    )
    return Asked(card, meeting)


def criteria(letter: str) -> list[Criterion]:
    return [
        Criterion(
            template_id=1,
            position=number,
            key=f"criterion_{number}",
            label="Incident and case judgement",
            department="security",
            weight=20,
            must_pass=True,
            anchors=[letter * ANCHOR] * 4,
        )
        for number in range(MOST_CRITERIA)
    ]


@pytest.mark.parametrize(
    ("anchored", "written"), [("x", "x"), ("x", '"'), ("я", "я"), ("x", "語"), ("x", "\n")]
)
def test_a_full_form_with_every_problem_fits(anchored: str, written: str) -> None:
    judged = criteria(anchored)
    begun = Judgement(
        ratings={one.key: 4 for one in judged},
        evidence={one.key: written * LONGEST_EVIDENCE for one in judged},
        overall=Overall.YES,
        reason=f"pregnant {written * LONGEST_EVIDENCE}"[:LONGEST_EVIDENCE],
    )
    problems = {tell(one.key): texts.more_evidence(40, 39) for one in judged}
    problems |= {rate(one.key): texts.NOT_RATED for one in judged}
    problems[REASON] = texts.hint({hints.Hint.FAMILY})

    form = giving_views.form(asked(), judged, begun, is_revealed=True).model_copy(
        update={"route": "feedback.give", "state": {"card": 123_456}}
    )

    assert slack.render_form(form, metadata="{}", problems=problems)
    assert teams.render_form(form, instance="0" * 16, problems=problems)
