"""How to look into what was rendered."""

import re
from collections.abc import Iterator
from typing import Any

from adapters.teams.text import JOINER

Json = dict[str, Any]

#: The only markup Parley writes: a moment in the reader's own zone, alone in its run.
OWN_MOMENT = r"\{\{DATE\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ),SHORT\)\}\} \{\{TIME\(\1\)\}\}"
#: Where words stand in a card; `value` of an input is what somebody can type into it.
_WORDS = ("text", "title", "label", "altText", "value", "errorMessage")


def objects(rendered: object) -> Iterator[Json]:
    """Yield every JSON object in *rendered*, except what its actions bring back."""
    if isinstance(rendered, dict):
        yield rendered
        rendered = [value for name, value in rendered.items() if name != "data"]
    if isinstance(rendered, list):
        for value in rendered:
            yield from objects(value)


def texts_in(rendered: object) -> Iterator[str]:
    """Yield each text people see in *rendered*, in order."""
    for found in objects(rendered):
        yield from (found[name] for name in _WORDS if isinstance(found.get(name), str))


def words_in(rendered: object) -> str:
    """Return all words people see in *rendered*, without what nobody sees."""
    return "".join(texts_in(rendered)).replace(JOINER, "")


def squeezed(text: str) -> str:
    """Return *text* without blanks and invisible joiners, so that wrapping is no matter."""
    return re.sub(rf"[\s{JOINER}]", "", text)
