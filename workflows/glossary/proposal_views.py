"""What proposers and owners see: cards, receipts, history, reviews, dry runs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.ui import (
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    Items,
    Line,
    Message,
    Note,
    Quote,
    Table,
    Text,
    TextStyle,
    When,
)
from workflows.glossary import proposal_texts as said
from workflows.glossary import texts, views
from workflows.glossary.rules import Act, Remark
from workflows.glossary.tables import Proposal, Sense, SenseVersion, Standing, Term
from workflows.glossary.transfer import Fate, Plan
from workflows.glossary.wording import Wording

LINES_SHOWN = 10


def heading(case: Proposal) -> Text:
    """Return what a proposal is about."""
    title = said.proposal_heading(case.act, case.label, case.department)
    return Text(text=title, style=TextStyle.HEADING)


def card(
    case: Proposal,
    *,
    proposer: str,
    agreed: Mapping[str, str],
    decider: str,
    current: Sense | None,
    buttons: Sequence[Button],
) -> Message:
    """Return a proposal as owners see it, open or decided."""
    facts = _facts(case, current)
    blocks: list[Block] = [heading(case), Text(text=said.proposed_by(proposer))]
    blocks.append(Facts(facts=facts))
    blocks += [Note(text=said.agreed_so_far(seat, name)) for seat, name in agreed.items()]
    if case.decided_at:
        blocks.append(Note(text=_decision(case, decider, case.decided_at)))
    title = said.proposal_heading(case.act, case.label, case.department)
    words = " ".join(f"{name}: {value.rstrip('.')}." for name, value in facts)
    text = f"{title}. {said.proposed_by(proposer)} {words}"
    return views.with_buttons(Message(text=text, blocks=tuple(blocks)), buttons)


def receipt(text: str, remarks: Iterable[Remark], buttons: Sequence[Button]) -> Message:
    """Thank for a proposal, with what could be made plainer."""
    lines = tuple(said.remark(found) for found in remarks)
    if not lines:
        return Message(text=text)
    blocks = (Text(text=text), Note(text=said.COULD_BE_PLAINER), Items(items=lines))
    message = Message(text=" ".join((text, said.COULD_BE_PLAINER, *lines)), blocks=blocks)
    return views.with_buttons(message, buttons)


def history(label: str, versions: Sequence[SenseVersion], buttons: Sequence[Button]) -> Message:
    """Return how a sense was worded, the newest first."""
    blocks: list[Block] = [Text(text=said.history_of(label), style=TextStyle.HEADING)]
    for version in versions:
        name = said.version(version.version)
        status = texts.STATUSES[version.status]
        blocks.append(Note(text=(f"{name}, {status}, ", When(at=version.at))))
        blocks.append(Quote(text=Wording.from_json(version.wording).plain))
    words = " ".join(
        f"{said.version(version.version)}: {Wording.from_json(version.wording).plain}"
        for version in versions
    )
    message = Message(text=f"{said.history_of(label)}. {words}", blocks=tuple(blocks))
    return views.with_buttons(message, buttons)


def reviews(
    due: Sequence[tuple[Sense, Term, Sequence[Button]]], *, total: int, thanks: str = ""
) -> Message:
    """Return the first of *total* reviews that are due, with the buttons of each."""
    if not due:
        return Message(text=thanks or said.NOTHING_DUE)
    heading = f"{thanks} {said.due(len(due), total)}".strip()
    blocks: list[Block] = [Text(text=heading)]
    for sense, term, buttons in due:
        wording = sense.words()
        title = texts.summary(term.label, wording.expansion, sense.department, wording.plain)
        blocks += [Divider(), Text(text=title), Buttons(buttons=tuple(buttons))]
    labels = ", ".join(term.label for _, term, _ in due)
    return Message(text=f"{heading} {labels}", blocks=tuple(blocks))


def waiting(labels: Sequence[str], due: int, see_reviews: Button) -> tuple[Block, ...]:
    """Return what waits for an owner; nothing when nothing does."""
    blocks: list[Block] = []
    if labels:
        blocks.append(Text(text=said.to_decide(views.first_lines(labels, LINES_SHOWN))))
    if due:
        blocks += [Text(text=said.digest(due)), Buttons(buttons=(see_reviews,))]
    heading = Text(text=said.WAITING, style=TextStyle.HEADING)
    return (heading, *blocks) if blocks else ()


def dry_run(plan: Plan, buttons: Sequence[Button]) -> Message:
    """Return what an import would do, and what is in its way."""
    rows = tuple((texts.FATES[fate], _named(plan, fate)) for fate in Fate if plan.rows(fate))
    obstacles = [texts.problem(problem.line, problem.text) for problem in plan.problems]
    obstacles += [
        texts.problem(change.row.line, change.reason) for change in plan.changes if change.reason
    ]
    title = texts.dry_run(len(plan.changes) + len(plan.problems))
    blocks: list[Block] = [Text(text=title)]
    if rows:
        blocks.append(Table(header=texts.FATE_HEADER, rows=rows))
    if obstacles:
        blocks.append(Items(items=views.first_lines(obstacles, LINES_SHOWN)))
    counts = " ".join(f"{fate}: {terms}." for fate, terms in rows)
    text = " ".join((title, counts, *views.first_lines(obstacles, LINES_SHOWN))).strip()
    return views.with_buttons(Message(text=text, blocks=tuple(blocks)), buttons)


def _named(plan: Plan, fate: Fate) -> str:
    labels = [row.term for row in plan.rows(fate)]
    return f"{len(labels)}: {', '.join(views.first_lines(labels, LINES_SHOWN))}"


def _facts(case: Proposal, current: Sense | None) -> tuple[tuple[str, str], ...]:
    match case.act:
        case Act.ADD:
            wording = _worded(Wording.from_json(case.content["wording"]))
            aliases = ", ".join(case.content["aliases"])
            return (*wording, *(((texts.ALIASES, aliases),) if aliases else ()))
        case Act.EDIT:
            return _difference(case, current)
        case Act.ALIAS:
            return (*_present(current), (texts.ALIASES, case.content["alias"]))
        case Act.DEPRECATE:
            use = said.use_instead(case.content["use"])
            return (*_present(current), (said.CHANGES_TO, use))
        case _:
            return ((texts.CSV, texts.import_label(case.content["count"])),)


def _present(current: Sense | None) -> tuple[tuple[str, str], ...]:
    """Return what is meant, so that nobody must look it up before they decide."""
    return ((texts.FIELD_NAMES["plain"], current.words().plain),) if current else ()


def _worded(wording: Wording) -> tuple[tuple[str, str], ...]:
    told = {
        name: ", ".join(value) if isinstance(value, list) else value
        for name, value in wording.as_json().items()
    } | {"kind": texts.KINDS[wording.kind]}
    return tuple((texts.FIELD_NAMES[name], value) for name, value in told.items() if value)


def _difference(case: Proposal, current: Sense | None) -> tuple[tuple[str, str], ...]:
    """Return the fields that would change, as they are and as suggested."""
    before = dict(_worded(current.words())) if current else {}
    after = dict(_worded(Wording.from_json(case.content["wording"])))
    names = [name for name in texts.FIELD_NAMES.values() if before.get(name) != after.get(name)]
    if case.standing is Standing.APPROVED or not names:
        return tuple(after.items())
    return tuple(
        pair
        for name in names
        for pair in (
            (f"{name}: {said.NOW}", before.get(name, texts.NOTHING)),
            (f"{name}: {said.SUGGESTED}", after.get(name, texts.NOTHING)),
        )
    )


def _decision(case: Proposal, decider: str, at: datetime) -> Line:
    if case.standing is Standing.APPROVED:
        return (said.approved_by(decider), When(at=at))
    return (said.declined_by(decider), When(at=at), f". {case.note}")
