"""What people typed after a verb, as the glossary understands it."""

from bot.context import Context
from bot.errors import Invalid
from bot.text import Line
from workflows.glossary import proposal_texts, rules, shelf, tables, texts
from workflows.glossary.rules import Status, key_norm
from workflows.glossary.tables import Sense, Term

#: Characters of somebody's words that an answer repeats.
ECHO_MAX = 60


def asked(line: Line) -> str:
    """Return the words to look up, or "" when none could be found under any key.

    A word with `=` in it is looked up as it was typed.
    """
    words = " ".join(line.words) or ("" if line.flags else line.text)
    return words if key_norm(words) else ""


def echo(text: str) -> str:
    """Return *text* short enough to be repeated in an answer."""
    return text if len(text) <= ECHO_MAX else f"{text[:ECHO_MAX]}…"


def department(line: Line) -> str | None:
    """Return the department that `--dept` names.

    Raises:
        Invalid: there is no such department in the glossary.
    """
    given = line.flags.get("dept", "").casefold()
    if given and given not in rules.DEPARTMENTS:
        raise Invalid(texts.no_such("department", echo(given), rules.DEPARTMENTS))
    return given or None


def status(line: Line) -> Status | None:
    """Return the status that `--status` names.

    Raises:
        Invalid: there is no such status.
    """
    given = line.flags.get("status", "").casefold()
    if given and given not in list(Status):
        raise Invalid(texts.no_such("status", echo(given), list(Status)))
    return Status(given) if given else None


def label(text: str, field: str = "term") -> str:
    """Return *text* as the name of a term.

    Raises:
        Invalid: it cannot be one; the problem stands beside *field*.
    """
    if not key_norm(text) or len(text) > rules.LABEL_MAX or "|" in text:
        raise Invalid(fields={field: texts.bad_label(rules.LABEL_MAX)})
    return text


def sense(ctx: Context, line: Line, verb: str) -> tuple[Sense, Term]:
    """Return the meaning that somebody named by its number or by its term, after *verb*.

    Raises:
        Invalid: there is none.
    """
    words = asked(line)
    if words.isdecimal() and len(words) <= len(str(2**31)):
        id = int(words)
    else:
        wanted = department(line) or ctx.person.department
        found = shelf.shelf(ctx.session).index.find(words, wanted)
        id = found.meanings[0].id if found.meanings else 0
    chosen = tables.sense_with_term(ctx.session, id) if id < 2**31 else None
    if chosen is None:
        raise Invalid(proposal_texts.which_sense(verb))
    return chosen
