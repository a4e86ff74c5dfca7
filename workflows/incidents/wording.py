"""The wording check: it shows another way to say something, counts, and stops nobody."""

import re
from collections.abc import Mapping

from sqlmodel import Session

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import parse
from bot.ui import Items, Message, Text
from workflows.incidents import review_tables as tables
from workflows.incidents import wording_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.review_tables import Wording

_ENDINGS = "(?:s|d|ed|ing|ly)?"
_LONGEST = 80  #: characters


def words(session: Session) -> Mapping[str, str]:
    """Return each word that is noticed, and what to write instead."""
    found = {**texts.DEFAULTS, **tables.wording(session)}
    return {word: instead for word, instead in found.items() if instead}


def noticed(text: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words that stand in a text, as they stand there, with what to write instead."""
    found = []
    for word, instead in words.items():
        written = r"\s+".join(map(re.escape, word.split()))
        pattern = rf"(?<!\w){written}{_ENDINGS}(?!\w)"
        found += [(match.group(), instead) for match in re.finditer(pattern, text, re.IGNORECASE)]
    return found


@it.command("security wording", help=texts.HELP, allow=Role.ADMIN, read_only=True)
def show(ctx: Context, text: str) -> Message:
    """Show the words."""
    lines = texts.listed(words(ctx.session))
    return Message(
        text=f"{texts.HELP} {'; '.join(lines)}",
        blocks=(Text(text=texts.HELP), Items(items=tuple(lines))),
    )


@it.command("security wording add", help=texts.HELP_ADD, usage=texts.USAGE_ADD, allow=Role.ADMIN)
def add(ctx: Context, text: str) -> Message:
    """Notice a word from now on."""
    line = parse(text)
    word, instead = " ".join(line.words).lower(), (line.rest or "").strip()
    if not word or not instead or max(len(word), len(instead)) > _LONGEST:
        raise Invalid(texts.WHICH)
    _keep(ctx, word, instead)
    return Message(text=texts.added(word))


@it.command("security wording drop", help=texts.HELP_DROP, usage=texts.USAGE_DROP, allow=Role.ADMIN)
def drop(ctx: Context, text: str) -> Message:
    """Let a word be from now on."""
    word = " ".join(parse(text).words).lower()
    if word not in words(ctx.session):
        raise Conflict(texts.NOT_THERE)
    _keep(ctx, word, "")
    return Message(text=texts.dropped(word))


def _keep(ctx: Context, word: str, instead: str) -> None:
    ctx.session.merge(Wording(word=word, instead=instead))
    ctx.record(f"wording:{word}", after=instead)
