"""What readers see of a round: the summary, one scorecard, who is waited for."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.ui import (
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    Image,
    Items,
    Line,
    Message,
    Note,
    Quote,
    Strong,
    Table,
    Text,
    TextStyle,
    When,
)
from workflows.feedback import charts, scores
from workflows.feedback import summary_texts as texts
from workflows.feedback.evidence import Evidence, strongest
from workflows.feedback.reading import Summary, Version, Voice
from workflows.feedback.scores import Composite, Spread

#: Lines of a list; what is more is counted.
LINES_SHOWN = 25
_HOUR_SECONDS = 3600


def ready(about: str, button: Button) -> Message:
    """Say that a summary can be read; who may read what, the button finds out."""
    return with_buttons(Message(text=texts.ready(about)), [button.primary()])


def summary(read: Summary, buttons: Sequence[Button]) -> Message:
    """Return a round as far as its reader may know it."""
    waiting = tuple(_waiting(read))
    heading = Text(text=read.title, style=TextStyle.HEADING)
    if not read.voices:
        blocks: tuple[Block, ...] = (heading, Text(text=texts.NOTHING_OPEN))
        blocks += (Facts(facts=waiting),) if waiting else ()
        return with_buttons(
            Message(text=_said(read.title, waiting, texts.NOTHING_OPEN), blocks=blocks), buttons
        )
    facts = (*_figures(read), *waiting)
    body = (
        heading,
        Facts(facts=facts),
        *_spread(read),
        *_voices(read),
        *map(_quote, strongest(read)),
        *_late(read),
        *_debrief(read),
        Note(text=texts.DECIDES_NOTHING),
    )
    told = [f"{label} {texts.range_of(*_range(found))}." for label, found in _rows(read)]
    text = _said(read.title, facts, *told, texts.DECIDES_NOTHING)
    return with_buttons(Message(text=text, blocks=body), buttons)


def scorecard(voice: Voice, about: str) -> Message:
    """Return one scorecard in full: the version that counts, and what came after the reveal."""
    shown = [each for each in voice.versions if each is voice.counted or each.is_late]
    blocks: list[Block] = []
    said: list[str] = []
    for version in shown:
        heading = texts.card_heading(voice.label, about, version.number)
        facts = tuple(_judged(voice, version))
        blocks += [Divider()] if blocks else []
        blocks += [Text(text=heading, style=TextStyle.HEADING), Facts(facts=facts)]
        said.append(_said(heading, facts))
    return Message(text=" ".join(said), blocks=tuple(blocks))


def pending(search: str, waits: Sequence[tuple[str, str, datetime]], now: datetime) -> Message:
    """Return who is waited for: an interview, a name, and when their scorecard is due."""
    if not waits:
        return Message(text=texts.nobody_pending(search))
    title = texts.pending(len(waits), search)
    lines: list[Line] = []
    said = [title]
    for about, who, due in waits[:LINES_SHOWN]:
        late = texts.late_by(int((now - due).total_seconds()) // _HOUR_SECONDS)
        when: tuple[str | When, ...] = (f": {late}",) if now > due else (": due ", When(at=due))
        lines.append((Strong(text=who), f", {about}", *when))
        said.append(f"{who}, {about}{f': {late}' if now > due else ''}.")
    if len(waits) > LINES_SHOWN:
        lines.append(texts.more(len(waits) - LINES_SHOWN))
    blocks = (Text(text=title), Items(items=tuple(lines)))
    return Message(text=" ".join(said), blocks=blocks)


def glass_broken(who: str, about: str, reason: str) -> Message:
    """Tell a panel that an admin reads, and why."""
    text = texts.glass_broken(who, about)
    quote = Quote(text=reason, source=who)
    return Message(text=f"{text} {reason}", blocks=(Text(text=text), quote))


def with_buttons(message: Message, buttons: Sequence[Button]) -> Message:
    """Return *message* with a row of buttons under it."""
    if not buttons:
        return message
    blocks = message.blocks or (Text(text=message.text),)
    return Message(text=message.text, blocks=(*blocks, Buttons(buttons=tuple(buttons))))


def _waiting(read: Summary) -> Iterator[tuple[str, str]]:
    if read.missing:
        yield texts.MISSING, ", ".join(read.missing)
    if read.hidden:
        yield texts.HIDDEN, ", ".join(read.hidden)


def _figures(read: Summary) -> Iterator[tuple[str, str]]:
    found = scores.of_cards(read.criteria, read.ratings)
    counts = scores.tally(voice.counted.overall for voice in read.voices if voice.counted)
    favour, against = (
        sum(count for overall, count in counts.items() if overall in side)
        for side in (scores.YES, scores.NO)
    )
    yield texts.SCORE, _score(found)
    yield texts.COVERAGE, texts.coverage(scores.plain(found.coverage))
    yield texts.TALLY, texts.tallied(counts)
    yield texts.AGREEMENT, texts.agreement(favour, against)
    needed = {each.key: each.min_pass for each in read.criteria}
    missed = [
        texts.must_pass(read.labels[key], scores.plain(read.spreads[key].median), needed[key])
        for key in scores.not_met(read.criteria, read.spreads)
    ]
    if missed:
        yield texts.MUST_PASS, ", ".join(missed)


def _rows(read: Summary) -> list[tuple[str, Spread]]:
    """Return the spreads that there are, in the order of the criteria."""
    return [
        (each.label, read.spreads[each.key]) for each in read.criteria if each.key in read.spreads
    ]


def _spread(read: Summary) -> Iterator[Block]:
    """Yield the table of the criteria and, where several people rated, its picture."""
    rows = _rows(read)
    if not rows:
        return
    yield Table(header=texts.HEADER, rows=tuple(_cells(read)))
    if len(read.ratings) > 1:
        lines = [
            texts.chart_line(number, label, texts.range_of(*_range(found)))
            for number, (label, found) in enumerate(rows, start=1)
        ]
        picture = charts.spread_chart([found for _, found in rows])
        yield Image(alt=texts.chart(read.title, lines), png=picture)


def _cells(read: Summary) -> Iterator[tuple[str, ...]]:
    rated = [each for each in read.criteria if each.key in read.spreads]
    for number, each in enumerate(rated, start=1):
        found = read.spreads[each.key]
        by_whom = [
            f"{voice.label} {voice.counted.ratings[each.key]}"
            for voice in read.voices
            if voice.counted and isinstance(voice.counted.ratings.get(each.key), int)
        ]
        spread = texts.range_of(*_range(found))
        yield str(number), each.label, f"{each.weight} %", spread, _mark(found), ", ".join(by_whom)


def _voices(read: Summary) -> Iterator[Block]:
    rows = tuple(
        (
            voice.label,
            texts.OVERALLS[voice.counted.overall],
            _score(scores.of_card(voice.criteria, voice.counted.ratings)),
        )
        for voice in read.voices
        if voice.counted
    )
    if rows:
        yield Table(header=texts.HEADER_VOICES, rows=rows)


def _late(read: Summary) -> Iterator[Block]:
    """Yield what was written after the reveal beside what counted before."""
    lines = [
        _change(read, voice, version)
        for voice in read.voices
        for version in voice.late
        if version is voice.late[-1]
    ]
    if lines:
        yield Text(text=texts.LATE)
        yield Items(items=tuple(lines))


def _change(read: Summary, voice: Voice, late: Version) -> str:
    counts = late is voice.counted
    before = next((each for each in reversed(voice.versions) if not each.is_late), None)
    if before is None:
        return texts.first_was_late(voice.label, late.overall, counts=counts)
    changes = [
        texts.changed(
            read.labels.get(key, key), str(before.ratings.get(key, texts.NOT_RATED)), str(rated)
        )
        for key, rated in late.ratings.items()
        if before.ratings.get(key) != rated
    ]
    if before.overall is not late.overall:
        named = texts.OVERALLS[before.overall], texts.OVERALLS[late.overall]
        changes.append(texts.changed(texts.TALLY.lower(), *named))
    return texts.revised(voice.label, changes, counts=counts)


def _debrief(read: Summary) -> Iterator[Block]:
    order = scores.widest_first(read.criteria, read.spreads)
    if len(read.ratings) < 2:  # noqa: PLR2004 - two make a debrief
        return
    yield Text(text=texts.DEBRIEF)
    yield Items(items=tuple(read.labels[key] for key in order), numbered=True)
    if read.leads:
        yield Note(text=texts.speaks_last(", ".join(read.leads)))


def _quote(found: tuple[str, Evidence]) -> Quote:
    side, evidence = found
    source = texts.source(evidence.who, evidence.criterion, evidence.rating)
    return Quote(text=evidence.text, source=f"{side}: {source}")


def _judged(voice: Voice, version: Version) -> Iterator[tuple[str, str]]:
    labels = {each.key: each.label for each in voice.criteria}
    overall = texts.OVERALLS[version.overall]
    yield texts.TALLY, f"{overall}. {version.reason}".strip()
    for key, rated in version.ratings.items():
        words = version.evidence.get(key, "")
        yield labels.get(key, key), f"{texts.rating(rated)}. {words}".strip()


def _score(found: Composite) -> str:
    if found.score is None:
        return texts.insufficient(scores.ENOUGH)
    return scores.shown(found.score)


def _range(found: Spread) -> tuple[int, str, int]:
    return found.low, scores.plain(found.median), found.high


def _mark(found: Spread) -> str:
    if found.is_far_apart:
        return texts.FAR_APART
    return texts.SPLIT if found.is_split else texts.CLOSE


def _said(heading: str, facts: Sequence[tuple[str, str]], *more: str) -> str:
    lines = [f"{label}: {value.rstrip('.')}." for label, value in facts]
    return " ".join((f"{heading}.", *lines, *more))
