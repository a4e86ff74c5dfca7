"""Feedback as it is typed in one line: `I-881 overall=yes tech=4 -- tech: … overall: …`."""

import re
from collections.abc import Sequence

from bot.errors import Invalid
from bot.text import Line, parse
from workflows.feedback import giving_texts as texts
from workflows.feedback.judging import NEED_EVIDENCE, OVERALL, Judgement
from workflows.feedback.rules import NOT_ASSESSED, Overall, Rating

# Clients turn the two hyphens before the evidence into one dash.
_DASH = re.compile(r"(?<=\s)[\N{EN DASH}\N{EM DASH}](?=\s)")
#: A word with a colon, which begins the evidence of a criterion if it names one.
_BEGINS = re.compile(r"(?:^|(?<=\s))([A-Za-z][\w-]+):(?=\s)")
_QUOTES = '"“”„'
_NOT_ASSESSED = frozenset({NOT_ASSESSED, "not-assessed", "na", "n/a", "none"})


def line_of(text: str) -> Line:
    """Return *text* taken apart, with a lone dash read as the two hyphens that it was."""
    line = parse(text)
    return line if line.rest is not None else parse(_DASH.sub("--", text, count=1))


def judgement(line: Line, keys: Sequence[str]) -> Judgement:
    """Return what a line says of these criteria.

    A text under no criterion's name counts for all that need one and have none of their own.

    Raises:
        Invalid: a word names no criterion, no rating or no overall.
    """
    said = {_meant(name, keys): value for name, value in line.values.items()}
    ratings = {key: _rating(value, key) for key, value in said.items() if key != OVERALL}
    overall = _overall(said[OVERALL]) if OVERALL in said else None
    common, evidence = _evidence(line.rest or "", keys)
    reason = evidence.pop(OVERALL, "") or (common if overall else "")
    if common:
        needing = (key for key in ratings if _needs_text(ratings[key]))
        evidence |= {key: common for key in needing if key not in evidence}
    return Judgement(ratings=ratings, evidence=evidence, overall=overall, reason=reason)


def _meant(word: str, keys: Sequence[str]) -> str:
    """Return the criterion or the overall that *word* is the beginning of."""
    known = (*keys, OVERALL)
    fits = [word] if word in known else [key for key in known if key.startswith(word)]
    if len(fits) != 1:
        raise Invalid(texts.no_criterion(word, known))
    return fits[0]


def _rating(word: str, key: str) -> int | str:
    if word.casefold() in _NOT_ASSESSED:
        return NOT_ASSESSED
    if word not in {str(int(rating)) for rating in Rating}:
        raise Invalid(texts.no_rating(word, key))
    return int(word)


def _overall(word: str) -> Overall:
    try:
        return Overall(word.casefold().replace("-", "_"))
    except ValueError:
        raise Invalid(texts.no_overall(word)) from None


def _needs_text(rating: int | str) -> bool:
    return rating == NOT_ASSESSED or rating in NEED_EVIDENCE


def _evidence(rest: str, keys: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return what stands under no criterion's name, and the rest by criterion."""
    starts = [match for match in _BEGINS.finditer(rest) if _names(match[1], keys)]
    ends = [*(match.start() for match in starts[1:]), len(rest)][: len(starts)]
    common = _bare(rest[: starts[0].start()] if starts else rest)
    evidence: dict[str, str] = {}
    for match, end in zip(starts, ends, strict=True):
        key = _meant(match[1].casefold(), keys)
        words = (evidence.get(key, ""), _bare(rest[match.end() : end]))
        evidence[key] = " ".join(filter(None, words))
    return common, evidence


def _names(word: str, keys: Sequence[str]) -> bool:
    try:
        return bool(_meant(word.casefold(), keys))
    except Invalid:
        return False


def _bare(text: str) -> str:
    return text.strip().strip(_QUOTES).strip()
