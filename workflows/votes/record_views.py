"""The record of a vote as a message, and as Markdown for a file."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.shown import cut, pieces
from bot.ui import Block, Facts, Items, Line, Message, Note, Quote, Text, TextStyle, When
from workflows.votes import record_texts, texts
from workflows.votes.reading import label_of, shares_of
from workflows.votes.rules import (
    ABSTAINED,
    Authority,
    Basis,
    Dispute,
    Ground,
    Mode,
    Option,
    Resolution,
    Result,
    Stance,
    Trigger,
    code_of,
)

#: JSON, as a record holds it.
Json = Mapping[str, Any]
#: So many characters of each text that somebody wrote are shown in a chat.
SHOWN = 160
#: So many characters of JSON stand in one part, and so many parts in one message.
PART, PARTS = 2_500, 5
#: What Markdown obeys.
_ACTIVE = re.compile(r"([\\*_\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class Names:
    """What people and departments are called now."""

    people: Mapping[int, str]
    departments: Mapping[str, str]

    def of(self, person: int | None) -> str:
        """Return what somebody is called."""
        return self.people.get(person or 0) or texts.SOMEBODY

    def side(self, department: str) -> str:
        """Return what a department is called."""
        return self.departments.get(department, department)


@dataclass(frozen=True, slots=True)
class _Teller:
    """A record with what its numbers mean; *short* cuts what people wrote."""

    content: Json
    names: Names
    short: Callable[[str], str]


def shown(content: Json, names: Names, proof: str) -> Message:
    """Return a record for a chat: its last wording, with long texts cut."""
    cuts: list[str] = []

    def short(text: str) -> str:
        head, rest = cut(text, SHOWN)
        if rest:
            cuts.append(rest)
        return f"{head.rstrip()}…" if rest else text

    blocks = list(_blocks(_Teller(content, names, short), content["versions"][-1:]))
    earlier = content["versions"][:-1]
    if earlier:
        blocks.append(_title(record_texts.EARLIER))
        blocks.append(Items(items=tuple(_in_short(each, short) for each in earlier)))
    if cuts or earlier:
        blocks.append(Note(text=record_texts.CUT))
    return _message(content, blocks, proof)


def whole(content: Json, names: Names, proof: str) -> Message:
    """Return a record with each wording, and each text in full."""
    teller = _Teller(content, names, str)
    return _message(content, list(_blocks(teller, content["versions"])), proof)


def ballots(code: str, versions: Sequence[Json], names: Names) -> Message:
    """Return to an auditor who voted what."""
    heading = record_texts.ballots_heading(code)
    blocks: list[Block] = [_title(heading)]
    for each in versions:
        if each["ballots"]:
            blocks.append(Text(text=record_texts.wording(each["version"])))
            blocks.append(Items(items=tuple(_ballots(each, names, str))))
    if len(blocks) == 1:
        blocks.append(Text(text=record_texts.NO_BALLOTS_COUNTED))
    blocks.append(Note(text=record_texts.AUDITED))
    return Message(text=f"{heading}. {record_texts.AUDITED}", blocks=tuple(blocks))


def as_json(code: str, document: str) -> Message:
    """Return a record as JSON, in as many parts as a chat shows."""
    parts = pieces(document, PART)
    if len(parts) > PARTS:
        return Message(text=record_texts.too_long(code))
    said = record_texts.as_json(code)
    return Message(text=said, blocks=(Text(text=said), *(Quote(text=part) for part in parts)))


def markdown(message: Message) -> str:
    """Return a message as Markdown."""
    return "\n\n".join(filter(None, map(_marked, message.blocks))) + "\n"


def _message(content: Json, blocks: Sequence[Block], proof: str) -> Message:
    code = code_of(content["vote"])
    heading = record_texts.heading(code)
    said = f"{heading}: {content['versions'][-1]['question']} {proof}"
    return Message(text=said, blocks=(_title(heading), *blocks, Note(text=proof)))


def _blocks(teller: _Teller, versions: Sequence[Json]) -> Iterator[Block]:
    yield Facts(facts=tuple(_opening(teller)))
    for each in versions:
        yield from _wording(teller, each)
    if teller.content["note"]:
        cancelled = teller.content["cancelled"]
        source = texts.WHY_CANCELLED if cancelled else texts.NEW_EVIDENCE
        yield Quote(text=teller.short(teller.content["note"]), source=source)
    yield from _vetoes(teller)
    yield from _decision(teller)
    if teller.content["stances"]:
        yield _title(record_texts.STANCES)
        yield Items(items=tuple(_stances(teller)))


def _opening(teller: _Teller) -> Iterator[tuple[str, Line]]:
    content, names = teller.content, teller.names
    trigger = Trigger(content["trigger"])
    by_person = texts.asked_by(names.of(content["opener"]))
    yield texts.ABOUT, f"{content['subject']} ({texts.DISPUTES[Dispute(content['dispute'])]})"
    yield texts.WHY, by_person if trigger is Trigger.PERSON else texts.TRIGGERS[trigger]
    yield record_texts.OPENED, _when(content["opened_at"])
    if content["closed_at"]:
        yield record_texts.CLOSED, _when(content["closed_at"])
    yield record_texts.MODE, texts.MODES[Mode(content["mode"])]
    authority = Authority(content["authority"])
    yield record_texts.AUTHORITY, texts.decides(names.of(content["decider"]), authority)
    changed = texts.changed(
        len(content["versions"]), is_extended=content["extended"], is_reopened=content["reopened"]
    )
    if changed:
        yield texts.CHANGED, changed
    if content["veto_holders"]:
        holders = (names.of(one["person"]) for one in content["veto_holders"])
        yield record_texts.MAY_VETO, ", ".join(holders)


def _wording(teller: _Teller, version: Json) -> Iterator[Block]:
    """Yield one wording: what was asked, of whom, and what it came to."""
    yield _title(record_texts.wording(version["version"]))
    yield Quote(text=version["question"], source=record_texts.ASKED)
    yield Facts(facts=(*_rule(teller, version), *_turnout(teller, version), *_result(version)))
    count = version["count"]
    if count and count["counts"]:
        yield Text(text=record_texts.BY_SIDE)
        yield Items(items=tuple(_by_side(version, teller.names)))
    if version["ballots"]:
        yield Text(text=record_texts.BY_NAME)
        yield Items(items=tuple(_ballots(version, teller.names, teller.short)))


def _rule(teller: _Teller, version: Json) -> Iterator[tuple[str, Line]]:
    content = teller.content
    weights = {teller.names.side(key): each for key, each in version["weights"].items() if each}
    said = texts.rule(weights, content["threshold"], content["quorum"], content["fewest"])
    labels = (one.label for one in (*_options(version), ABSTAINED))
    yield texts.RULE, f"{said} {texts.BASES[Basis(content['basis'])]}."
    yield record_texts.ANSWERS, ", ".join(labels)


def _turnout(teller: _Teller, version: Json) -> Iterator[tuple[str, Line]]:
    """Say who voted: never what."""
    groups: dict[str, list[str]] = {}
    for one in teller.content["electors"]:
        voted = one["person"] in version["voted"]
        group = record_texts.VOTED if voted else record_texts.DID_NOT_VOTE
        if one["recused"]:
            group = record_texts.RECUSED
        name = teller.names.of(one["person"])
        side = teller.names.side(one["department"])
        groups.setdefault(group, []).append(record_texts.member(name, side))
    for group in (record_texts.VOTED, record_texts.DID_NOT_VOTE, record_texts.RECUSED):
        if group in groups:
            yield group, ", ".join(groups[group])


def _result(version: Json) -> Iterator[tuple[str, Line]]:
    count = version["count"]
    if count is None:
        yield texts.RESULT, record_texts.NEVER_COUNTED
        return
    options = _options(version)
    recommended = count["recommended"]
    result = texts.RESULTS[Result(count["result"])]
    label = label_of(options, recommended)
    yield texts.ANSWERED, texts.answered(count["answered"], count["electors"])
    yield texts.RESULT, texts.passed(label) if recommended else result
    if count["shares"] is None:
        yield texts.SHARES, texts.WITHHELD
    elif count["shares"]:
        yield texts.SHARES, texts.shares(shares_of(options, count["shares"]))


def _by_side(version: Json, names: Names) -> Iterator[str]:
    options = (*_options(version), ABSTAINED)
    for side, chosen in sorted(version["count"]["counts"].items()):
        each = (record_texts.by_answer(one.label, chosen.get(one.key, 0)) for one in options)
        yield f"{names.side(side)}: {', '.join(each)}"


def _ballots(version: Json, names: Names, short: Callable[[str], str]) -> Iterator[str]:
    options = (*_options(version), ABSTAINED)
    for one in version["ballots"]:
        label = label_of(options, one["choice"])
        yield record_texts.chose(names.of(one["person"]), label, short(one["reason"]))


def _vetoes(teller: _Teller) -> Iterator[Block]:
    if teller.content["vetoes"]:
        yield _title(record_texts.VETOES)
    for one in teller.content["vetoes"]:
        name = teller.names.of(one["person"])
        said = texts.veto(name, Ground(one["ground"]), Resolution(one["resolution"]))
        yield Text(text=said)
        yield Quote(text=teller.short(one["reason"]), source=name)


def _decision(teller: _Teller) -> Iterator[Block]:
    decision, names = teller.content["decision"], teller.names
    yield _title(record_texts.DECISION)
    if decision is None:
        cancelled = teller.content["cancelled"]
        yield Text(text=record_texts.CANCELLED if cancelled else record_texts.NOT_DECIDED)
    else:
        name = names.of(decision["decider"])
        label = _label(teller.content, decision["decided"])
        yield Text(text=texts.decided(label, name, is_override=decision["override"]))
        if decision["rationale"]:
            yield Quote(text=teller.short(decision["rationale"]), source=name)
    if teller.content["deciders"]:
        yield Text(text=record_texts.DECIDERS)
        yield Items(items=tuple(_deciders(teller)))


def _deciders(teller: _Teller) -> Iterator[str]:
    for one in teller.content["deciders"]:
        label = _label(teller.content, one["choice"])
        reason = teller.short(one["rationale"])
        yield record_texts.chose(teller.names.of(one["person"]), label, reason)


def _stances(teller: _Teller) -> Iterator[str]:
    for one in teller.content["stances"]:
        note = teller.short(one["note"])
        yield record_texts.stance(teller.names.of(one["person"]), Stance(one["stance"]), note)


def _in_short(version: Json, short: Callable[[str], str]) -> str:
    facts = (f"{label}: {said}" for label, said in _result(version))
    wording = record_texts.wording(version["version"])
    return f"{wording}: {short(version['question'])} {'; '.join(facts)}"


def _label(content: Json, key: str) -> str:
    return label_of(_options(content["versions"][-1]), key)


def _options(version: Json) -> tuple[Option, ...]:
    return tuple(Option(**one) for one in version["options"])


def _title(text: str) -> Text:
    return Text(text=text, style=TextStyle.HEADING)


def _when(at: str) -> Line:
    return (When(at=datetime.fromisoformat(at)),)


def _marked(block: Block) -> str:
    match block:
        case Text(text=text, style=TextStyle.HEADING):
            return f"## {_flat(text)}"
        case Text(text=text) | Note(text=text):
            return _flat(text)
        case Facts(facts=facts):
            return _bullets(f"**{label}:** {_flat(line)}" for label, line in facts)
        case Items(items=items):
            return _bullets(map(_flat, items))
        case Quote(text=text, source=source):
            lines = [_inert(line) for line in text.splitlines()]
            whose = [f"**{_inert(source)}:**"] if source else []
            return "\n".join(f"> {line}" for line in (*whose, *lines))
        case _:
            return ""


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _flat(line: Line) -> str:
    spans = (line,) if isinstance(line, str) else line
    said = (texts.moment(one.at) if isinstance(one, When) else str(one) for one in spans)
    return _inert(" ".join("".join(said).split()))


def _inert(text: str) -> str:
    """Return what people wrote so that Markdown shows it and obeys nothing in it."""
    return _ACTIVE.sub(r"\\\1", text)
