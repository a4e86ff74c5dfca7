"""What is said of the glossary on an agenda, in English, ready for translation."""


def missing(word: str, count: int) -> str:
    """Say that a word was looked up in vain."""
    return f"“{word}” has no meaning yet; looked up {count} time{_s(count)} in 30 days"


def proposal(label: str, days: int) -> str:
    """Say for how long a suggestion waits."""
    since = "since today" if days < 1 else f"for {days} day{_s(days)}"
    return f"A suggestion for “{label}” has been waiting {since}"


def proposals(count: int) -> str:
    """Say how many suggestions wait."""
    return f"{count} suggestion{_s(count)} for the glossary waiting"


def words(count: int) -> str:
    """Say how many words were looked up in vain."""
    return f"{count} word{_s(count)} looked up in vain"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
