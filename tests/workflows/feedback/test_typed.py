"""What a typed line says of a scorecard."""

import pytest

from bot.errors import Invalid
from tests.workflows.feedback.house import KEYS
from workflows.feedback.judging import Judgement
from workflows.feedback.rules import NOT_ASSESSED, Overall
from workflows.feedback.typed import judgement, line_of


def read(text: str) -> Judgement:
    return judgement(line_of(text), KEYS)


def test_a_criterion_goes_by_the_beginning_of_its_key() -> None:
    assert read("I-1 te=4 c=2 over=yes").ratings == {"tech": 4, "comm": 2}
    assert read("I-1 te=4 c=2 over=yes").overall is Overall.YES


@pytest.mark.parametrize("word", ["not_assessed", "n/a", "NA"])
def test_what_was_not_assessed_is_said_in_words(word: str) -> None:
    assert read(f"I-1 ir={word}").ratings == {"ir": NOT_ASSESSED}


@pytest.mark.parametrize(
    "text", ["I-1 depth=4", "I-1 tech=5", "I-1 tech=0", "I-1 tech=+1", "I-1 overall=maybe"]
)
def test_a_word_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="nothing was sent"):
        read(text)


def test_a_beginning_of_two_criteria_is_refused() -> None:
    with pytest.raises(Invalid, match="does not name one criterion"):
        judgement(line_of("I-1 tech=4"), ["technical", "technique"])


def test_one_text_counts_for_all_that_need_one() -> None:
    said = read('I-1 tech=4 ir=3 comm=na overall=no -- "Was late, and left."')

    assert said.evidence == {"tech": "Was late, and left.", "comm": "Was late, and left."}
    assert said.reason == "Was late, and left."


def test_each_criterion_may_have_a_text_of_its_own() -> None:
    said = read("I-1 tech=4 comm=2 overall=yes -- In all: fine. tech: “It worked: twice.” over: Go")

    assert said.evidence == {"tech": "It worked: twice.", "comm": "In all: fine."}
    assert said.reason == "Go"


def test_texts_alone_change_only_texts() -> None:
    said = read("I-1 -- tech: Built it. tech: Then tested it.")

    assert said == Judgement(evidence={"tech": "Built it. Then tested it."})


@pytest.mark.parametrize("dash", ["--", "\N{EM DASH}", "\N{EN DASH}"])
def test_a_dash_that_a_client_made_of_two_hyphens_is_understood(dash: str) -> None:
    assert read(f"I-1 tech=4 {dash} Built it.").evidence == {"tech": "Built it."}


def test_an_address_in_a_text_is_no_criterion() -> None:
    said = read("I-1 tech=4 -- tech: See https://wiki.example/ir and C:\\tools: all there.")

    assert said.evidence == {"tech": "See https://wiki.example/ir and C:\\tools: all there."}
