"""What a scorecard must say before it counts, the same for the form and for typed words."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from workflows.feedback import giving_texts as texts
from workflows.feedback import hints
from workflows.feedback.rules import NOT_ASSESSED, Overall, Rating

#: The names of the form's inputs; those of a criterion end with its key, see `rate` and `tell`.
RATE, TELL, OVERALL, REASON = "rate_", "tell_", "overall", "reason"

#: Characters that can be seen; blanks are none.
SHORTEST_EVIDENCE = 40
SHORTEST_REASON = 20
#: Five criteria and the whole, filled to here in any script, still fit into one window.
LONGEST_EVIDENCE = 800
#: What these ratings say needs to be seen in something; that somebody meets the bar does not.
NEED_EVIDENCE = frozenset({Rating.WELL_BELOW, Rating.BELOW, Rating.EXCEEDS})
#: Letters by their class, and yet nothing to be seen.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class Judgement(BaseModel):
    """What somebody has written on a scorecard, finished or not, by the criteria's keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ratings: dict[str, int | str] = Field(default_factory=dict)
    evidence: dict[str, str] = Field(default_factory=dict)
    overall: Overall | None = None
    reason: str = ""

    def changed_by(self, typed: "Judgement") -> "Judgement":
        """Return this with all that *typed* says in its place."""
        return Judgement(
            ratings=self.ratings | typed.ratings,
            evidence=self.evidence | typed.evidence,
            overall=typed.overall or self.overall,
            reason=typed.reason or self.reason,
        )

    def about(self, keys: Iterable[str]) -> "Judgement":
        """Return what this says about these criteria, without what is blank."""
        wanted = list(keys)
        return Judgement(
            ratings={key: self.ratings[key] for key in wanted if key in self.ratings},
            evidence={key: self.evidence[key] for key in wanted if self.evidence.get(key)},
            overall=self.overall,
            reason=self.reason,
        )

    def texts(self) -> dict[str, str]:
        """Return all that was written, by the names of the form's inputs."""
        told = {tell(key): text for key, text in self.evidence.items()}
        return told | {REASON: self.reason}


def rate(key: str) -> str:
    """Return the name of the input for a criterion's rating."""
    return f"{RATE}{key}"


def tell(key: str) -> str:
    """Return the name of the input for what stands behind a rating."""
    return f"{TELL}{key}"


def problems(judgement: Judgement, keys: Iterable[str]) -> dict[str, str]:
    """Return what is missing before this can be sent, by the names of the form's inputs."""
    wanted = list(keys)
    found = dict(_on_the_whole(judgement))
    for key in wanted:
        about = _on_criterion(key, judgement.ratings.get(key), judgement.evidence.get(key, ""))
        found |= dict(about)
    if wanted and all(judgement.ratings.get(key) == NOT_ASSESSED for key in wanted):
        found[rate(wanted[0])] = texts.NOTHING_ASSESSED
    return found


def hinted(judgement: Judgement) -> dict[str, frozenset[hints.Hint]]:
    """Return the hints on what was written, by the names of the form's inputs."""
    return hints.in_fields(judgement.texts())


def visible(text: str) -> int:
    """Return how many characters of *text* can be seen."""
    return sum(map(_is_seen, text))


@lru_cache  # a text has few different characters, each many times
def _is_seen(character: str) -> bool:
    # Separators, controls, and marks that only sit on another character.
    hidden = unicodedata.category(character)[0] in "ZCM"
    return not hidden and character not in _BLANK_LETTERS


def _on_criterion(key: str, rating: int | str | None, text: str) -> Iterator[tuple[str, str]]:
    if rating is None:
        yield rate(key), texts.NOT_RATED
    elif len(text) > LONGEST_EVIDENCE:
        yield tell(key), texts.too_long(len(text), LONGEST_EVIDENCE)
    elif rating == NOT_ASSESSED and not visible(text):
        yield tell(key), texts.WHY_NOT_ASSESSED
    elif hints.names_no_behaviour(text):
        yield tell(key), texts.NO_BEHAVIOUR
    elif rating in NEED_EVIDENCE and visible(text) < SHORTEST_EVIDENCE:
        yield tell(key), texts.more_evidence(SHORTEST_EVIDENCE, visible(text))


def _on_the_whole(judgement: Judgement) -> Iterator[tuple[str, str]]:
    length = visible(judgement.reason)
    if judgement.overall is None:
        yield OVERALL, texts.NO_OVERALL
    elif len(judgement.reason) > LONGEST_EVIDENCE:
        yield REASON, texts.too_long(len(judgement.reason), LONGEST_EVIDENCE)
    elif judgement.overall is Overall.NO_DECISION and length < SHORTEST_REASON:
        yield REASON, texts.why_no_decision(SHORTEST_REASON, length)
    elif hints.names_no_behaviour(judgement.reason):
        yield REASON, texts.NO_BEHAVIOUR
    elif judgement.overall is not Overall.NO_DECISION and length < SHORTEST_EVIDENCE:
        yield REASON, texts.more_evidence(SHORTEST_EVIDENCE, length)
