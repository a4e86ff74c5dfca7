"""Suggesting: new meanings, other wordings, aliases, and what is no longer used."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.inbound import QuotedMessage
from bot.text import parse
from bot.ui import Choice, Form, Message, Option, Reply, ShortText
from bot.workflow import NO_SUCH_THING
from workflows.glossary import deciding, forms, rules, shelf, tables, texts, typed
from workflows.glossary import proposal_texts as said
from workflows.glossary import workflow as it
from workflows.glossary.rules import Act, key_norm
from workflows.glossary.tables import Proposal
from workflows.glossary.wording import LIMITS, Wording, listed, tidy


@it.form("add")
def add(ctx: Context, term: str = "", plain: str = "") -> Form:
    """Ask for a new meaning, with what is known of it already."""
    own = ctx.person.department
    departments = tuple(
        Option(value=key, label=texts.DEPARTMENTS[key]) for key in rules.DEPARTMENTS
    )
    return Form(
        title=said.FORM_ADD,
        inputs=(
            ShortText(
                name="term",
                label=texts.FIELD_NAMES["term"],
                initial=term[: rules.LABEL_MAX],
                max_length=rules.LABEL_MAX,
            ),
            Choice(
                name="department",
                label=said.DEPARTMENT,
                options=departments,
                initial=own if own in rules.DEPARTMENTS else "",
            ),
            *forms.wording_inputs(Wording(plain=plain[: LIMITS["plain"]])),
            forms.alias_input(),
        ),
        submit=said.SEND,
    )


@add.submit
def send_addition(ctx: Context, answers: Answers, term: str = "", plain: str = "") -> Reply:
    """Send a new meaning to the owners."""
    label = typed.label(tidy(answers.text("term")))
    aliases = tuple(typed.label(alias, "aliases") for alias in listed(answers.text("aliases")))
    wording = forms.wording_of(answers)
    return _propose_addition(ctx, label, answers.text("department"), wording, aliases)


@it.command("term add", help=said.HELP_ADD, usage='"<term>" = <plain words>')
def add_named(ctx: Context, text: str) -> Reply:
    """Send a new meaning that was typed in one go; open the form when something lacks."""
    line = parse(text)
    label = tidy(" ".join(line.words))
    department = typed.department(line) or ctx.person.department
    if not line.rest or department not in rules.DEPARTMENTS:
        return add.open(ctx, term=label, plain=tidy(line.rest or ""))
    wording = Wording(plain=tidy(line.rest), expert=tidy(line.flags.get("expert", "")))
    if problems := wording.problems():
        raise Invalid(texts.fields(problems))
    aliases = tuple(map(typed.label, listed(line.flags.get("alias", ""))))
    return _propose_addition(ctx, typed.label(label), department, wording, aliases)


@it.shortcut("add_quoted", title=said.ADD_QUOTED, help=said.HELP_ADD_QUOTED, read_only=True)
def add_quoted(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Open the form with the words of a message."""
    words = tidy(quoted.text)
    if len(words.split()) <= rules.PREFIX_MIN and len(words) <= rules.LABEL_MAX:
        return add.open(ctx, term=words)
    return add.open(ctx, plain=words[: LIMITS["plain"]])


@it.form("suggest")
def suggest(ctx: Context, sense: int) -> Form:
    """Ask for another wording of a meaning."""
    chosen = tables.sense_with_term(ctx.session, sense)
    if chosen is None:
        raise NotFound(NO_SUCH_THING)
    return Form(
        title=said.FORM_EDIT,
        inputs=(forms.subject(*chosen), *forms.wording_inputs(chosen[0].words())),
        submit=said.SEND,
    )


@suggest.submit
def send_wording(ctx: Context, answers: Answers, sense: int) -> Reply:
    """Send another wording to the owners."""
    chosen = tables.sense_with_term(ctx.session, sense)
    if chosen is None:
        raise NotFound(NO_SUCH_THING)
    current, term = chosen
    wording = forms.wording_of(answers, licence=current.words().licence)
    if wording == current.words():
        return Message(text=said.SAME_WORDING)
    proposal = Proposal(
        act=Act.EDIT,
        label=term.label,
        department=current.department,
        sense_id=sense,
        content={"wording": wording.as_json(), "version": current.version},
        seats=list(rules.seats([current.department])),
        proposer_id=ctx.person.id,
        created_at=ctx.now,
    )
    return deciding.propose(ctx, proposal, own=(term.label,))


@it.command("term edit", help=said.HELP_EDIT, usage="<term or number>", read_only=True)
def edit_named(ctx: Context, text: str) -> Reply:
    """Open the form for another wording."""
    sense, _ = typed.sense(ctx, parse(text), "edit")
    return suggest.open(ctx, sense=sense.id or 0)


@it.command("term alias", help=said.HELP_ALIAS, usage="<alias> = <term>")
def alias(ctx: Context, text: str) -> Reply:
    """Suggest another name for a term."""
    line = parse(text)
    name = tidy(" ".join(line.words))
    target = key_norm(line.rest or "")
    if not name or not target:
        raise Invalid(said.HOW_TO_ALIAS)
    typed.label(name)
    entry = shelf.shelf(ctx.session).index.named(line.rest or "")
    if entry is None:
        raise Invalid(texts.nothing_found(typed.echo(line.rest or "")))
    if tables.term_named(ctx.session, key_norm(name)):
        raise Conflict(texts.name_taken(name))
    top = rules.arrange(entry.meanings, typed.department(line) or ctx.person.department)[0]
    proposal = Proposal(
        act=Act.ALIAS,
        label=entry.label,
        department=top.department,
        sense_id=top.id,
        content={"alias": name},
        seats=list(rules.seats([top.department])),
        proposer_id=ctx.person.id,
        created_at=ctx.now,
    )
    return deciding.propose(ctx, proposal)


@it.command("term deprecate", help=said.HELP_DEPRECATE, usage='<term or number> [--use="…"]')
def deprecate(ctx: Context, text: str) -> Reply:
    """Suggest that a meaning is no longer used."""
    line = parse(text)
    sense, term = typed.sense(ctx, line, "deprecate")
    use = tidy(line.flags.get("use", ""))
    proposal = Proposal(
        act=Act.DEPRECATE,
        label=term.label,
        department=sense.department,
        sense_id=sense.id,
        content={"use": typed.label(use) if use else "", "version": sense.version},
        seats=list(rules.seats([sense.department])),
        proposer_id=ctx.person.id,
        created_at=ctx.now,
    )
    return deciding.propose(ctx, proposal)


def _propose_addition(
    ctx: Context, label: str, department: str, wording: Wording, aliases: tuple[str, ...]
) -> Message:
    term = tables.term_named(ctx.session, key_norm(label))
    if term and tables.sense_of(ctx.session, term, department):
        raise Conflict(said.sense_exists(term.label, department))
    for alias in aliases:
        holder = tables.term_named(ctx.session, key_norm(alias))
        if holder and holder.key_norm != key_norm(label):
            raise Conflict(texts.name_taken(alias))
    proposal = Proposal(
        act=Act.ADD,
        label=term.label if term else label,
        department=department,
        content={"wording": wording.as_json(), "aliases": list(aliases)},
        seats=list(rules.seats([department])),
        proposer_id=ctx.person.id,
        created_at=ctx.now,
    )
    return deciding.propose(ctx, proposal, own=(label, *aliases, wording.expansion))
