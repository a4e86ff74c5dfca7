"""What the published limits do not cover, and how to look into what was rendered."""

from collections.abc import Iterator
from typing import Any

from adapters.slack import limits

Json = dict[str, Any]

#: The only mrkdwn Parley writes: a date or a link of its own, alone in its element.
OWN_TOKEN = (
    r"<!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|]+ UTC>|<https://[^\s<>|]+\|[^<>|*_~`]+>"
)


def objects(rendered: object) -> Iterator[Json]:
    """Yield every JSON object in *rendered*."""
    if isinstance(rendered, dict):
        yield rendered
        rendered = list(rendered.values())
    if isinstance(rendered, list):
        for value in rendered:
            yield from objects(value)


def words_in(rendered: object) -> str:
    """Return all words people see in *rendered*, in order."""
    return "".join(
        found["text"] for found in objects(rendered) if isinstance(found.get("text"), str)
    )


def problems_in_rich_text(blocks: list[Json]) -> list[str]:
    """Return what is empty or too long in the rich text of *blocks*."""
    found = []
    for block in blocks:
        if block["type"] != "rich_text":
            continue
        parts = list(objects(block["elements"]))
        texts = [part["text"] for part in parts if "text" in part]
        found += ["an empty text" for text in texts if not text]
        found += ["nothing in it" for part in parts if part.get("elements") == []]
        if sum(map(len, texts)) > limits.SECTION:
            found.append("too long")
    return found
