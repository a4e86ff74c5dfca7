"""What readers of the glossary see: entries and lists as messages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from bot.ui import (
    Block,
    Button,
    Buttons,
    Facts,
    Items,
    Line,
    Link,
    Message,
    Note,
    Quote,
    Result,
    Strong,
    Table,
    Text,
    TextStyle,
    When,
)
from workflows.glossary import texts
from workflows.glossary.index import Entry, Meaning
from workflows.glossary.rules import Status, Vocabulary, status_at

PAGE = 20
#: Characters of a file in one quote, and quotes in a message.
QUOTED_MAX = 2_800
QUOTES_MAX = 4


def definition(
    entry: Entry,
    meanings: Sequence[Meaning],
    *,
    vocabulary: Vocabulary,
    now: datetime,
    buttons: Sequence[Button] = (),
    note: str = "",
) -> Message:
    """Return an entry: the first of *meanings* in full, the others in a line each."""
    top, others = meanings[0], meanings[1:]
    words = words_of(top, vocabulary)
    blocks: list[Block] = [
        Text(text=texts.heading(entry.label, top.wording.expansion), style=TextStyle.HEADING),
        Text(text=words),
    ]
    if facts := _facts(entry, top):
        blocks.append(Facts(facts=facts))
    blocks.append(Note(text=_badge(top, now)))
    if others:
        blocks.append(Items(items=tuple(map(_in_a_line, others))))
    if note:
        blocks.append(Note(text=note))
    summary = texts.summary(entry.label, top.wording.expansion, top.department, words)
    rest = (
        texts.other_meaning(other.department, other.wording.expansion, other.wording.plain)
        for other in others
    )
    return with_buttons(Message(text=" ".join((summary, *rest)), blocks=tuple(blocks)), buttons)


def result(entry: Entry, meaning: Meaning, now: datetime) -> Result:
    """Return a meaning as one of a search's results; posted, it stands there without buttons."""
    return Result(
        title=texts.heading(entry.label, meaning.wording.expansion),
        summary=meaning.wording.plain,
        message=definition(entry, [meaning], vocabulary=Vocabulary.PLAIN, now=now),
    )


def words_of(meaning: Meaning, vocabulary: Vocabulary) -> str:
    """Return a meaning in one of the two vocabularies; plain words are always there."""
    expert = meaning.wording.expert if vocabulary is Vocabulary.EXPERT else ""
    return expert or meaning.wording.plain


def choices(text: str, named: Sequence[str], buttons: Sequence[Button]) -> Message:
    """Return a sentence with buttons that go on from it; *named* are read out with it."""
    message = Message(text=f"{text} {texts.series(named, 'or')}".strip(), blocks=(Text(text=text),))
    return with_buttons(message, buttons)


def with_buttons(message: Message, buttons: Sequence[Button]) -> Message:
    """Return *message* with a row of buttons under it."""
    if not buttons:
        return message
    blocks = message.blocks or (Text(text=message.text),)
    return Message(text=message.text, blocks=(*blocks, Buttons(buttons=tuple(buttons))))


def listing(entries: Sequence[tuple[Entry, Meaning]], first: int, now: datetime) -> Message:
    """Return one page of a list, from the entry at *first* on."""
    shown = entries[first : first + PAGE]
    rows = tuple(
        (
            str(meaning.id),
            entry.label,
            texts.DEPARTMENTS[meaning.department],
            meaning.wording.expansion,
            texts.STATUSES[status_at(meaning.status, meaning.review_due, now)],
        )
        for entry, meaning in shown
    )
    title = texts.page(first + 1, first + len(shown), len(entries))
    names = ", ".join(entry.label for entry, _ in shown)
    table = Table(header=texts.LIST_HEADER, rows=rows)
    return Message(text=f"{title}: {names}", blocks=(Text(text=title), table))


def found_terms(text: str, entries: Iterable[tuple[Entry, Meaning]]) -> Message:
    """Return terms with their plain words, one in a line."""
    lines: tuple[Line, ...] = tuple(
        (Strong(text=entry.label), f": {meaning.wording.plain}") for entry, meaning in entries
    )
    if not lines:
        return Message(text=text)
    plain = " ".join("".join(_plain(part) for part in line) for line in lines)
    return Message(text=f"{text} {plain}", blocks=(Text(text=text), Items(items=lines)))


def missing(counts: Sequence[tuple[str, int]], buttons: Sequence[Button]) -> Message:
    """Return what was looked up in vain."""
    if not counts:
        return Message(text=texts.NOTHING_MISSING)
    rows = tuple((key, str(count)) for key, count in counts)
    said = ", ".join(f"{key} ({count})" for key, count in rows)
    table = Table(header=texts.MISSING_HEADER, rows=rows)
    message = Message(text=f"{texts.MISSING} {said}", blocks=(Text(text=texts.MISSING), table))
    return with_buttons(message, buttons)


def exported(lines: Sequence[str], *, header: str = "") -> Message:
    """Return as many whole lines of a file as a message holds."""
    quotes = [header] if header else [""]
    shown = 0
    for line in lines:
        if len(quotes[-1]) + len(line) >= QUOTED_MAX:
            if len(quotes) == QUOTES_MAX or len(line) >= QUOTED_MAX:
                break
            quotes.append("")
        quotes[-1] = f"{quotes[-1]}\n{line}".lstrip("\n")
        shown += 1
    text = texts.exported(shown, len(lines))
    file = (Quote(text=quote) for quote in quotes if quote)
    return Message(text=text, blocks=(Text(text=text), *file))


def first_lines(lines: Iterable[str], limit: int) -> tuple[str, ...]:
    """Return at most *limit* lines, and how many more there are."""
    everything = list(lines)
    shown = tuple(islice(everything, limit))
    more = len(everything) - len(shown)
    return (*shown, texts.more_lines(more)) if more else shown


def _facts(entry: Entry, meaning: Meaning) -> tuple[tuple[str, Line], ...]:
    wording = meaning.wording
    facts: list[tuple[str, Line]] = [
        (texts.FIELD_NAMES["why_it_matters"], wording.why_it_matters),
        (texts.FIELD_NAMES["example"], wording.example),
        (texts.FIELD_NAMES["not_to_confuse_with"], ", ".join(wording.not_to_confuse_with)),
        (texts.ALIASES, ", ".join(entry.aliases)),
        (texts.FIELD_NAMES["source_title"], _source(meaning)),
    ]
    return tuple((name, value) for name, value in facts if value)


def _source(meaning: Meaning) -> Line:
    # Only two people together can publish an address, so this is a link of ours.
    title, url = meaning.wording.source_title, meaning.wording.source_url
    return (Link(label=title or url, url=url),) if url else title


def _badge(meaning: Meaning, now: datetime) -> Line:
    where = f"{texts.DEPARTMENTS[meaning.department]}. "
    match status_at(meaning.status, meaning.review_due, now):
        case Status.STALE:
            return (where, Strong(text=texts.STALE_BADGE))
        case Status.DEPRECATED:
            return (where, Strong(text=texts.no_longer_used(meaning.replaced_by)))
        case _:
            return (where, texts.APPROVED_ON, When(at=meaning.approved_at))


def _in_a_line(meaning: Meaning) -> Line:
    wording = meaning.wording
    return (
        Strong(text=texts.DEPARTMENTS[meaning.department]),
        f": {wording.expansion or wording.plain}",
    )


def _plain(part: object) -> str:
    return part.text if isinstance(part, Strong) else str(part)
