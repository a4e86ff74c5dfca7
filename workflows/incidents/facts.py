"""The facts of an incident, and how they become the words for a department."""

from dataclasses import dataclass
from datetime import date

from workflows.incidents import sheets_texts as texts

#: Characters of a department's text, and how many things it may be asked.
LONGEST_TEXT, MOST_ASKS, LONGEST_ASK, LONGEST_OWNER = 600, 3, 150, 60
#: The names of the inputs for each thing that is asked: what, who sees to it, until when.
ASK_INPUTS = tuple((f"ask_{one}", f"owner_{one}", f"by_{one}") for one in range(MOST_ASKS))
#: Characters of each fact: together with what we add they fit into a department's text.
LONGEST = {"what": 140, "since": 40, "affected": 80, "doing": 100, "unknown": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the lead tells everybody."""

    what: str
    since: str
    affected: str
    doing: str
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a department is asked to do, who there sees to it, and until which day."""

    what: str
    owner: str
    by: date


@dataclass(frozen=True, slots=True)
class Said:
    """What a department hears."""

    text: str
    asks: tuple[Ask, ...] = ()


def draft(facts: Facts, department: str, *, owner: str, by: date) -> Said:
    """Return a department's words: the facts, what they mean there, and what is asked."""
    lines = (
        facts.what,
        texts.since(facts.since),
        texts.affected(facts.affected),
        texts.for_you(texts.IMPACTS.get(department, texts.ANY_IMPACT)),
        texts.doing(facts.doing),
        texts.unknown(facts.unknown) if facts.unknown else "",
    )
    ask = Ask(texts.ASKS.get(department, texts.ANY_ASK), owner, by)
    return Said(shortened("\n".join(filter(None, lines))), (ask,))


def shortened(text: str) -> str:
    """Return a text that fits, with a sign where it was cut."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
