"""What people see of a vote."""

from collections.abc import Iterator, Sequence

from bot.shown import words
from bot.ui import (
    Block,
    Button,
    Buttons,
    Facts,
    Line,
    Link,
    Message,
    Note,
    Quote,
    Span,
    Text,
    TextStyle,
    When,
)
from workflows.votes import texts
from workflows.votes.reading import Asked
from workflows.votes.rules import Basis, State, Trigger, code_of
from workflows.votes.threads import Thread


def card(asked: Asked, buttons: Sequence[Button] = ()) -> Message:
    """Return the card that stands in every thread of a vote, and tells the same in each."""
    heading = texts.heading(asked.code, asked.question)
    facts = tuple(facts_of(asked))
    mode, threads = texts.MODES[asked.mode], talk(asked.threads)
    blocks: list[Block] = [Text(text=heading, style=TextStyle.HEADING), Facts(facts=facts)]
    if asked.note:
        blocks.append(Quote(text=asked.note, source=_source(asked)))
    blocks.append(Note(text=mode))
    if threads:
        blocks.append(Text(text=threads))
    if buttons:
        blocks.append(Buttons(buttons=tuple(buttons)))
    said = (heading, plain(facts), mode, words(threads, moment=texts.moment))
    return Message(text=" ".join(filter(None, said)), blocks=tuple(blocks))


def taken_down(vote: int) -> Message:
    """Return what stands where the card of a vote may stand no longer."""
    return Message(text=texts.taken_down(code_of(vote)))


def facts_of(asked: Asked) -> Iterator[tuple[str, Line]]:
    """Yield what everybody may know now, in the order in which people ask for it."""
    yield from terms_of(asked)
    if asked.state is State.OPEN:
        yield texts.CLOSES, (When(at=asked.closes_at),)
    elif asked.closed_at is not None:
        yield texts.CLOSED, (When(at=asked.closed_at),)
    yield texts.ANSWERED, texts.answered(asked.answered, asked.electors)
    changed = texts.changed(
        asked.version, is_extended=asked.is_extended, is_reopened=asked.is_reopened
    )
    if changed:
        yield texts.CHANGED, changed
    yield from _outcome(asked)
    yield texts.STATE, texts.STATES[asked.state]


def terms_of(asked: Asked) -> Iterator[tuple[str, Line]]:
    """Yield what was settled when a vote opened: what it is about, and by which rule it goes."""
    yield texts.ABOUT, f"{asked.subject} ({texts.DISPUTES[asked.dispute]})"
    yield texts.WHY, why(asked)
    rule = texts.rule(asked.weights, asked.threshold, asked.quorum, asked.fewest)
    is_usual = asked.basis is Basis.BLOCK
    yield texts.RULE, rule if is_usual else f"{rule} {texts.BASES[asked.basis]}."
    yield texts.DECIDES, texts.decides(asked.decider, asked.authority)


def talk(threads: Sequence[Thread]) -> Line:
    """Say in which threads a vote is talked about, with a way to each that is known.

    Nothing is said of a single one.
    """
    if len(threads) < texts.SEVERAL:
        return ()
    listed: list[str | Span] = []
    for name, thread in zip(
        texts.thread_names([one.platform for one in threads]), threads, strict=True
    ):
        listed += [", ", Link(label=name, url=thread.link) if thread.link else name]
    return (texts.talked_about(len(threads)), *listed[1:], texts.EACH_BY_ITSELF)


def why(asked: Asked) -> str:
    """Say why a vote was opened: by whom, or by which rule."""
    if asked.trigger is Trigger.PERSON:
        return texts.asked_by(asked.opener)
    return texts.TRIGGERS[asked.trigger]


def plain(facts: Sequence[tuple[str, Line]]) -> str:
    """Return facts as sentences, for those who read or hear no card."""
    said = ((label, words(line, moment=texts.moment)) for label, line in facts)
    return " ".join(f"{label}: {each.removesuffix('.')}." for label, each in said)


def _outcome(asked: Asked) -> Iterator[tuple[str, Line]]:
    if asked.result is not None:
        passed = asked.recommended and texts.passed(asked.recommended)
        yield texts.RESULT, passed or texts.RESULTS[asked.result]
        if asked.shares is None:
            yield texts.SHARES, texts.WITHHELD
        elif asked.shares:
            yield texts.SHARES, texts.shares(asked.shares)
    for one in asked.vetoes:
        yield texts.VETO, texts.veto(one.holder, one.ground, one.resolution)
    if asked.decided:
        said = texts.decided(asked.decided, asked.decided_by, is_override=asked.is_override)
        yield texts.DECIDED, said


def _source(asked: Asked) -> str:
    """Say what the note is: it is either why a vote was cancelled, or why it was reopened."""
    return texts.WHY_CANCELLED if asked.state is State.CANCELLED else texts.NEW_EVIDENCE
