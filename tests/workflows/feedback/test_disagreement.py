"""Which disagreement opens a vote, which only suggests one, and which is none to speak of."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from workflows.feedback.disagreement import Disagreement, Voice, average_deviation, found
from workflows.feedback.rules import Overall
from workflows.votes.rules import Dispute, Trigger

OVERALLS = {
    "1": Overall.STRONG_NO,
    "2": Overall.NO,
    "3": Overall.YES,
    "4": Overall.STRONG_YES,
    "-": Overall.NO_DECISION,
}
TECHNICAL, PERSONAL = Dispute.TECHNICAL, Dispute.PERSONAL


@dataclass
class Criterion:
    """A criterion as far as these rules look at one."""

    key: str
    department: str
    weight: int
    must_pass: bool = False
    min_pass: int = 3


CRITERIA = (
    Criterion("depth", "security", 40, must_pass=True),
    Criterion("talk", "ta", 30, must_pass=True),
    Criterion("case", "security", 20),
    Criterion("grow", "ta", 10),
)


def panel(security: str, talent: str = "", **rated: str) -> list[Voice]:
    """Return voices, each a digit of its department; *rated* has one digit for each of them."""
    voices = [("security", said) for said in security] + [("ta", said) for said in talent]
    return [
        Voice(
            department,
            OVERALLS[said],
            {key: int(digits[number]) for key, digits in rated.items() if digits[number] != "-"},
        )
        for number, (department, said) in enumerate(voices)
    ]


OPENS = (
    ("a strong no meets a strong yes", panel("41"), Trigger.EXTREMES, TECHNICAL),
    ("the same among many", panel("3341", "33"), Trigger.EXTREMES, TECHNICAL),
    (
        "a must-pass of security split",
        panel("33", "3", depth="323"),
        Trigger.MUST_PASS,
        TECHNICAL,
    ),
    ("a must-pass of talent split", panel("33", "2", talk="324"), Trigger.MUST_PASS, PERSONAL),
    ("departments on opposite sides", panel("33", "22"), Trigger.DEPARTMENTS, TECHNICAL),
    ("one voice of each on opposite sides", panel("2", "3"), Trigger.DEPARTMENTS, TECHNICAL),
    ("medians that split with a half", panel("322", "32344"), Trigger.DEPARTMENTS, TECHNICAL),
    ("extremes come before departments", panel("44", "11"), Trigger.EXTREMES, TECHNICAL),
)
SUGGESTS = (
    # The deviation of 1-2-3 and 2-3-4 is 2/3, and does not pass 0.67: the range does.
    ("three people 1-2-3", panel("123"), Trigger.RANGE, TECHNICAL),
    ("three people 2-3-4", panel("234"), Trigger.RANGE, TECHNICAL),
    ("three people 2-2-4", panel("224"), Trigger.RANGE, TECHNICAL),
    ("two of five apart", panel("33342"), Trigger.RANGE, TECHNICAL),
    ("a heavy criterion of security", panel("33", "3", case="133"), Trigger.RANGE, TECHNICAL),
    ("a heavy criterion of talent", panel("22", "2", talk="331"), Trigger.RANGE, PERSONAL),
    ("two against two", panel("3322"), Trigger.MINORITY, TECHNICAL),
    ("two against three", panel("33322"), Trigger.MINORITY, TECHNICAL),
)
NEITHER = (
    ("all of one mind", panel("33", "33", depth="3333")),
    ("one step apart", panel("34", "33")),
    ("one against three", panel("3332")),
    ("a median in the middle is on no side", panel("32", "33")),
    ("a light criterion", panel("33", "3", grow="143")),
    ("a must-pass split while most would not hire", panel("22", "2", depth="323")),
    ("a must-pass split while as many would as would not", panel("32", depth="32")),
    ("a must-pass that all fail", panel("33", "3", depth="222")),
    ("who decides nothing is no side", panel("3-", "3-")),
    ("one voice alone", panel("1")),
    ("nobody", panel("")),
)


@pytest.mark.parametrize(("what", "voices", "trigger", "dispute"), OPENS)
def test_a_grave_disagreement_opens_a_vote(
    what: str, voices: list[Voice], trigger: Trigger, dispute: Dispute
) -> None:
    assert found(CRITERIA, voices) == Disagreement(trigger, dispute, opens=True), what


@pytest.mark.parametrize(("what", "voices", "trigger", "dispute"), SUGGESTS)
def test_a_plain_disagreement_suggests_one(
    what: str, voices: list[Voice], trigger: Trigger, dispute: Dispute
) -> None:
    assert found(CRITERIA, voices) == Disagreement(trigger, dispute, opens=False), what


@pytest.mark.parametrize(("what", "voices"), NEITHER)
def test_what_panels_differ_in_every_day_is_left_to_them(what: str, voices: list[Voice]) -> None:
    assert found(CRITERIA, voices) is None, what


@pytest.mark.parametrize(
    ("rated", "deviation"),
    [((1, 2, 3), Fraction(2, 3)), ((2, 3, 4), Fraction(2, 3)), ((1, 1, 4), Fraction(4, 3))],
)
def test_the_average_deviation_is_exact(rated: tuple[int, ...], deviation: Fraction) -> None:
    assert average_deviation(rated) == deviation
