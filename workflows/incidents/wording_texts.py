"""Words that look for somebody to blame, and what to write instead."""

from collections.abc import Iterable, Mapping

HELP = "Show the words that a review had better not hold, and what to write instead."
HELP_ADD = "Have a word noticed in reviews, and say what to write instead."
USAGE_ADD = "careless = what made it likely"
HELP_DROP = "Have a word noticed in reviews no more."
USAGE_DROP = "careless"
DEFAULTS: Mapping[str, str] = {
    "fault": "what led to it",
    "careless": "what made it likely",
    "negligent": "which step was missing or hard to take",
    "stupid": "what was known at that moment",
    "should have known": "what could be known then, and where",
    "human error": "what in the situation made the step likely",
    "failed to": "what happened instead, and what would have helped",
    "blame": "what contributed",
    "guilty": "what contributed",
}
WHICH = (
    "Say the word, `=`, and what to write instead, such as "
    "`security wording add careless = what made it likely`. Nothing was changed."
)
NOT_THERE = "That word is not noticed anyway. Nothing was changed."


def listed(words: Mapping[str, str]) -> list[str]:
    """Return a line for each word."""
    return [f"{word}: {instead}" for word, instead in sorted(words.items())]


def added(word: str) -> str:
    """Confirm a word."""
    return f"From now on a review that holds “{word}” is shown what to write instead."


def dropped(word: str) -> str:
    """Confirm that a word is let be."""
    return f"“{word}” is noticed no more."


def hints(found: Iterable[tuple[str, str]]) -> list[str]:
    """Say for each word what to write instead."""
    return [f"“{word}”: perhaps say {instead}." for word, instead in found]
