"""Hiring's rows as messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.shown import words
from bot.ui import (
    Block,
    Button,
    Buttons,
    Facts,
    Items,
    Line,
    Message,
    Note,
    Table,
    Text,
    TextStyle,
    When,
)
from workflows.hiring import interview_texts, rules, template_texts, texts
from workflows.hiring.rules import InterviewStatus
from workflows.hiring.tables import (
    Application,
    Candidate,
    Criterion,
    Interview,
    Meeting,
    Search,
    Template,
)

Fact = tuple[str, Line]
INTERVIEWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A search as the list shows it."""

    search: Search
    candidates: int


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate of a search, with the short names of the interviews."""

    candidate: Candidate
    application: Application
    interviews: Sequence[Meeting]


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """A template with all that it holds."""

    template: Template
    criteria: Sequence[Criterion]
    signed: Sequence[tuple[str, str]]  #: department and who signed for it


def asking(text: str, *buttons: Button) -> Message:
    """Return a question, or a confirmation, with buttons under it."""
    blocks: tuple[Block, ...] = (Text(text=text),)
    return Message(text=text, blocks=(*blocks, Buttons(buttons=buttons)) if buttons else blocks)


def searches(lines: Sequence[SearchLine], more: Sequence[Button]) -> Message:
    """Return a page of the list of searches."""
    rows = tuple(
        (
            rules.code(rules.SEARCH, line.search.id),
            line.search.title,
            texts.role(line.search.role_family, line.search.level),
            texts.STATUSES[line.search.status],
            str(line.candidates),
        )
        for line in lines
    )
    return _table(texts.SEARCH_COLUMNS, rows, more)


def search(
    found: Search,
    people: Sequence[Fact],
    lines: Sequence[CandidateLine],
    *,
    room: str,
    buttons: Sequence[Button],
) -> Message:
    """Return a search with its candidates."""
    facts = (*_search_facts(found), *people)
    rows = tuple(_candidate_row(line) for line in lines)
    table = Table(header=texts.CANDIDATE_COLUMNS, rows=rows)
    blocks: tuple[Block, ...] = (
        table if rows else Text(text=texts.NO_CANDIDATES),
        Note(text=texts.room_note(room)),
    )
    heading = f"{rules.code(rules.SEARCH, found.id)}: {found.title}"
    told = "; ".join(", ".join(filter(None, row)) for row in rows) or texts.NO_CANDIDATES
    return _card(heading, facts, blocks, buttons, told=told)


def candidate(
    found: Candidate,
    facts: Sequence[Fact],
    entries: Sequence[tuple[Application, Search]],
    interviews: Sequence[Meeting],
    buttons: Sequence[Button],
) -> Message:
    """Return a candidate: where they are, and whom they meet."""
    rows = tuple(
        (
            rules.code(rules.SEARCH, one.id),
            one.title,
            application.stage,
            f"{application.stage_entered_at:%Y-%m-%d}",
        )
        for application, one in entries
    )
    blocks: list[Block] = [Table(header=texts.ENTRY_COLUMNS, rows=rows)]
    if interviews:
        latest = interviews[-INTERVIEWS_SHOWN:]
        blocks.append(Items(items=tuple(_interview_line(one.interview) for one in latest)))
    told = "; ".join(", ".join(row) for row in rows)
    heading = rules.code(rules.CANDIDATE, found.id)
    return _card(heading, facts, tuple(blocks), buttons, told=told)


def interview(
    found: Meeting,
    panel: Sequence[str],
    criteria: Sequence[Criterion],
    buttons: Sequence[Button],
) -> Message:
    """Return an interview with its panel."""
    labels, one = interview_texts.FACTS, found.interview
    facts: list[Fact] = [
        (labels["candidate"], rules.code(rules.CANDIDATE, found.candidate.id)),
        (labels["search"], f"{rules.code(rules.SEARCH, found.search.id)}: {found.search.title}"),
        (labels["kind"], one.kind),
        (labels["stage"], one.stage),
        (labels["status"], interview_texts.STATUSES[one.status]),
        (labels["starts"], (When(at=one.starts_at),)),
        (labels["ends"], (When(at=one.ends_at),)),
    ]
    if one.debrief_at is not None:
        facts.append((labels["debrief"], (When(at=one.debrief_at),)))
    facts += [
        (labels["panel"], ", ".join(panel) or interview_texts.EMPTY_PANEL),
        (labels["criteria"], ", ".join(criterion.label for criterion in criteria)),
        (labels["template"], rules.code(rules.TEMPLATE, one.template_id)),
    ]
    return _card(rules.code(rules.INTERVIEW, one.id), facts, (), buttons)


def templates(lines: Sequence[tuple[Template, str]], more: Sequence[Button]) -> Message:
    """Return a page of the list of templates, each with its weights in a few words."""
    rows = tuple(
        (
            rules.code(rules.TEMPLATE, one.id),
            texts.role(one.role_family, one.level),
            str(one.version),
            template_texts.STATES[one.state],
            weights,
        )
        for one, weights in lines
    )
    return _table(template_texts.COLUMNS, rows, more)


def template(card: TemplateCard, buttons: Sequence[Button]) -> Message:
    """Return a template with the bar of each criterion in words."""
    one, labels = card.template, template_texts.FACTS
    signed = ", ".join(f"{name} ({department})" for department, name in card.signed)
    facts: list[Fact] = [
        (labels["role"], texts.role(one.role_family, one.level)),
        (labels["version"], str(one.version)),
        (labels["state"], template_texts.STATES[one.state]),
        (labels["signed"], signed or texts.NONE),
    ]
    if one.frozen:
        facts.append((labels["frozen"], template_texts.FROZEN))
    blocks: list[Block] = []
    for criterion in card.criteria:
        blocks.append(Text(text=_criterion_heading(criterion), style=TextStyle.HEADING))
        anchors = enumerate(criterion.anchors, start=1)
        blocks.append(Items(items=tuple(f"{rating}: {anchor}" for rating, anchor in anchors)))
        blocks.append(Note(text=criterion.evidence_prompt or template_texts.NO_PROMPT))
    told = "; ".join(map(_criterion_heading, card.criteria))
    heading = rules.code(rules.TEMPLATE, one.id)
    return _card(heading, facts, tuple(blocks), buttons, told=told)


def _search_facts(found: Search) -> Iterable[Fact]:
    labels = texts.FACTS
    yield labels["role"], texts.role(found.role_family, found.level)
    yield labels["status"], texts.STATUSES[found.status]
    yield labels["opened"], found.opened_on.isoformat()
    if found.target_start is not None:
        yield labels["start"], found.target_start.isoformat()
    yield labels["reveal"], texts.REVEALS[found.reveal]


def _candidate_row(line: CandidateLine) -> tuple[str, ...]:
    over = {InterviewStatus.CANCELLED, InterviewStatus.NO_SHOW}
    codes = (
        rules.code(rules.INTERVIEW, one.interview.id)
        for one in line.interviews
        if one.interview.status not in over
    )
    code = rules.code(rules.CANDIDATE, line.candidate.id)
    return (code, line.application.stage, ", ".join(codes))


def _interview_line(one: Interview) -> Line:
    code, status = rules.code(rules.INTERVIEW, one.id), interview_texts.STATUSES[one.status]
    return (f"{code}: {one.kind}, {one.stage}, ", When(at=one.starts_at), f" ({status})")


def _criterion_heading(criterion: Criterion) -> str:
    owner = template_texts.OWNERS.get(criterion.department, criterion.department)
    must = template_texts.must_pass(criterion.min_pass) if criterion.must_pass else ""
    return f"{criterion.label} ({criterion.key}), {criterion.weight} %, {owner}{must}"


def _card(
    heading: str,
    facts: Iterable[Fact],
    blocks: Sequence[Block],
    buttons: Sequence[Button],
    *,
    told: str = "",
) -> Message:
    shown = tuple(facts)
    said = ". ".join(f"{label}: {words(line)}" for label, line in shown)
    everything: tuple[Block, ...] = (
        Text(text=heading, style=TextStyle.HEADING),
        Facts(facts=shown),
        *blocks,
    )
    if buttons:
        everything = (*everything, Buttons(buttons=tuple(buttons)))
    return Message(text=f"{heading}. {said}. {told}".strip(), blocks=everything)


def _table(
    header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], more: Sequence[Button]
) -> Message:
    told = " ".join(f"{', '.join(row)}." for row in rows)
    blocks: tuple[Block, ...] = (Table(header=header, rows=rows),)
    return Message(text=told, blocks=(*blocks, Buttons(buttons=tuple(more))) if more else blocks)
