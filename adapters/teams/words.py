"""Teams' marked-up text as the words that the person typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from adapters.teams.shapes import Account, Entity

#: More mentions in one message are read as words.
MOST_MENTIONS = 50
#: Elements that begin a new line.
_LINES = frozenset({"blockquote", "br", "div", "h1", "h2", "h3", "li", "ol", "p", "tr", "ul"})


def plain(text: str, entities: Sequence[Entity]) -> str:
    """Return *text* with each mention as `@` and an id or a name."""
    return _tidy("".join(said if who is None else _at(who) for said, who in _parts(text, entities)))


def addressed_to(bot: str, text: str, entities: Sequence[Entity]) -> str | None:
    """Return what is said to *bot*, the words after its mention; None when it has none.

    A mention is what an entity says is one: people's own words may look like it.
    """
    before, after, mentioned = _around(bot, text, entities)
    return (_tidy(after) or _tidy(before)) if mentioned else None


def without_mention(bot: str, text: str, entities: Sequence[Entity]) -> str:
    """Return all words of a message, but the mentions of *bot*."""
    before, after, _ = _around(bot, text, entities)
    return _tidy(f"{_tidy(before)} {_tidy(after)}")


def _around(bot: str, text: str, entities: Sequence[Entity]) -> tuple[str, str, bool]:
    """Return the words before and after the mention of *bot*, and whether there is one."""
    before, after, mentioned = "", "", False
    for said, who in _parts(text, entities):
        if who is not None and who.id == bot:
            mentioned = True
        elif mentioned:
            after += said if who is None else _at(who)
        else:
            before += said if who is None else _at(who)
    return before, after, mentioned


def without_html(content: str) -> str:
    """Return the words of a piece of HTML, such as a quoted message."""
    reader = _Words()
    reader.feed(content)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line)


def _parts(text: str, entities: Sequence[Entity]) -> Iterator[tuple[str, Account | None]]:
    """Yield the text in pieces, words and those mentioned, as they stand there."""
    left = [entity for entity in entities if entity.text and entity.mentioned][:MOST_MENTIONS]
    while left := [entity for entity in left if entity.text in text]:
        first = min(left, key=lambda entity: text.index(entity.text))
        before, mark, text = text.partition(first.text)
        yield before, None
        yield mark, first.mentioned
        left.remove(first)
    yield text, None


def _at(who: Account) -> str:
    return f"@{who.aad_object_id or who.name or who.id}"


def _tidy(text: str) -> str:
    # Teams puts a space that does not break behind a mention, on some clients as an entity.
    return text.replace("&nbsp;", " ").replace("\xa0", " ").strip()


class _Words(HTMLParser):
    """Collects what a reader of the message sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.words.append("\n")
        elif tag == "at":
            self.words.append("@")
        elif tag in {"img", "emoji"}:
            self.words.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
