"""What a scorecard must say before it counts."""

import pytest

from tests.workflows.feedback.house import EVIDENCE, KEYS
from workflows.feedback import giving_texts as texts
from workflows.feedback.judging import Judgement, problems, visible
from workflows.feedback.rules import NOT_ASSESSED, Overall

FORTY = "x" * 40
COMPLETE = Judgement(
    ratings={"tech": 4, "ir": 3, "comm": 2, "growth": 3, "values": 3},
    evidence={"tech": EVIDENCE, "comm": EVIDENCE},
    overall=Overall.YES,
    reason=EVIDENCE,
)


def changed(**how: object) -> Judgement:
    return COMPLETE.model_copy(update=how)


def test_a_complete_scorecard_has_no_problem() -> None:
    assert problems(COMPLETE, KEYS) == {}


@pytest.mark.parametrize("rating", [1, 2, 4])
def test_these_ratings_need_forty_visible_characters(rating: int) -> None:
    ratings = COMPLETE.ratings | {"ir": rating}
    short = changed(ratings=ratings, evidence=COMPLETE.evidence | {"ir": "x" * 39})
    enough = changed(ratings=ratings, evidence=COMPLETE.evidence | {"ir": FORTY})

    assert problems(short, KEYS) == {"tell_ir": texts.more_evidence(40, 39)}
    assert problems(enough, KEYS) == {}


def test_meeting_the_bar_needs_no_evidence() -> None:
    assert "ir" not in COMPLETE.evidence

    assert problems(COMPLETE, KEYS) == {}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("a b\tc\n", 3),
        ("\u200b\u00ad\u2800\u3164", 0),
        ("e\u0301", 1),
        ("日本語", 3),
        ("👍", 1),
    ],
)
def test_only_what_can_be_seen_is_counted(text: str, length: int) -> None:
    assert visible(text) == length


def test_each_criterion_is_rated_or_not_assessed_with_a_reason() -> None:
    ratings = {key: rating for key, rating in COMPLETE.ratings.items() if key != "ir"}
    unrated = changed(ratings=ratings)
    unexplained = changed(ratings=ratings | {"ir": NOT_ASSESSED})
    explained = changed(
        ratings=ratings | {"ir": NOT_ASSESSED},
        evidence=COMPLETE.evidence | {"ir": "No time was left."},
    )

    assert problems(unrated, KEYS) == {"rate_ir": texts.NOT_RATED}
    assert problems(unexplained, KEYS) == {"tell_ir": texts.WHY_NOT_ASSESSED}
    assert problems(explained, KEYS) == {}


def test_at_least_one_criterion_is_assessed() -> None:
    nothing = changed(
        ratings=dict.fromkeys(KEYS, NOT_ASSESSED), evidence=dict.fromkeys(KEYS, "No time.")
    )

    assert problems(nothing, KEYS) == {"rate_tech": texts.NOTHING_ASSESSED}


@pytest.mark.parametrize("overall", [one for one in Overall if one is not Overall.NO_DECISION])
def test_the_overall_needs_forty_visible_characters(overall: Overall) -> None:
    assert problems(changed(overall=overall, reason="x" * 39), KEYS).keys() == {"reason"}
    assert problems(changed(overall=overall, reason=FORTY), KEYS) == {}


def test_no_decision_needs_a_reason_of_twenty() -> None:
    short = changed(overall=Overall.NO_DECISION, reason="x" * 19)
    enough = changed(overall=Overall.NO_DECISION, reason="x" * 20)

    assert problems(short, KEYS) == {"reason": texts.why_no_decision(20, 19)}
    assert problems(enough, KEYS) == {}


def test_an_overall_is_asked_for() -> None:
    assert problems(changed(overall=None), KEYS) == {"overall": texts.NO_OVERALL}


@pytest.mark.parametrize(
    "text",
    [
        "culture fit",
        "Not a culture fit, not a cultural fit, and really not a team fit at all for us.",
        "A very good match! Good vibes, good fit with the team and with our values.",
    ],
)
@pytest.mark.parametrize("rating", [1, 3])
def test_a_fit_alone_is_no_evidence_of_values(text: str, rating: int) -> None:
    judged = changed(
        ratings=COMPLETE.ratings | {"values": rating},
        evidence=COMPLETE.evidence | {"values": text},
    )

    assert problems(judged, KEYS) == {"tell_values": texts.NO_BEHAVIOUR}


def test_a_fit_with_a_named_behaviour_is_evidence() -> None:
    text = "A good fit: thanked the panel for the objection and changed the plan because of it."
    judged = changed(
        ratings=COMPLETE.ratings | {"values": 4}, evidence=COMPLETE.evidence | {"values": text}
    )

    assert problems(judged, KEYS) == {}


def test_a_text_that_no_window_shows_is_to_be_shortened() -> None:
    long = changed(evidence=COMPLETE.evidence | {"ir": "x" * 801}, reason="x" * 803)

    assert problems(long, KEYS) == {
        "tell_ir": texts.too_long(801, 800),
        "reason": texts.too_long(803, 800),
    }


def test_several_problems_are_told_at_once() -> None:
    found = problems(Judgement(ratings={"tech": 1}), KEYS)

    assert found.keys() == {"tell_tech", "overall", *(f"rate_{key}" for key in KEYS[1:])}


def test_what_is_typed_later_stands_in_the_place_of_what_was_there() -> None:
    typed = Judgement(ratings={"comm": 3}, overall=Overall.NO)

    both = COMPLETE.changed_by(typed)

    assert both.ratings == COMPLETE.ratings | {"comm": 3}
    assert (both.overall, both.reason) == (Overall.NO, COMPLETE.reason)
