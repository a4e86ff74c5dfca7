"""Which words weigh most for a candidate, and which against: by rating, then by weight."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.feedback import summary_texts as texts
from workflows.feedback.reading import Summary
from workflows.feedback.rules import Rating


@dataclass(frozen=True, slots=True)
class Evidence:
    """Somebody's words on one criterion."""

    who: str
    criterion: str
    rating: int
    weight: int
    text: str


def strongest(read: Summary) -> list[tuple[str, Evidence]]:
    """Return the strongest evidence for and against, as far as there is any.

    Among equals the first by name is taken.
    """
    found = list(_all(read))
    favour = [each for each in found if each.rating >= Rating.MEETS]
    against = [each for each in found if each.rating <= Rating.BELOW]
    chosen: list[tuple[str, Evidence]] = []
    if favour:
        chosen.append((texts.FOR, max(favour, key=lambda each: (each.rating, each.weight))))
    if against:
        chosen.append((texts.AGAINST, min(against, key=lambda each: (each.rating, -each.weight))))
    return chosen


def _all(read: Summary) -> Iterator[Evidence]:
    for voice in read.voices:
        if voice.counted is None:
            continue
        for criterion in read.criteria:
            text = voice.counted.evidence.get(criterion.key, "").strip()
            rated = voice.counted.ratings.get(criterion.key)
            if text and isinstance(rated, int):
                yield Evidence(voice.label, criterion.label, rated, criterion.weight, text)
