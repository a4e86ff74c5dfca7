"""Looking terms up and sharing them; the other handlers stand beside."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bot.context import Context
from bot.errors import NotFound
from bot.inbound import QuotedMessage
from bot.menu import say_button
from bot.roles import Role
from bot.text import Line, parse
from bot.ui import Button, Message, Reply, Results
from bot.workflow import NO_SUCH_THING
from workflows.glossary import (
    agenda_part,
    exchange,
    explaining,
    proposing,
    reviewing,
    rules,
    shelf,
    texts,
    typed,
    views,
)
from workflows.glossary import workflow as it
from workflows.glossary.index import Entry, Found, Index, Meaning
from workflows.glossary.rules import Status, Vocabulary

__all__ = ["agenda_part", "exchange", "reviewing"]

#: Meanings beside the one on top that get a button of their own.
OTHERS_SHOWN = 3
QUOTED_TERMS_SHOWN = 8
LONGEST_PAGE = 6  #: digits
#: What a search box offers; more nobody reads while typing.
RESULTS = 10


@it.command(
    "term",
    help=texts.HELP_TERM,
    usage="<word>",
    example="term EDRM",
    offer=texts.OFFER_TERM,
    allow=Role.STRANGER,
    quick=True,
)
def term(ctx: Context, text: str) -> Reply:
    """Answer what a term means, privately."""
    return _look_up(ctx, text)


@it.command("term get", help=texts.HELP_GET, usage="<word>", allow=Role.STRANGER, quick=True)
def get(ctx: Context, text: str) -> Reply:
    """Look up a word even when it is a verb."""
    return _look_up(ctx, text)


@it.action("found", allow=Role.STRANGER, read_only=True)
def found_term(ctx: Context, term: int) -> Reply:
    """Show a term that was suggested."""
    entry = shelf.shelf(ctx.session).index.entries.get(term)
    if entry is None:
        raise NotFound(NO_SUCH_THING)
    return _definition(ctx, entry, rules.arrange(entry.meanings, ctx.person.department))


@it.action("show", allow=Role.STRANGER, read_only=True)
def show(ctx: Context, term: int, sense: int, vocabulary: Vocabulary) -> Reply:
    """Show one meaning on top, in one of the two vocabularies."""
    entry, top = _meaning(ctx, term, sense)
    others = [meaning for meaning in entry.meanings if meaning.id != sense]
    others = rules.arrange(others, ctx.person.department)
    return _definition(ctx, entry, [top, *others], vocabulary=vocabulary)


@it.action("other", allow=Role.STRANGER, read_only=True)
def other(ctx: Context, asked: str) -> Reply:
    """Offer what else might have been meant."""
    asked = typed.echo(asked)
    near = shelf.shelf(ctx.session).index.neighbours(asked, ctx.person.department)
    buttons = [*map(_found_button, near), *_suggest_meaning(ctx, asked)]
    if near:
        text = texts.something_else(asked)
    else:
        text = texts.nothing_else(asked) if ctx.person.id else texts.nothing_near(asked)
    return views.choices(text, _labels(near), buttons)


@it.action("share")
def share(ctx: Context, term: int, sense: int) -> Reply:
    """Post a meaning where the button was pressed."""
    entry, top = _meaning(ctx, term, sense)
    return _share(ctx, entry, top)


@it.command("term share", help=texts.HELP_SHARE, usage="<word>")
def share_named(ctx: Context, text: str) -> Reply:
    """Post a term's meaning in this channel or thread."""
    line = parse(text)
    asked = typed.asked(line)
    department = typed.department(line) or ctx.person.department
    found = shelf.shelf(ctx.session).index.find(asked, department)
    if found.entry is None:
        return _not_found(ctx, asked, found) if asked else Message(text=texts.WHAT_TO_LOOK_UP)
    return _share(ctx, found.entry, found.meanings[0])


@it.command(
    "term search",
    help=texts.HELP_SEARCH,
    usage="<words>",
    example="term search lost laptop",
    allow=Role.STRANGER,
    read_only=True,
)
def search(ctx: Context, text: str) -> Reply:
    """Find terms by words anywhere in their explanation."""
    line = parse(text)
    words = typed.asked(line).casefold().split()
    if not words:
        return Message(text=texts.WHAT_TO_SEARCH)
    hits = [
        (entry, meaning)
        for entry, meaning in _in_order(shelf.shelf(ctx.session).index)
        if all(word in _searchable(entry, meaning) for word in words)
    ]
    first = _first_shown(line)
    shown = hits[first : first + views.PAGE]
    asked = " ".join(words)
    said = texts.search_result(typed.echo(asked), first, len(shown), len(hits))
    more = _next_page(f"term search {asked}", line, len(hits))
    return views.with_buttons(views.found_terms(said, shown), more)


@it.command(
    "term list",
    help=texts.HELP_LIST,
    usage="[--dept=…] [--status=…]",
    example="term list",
    allow=Role.STRANGER,
    read_only=True,
)
def list_terms(ctx: Context, text: str) -> Reply:
    """List the terms, page by page."""
    line = parse(text)
    department, status = typed.department(line), typed.status(line)
    entries = [
        (entry, meaning)
        for entry, meaning in _in_order(shelf.shelf(ctx.session).index)
        if department in (None, meaning.department)
        and status in (None, rules.status_at(meaning.status, meaning.review_due, ctx.now))
    ]
    first = _first_shown(line)
    if first >= len(entries):
        return Message(text=texts.NO_TERMS)
    more = _next_page("term list", line, len(entries))
    return views.with_buttons(views.listing(entries, first, ctx.now), more)


@it.search("find", title=texts.FIND, help=texts.HELP_FIND, allow=Role.STRANGER)
def find(ctx: Context, text: str) -> Results:
    """Offer the terms that what is typed may mean, the likeliest first."""
    asked = " ".join(text.split())
    index, department = shelf.shelf(ctx.session).index, ctx.person.department
    entries = dict.fromkeys(_likely(index, asked, department))
    tops = ((entry, rules.arrange(entry.meanings, department)[0]) for entry in entries)
    in_use = ((entry, top) for entry, top in tops if top.status is not Status.DEPRECATED)
    results = tuple(views.result(entry, top, ctx.now) for entry, top in islice(in_use, RESULTS))
    said = texts.results(len(results)) if results else _say_what_is_missing(ctx, asked)
    return Results(text=said, results=results)


@it.shortcut(
    "explain",
    title=texts.EXPLAIN,
    help=texts.HELP_EXPLAIN,
    allow=Role.STRANGER,
    read_only=True,
)
def explain(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Explain the terms that a message uses."""
    index = shelf.shelf(ctx.session).index
    entries = list(dict.fromkeys(explaining.terms_in(quoted.text, index)))
    if not entries:
        add = [proposing.add.button(texts.SUGGEST_MEANING)] if ctx.person.id else []
        return views.choices(texts.NOTHING_QUOTED, (), add)
    shown = entries[:QUOTED_TERMS_SHOWN]
    if len(shown) == 1:
        meanings = rules.arrange(shown[0].meanings, ctx.person.department)
        return _definition(ctx, shown[0], meanings)
    lines = [(entry, rules.arrange(entry.meanings, ctx.person.department)[0]) for entry in shown]
    return views.with_buttons(
        views.found_terms(texts.QUOTED, lines), [_found_button(entry) for entry in shown]
    )


def _likely(index: Index, asked: str, department: str | None) -> Iterator[Entry]:
    """Yield what *asked* names or nearly names, then what begins with it, then what mentions it."""
    found = index.find(asked, department)
    yield from (found.entry,) if found.entry else found.suggested
    everything, words = list(_in_order(index)), asked.casefold().split()
    yield from (
        entry for entry, _ in everything if entry.label.casefold().startswith(asked.casefold())
    )
    for entry, meaning in everything:
        if all(word in _searchable(entry, meaning) for word in words):
            yield entry


def _page(line: Line) -> int:
    given = line.flags.get("page", "")
    return max(1, int(given[:LONGEST_PAGE])) if given.isdecimal() else 1


def _first_shown(line: Line) -> int:
    return (_page(line) - 1) * views.PAGE


def _next_page(words: str, line: Line, total: int) -> list[Button]:
    """Return the button that goes on, unless this was the last page."""
    page = _page(line)
    if page * views.PAGE >= total:
        return []
    flags = {**line.flags, "page": str(page + 1)}
    said = " ".join((words, *(f'--{name}="{value}"' for name, value in flags.items())))
    return [say_button(texts.NEXT_PAGE, said)]


def _look_up(ctx: Context, text: str) -> Message:
    line = parse(text)
    asked = typed.asked(line)
    if not asked:
        return Message(text=texts.WHAT_TO_LOOK_UP)
    department = typed.department(line) or ctx.person.department
    here = ctx.recall(shelf.shelf)
    found = here.index.exactly(asked, department)
    if found is None:
        ctx.take_time()
        found = here.index.find(asked, department)
    here.count(found, ctx.person.department, ctx.now.date())
    if found.entry is None:
        return _not_found(ctx, asked, found)
    return _shown(ctx, here, found.entry, found.meanings, asked)


def _shown(
    ctx: Context, here: shelf.Shelf, entry: Entry, meanings: Sequence[Meaning], asked: str
) -> Message:
    """Return the definition, made once for all readers to whom it looks the same."""
    top = meanings[0]
    status = rules.status_at(top.status, top.review_due, ctx.now)
    order = tuple(meaning.id for meaning in meanings)
    key = (order, typed.echo(asked), status, bool(ctx.person.id))
    return here.shown(entry, key, lambda: _definition(ctx, entry, meanings, asked=asked))


def _meaning(ctx: Context, term: int, sense: int) -> tuple[Entry, Meaning]:
    entry = shelf.shelf(ctx.session).index.entries.get(term)
    for meaning in entry.meanings if entry else ():
        if entry and meaning.id == sense:
            return entry, meaning
    raise NotFound(NO_SUCH_THING)


def _definition(
    ctx: Context,
    entry: Entry,
    meanings: Sequence[Meaning],
    *,
    vocabulary: Vocabulary = Vocabulary.PLAIN,
    asked: str = "",
) -> Message:
    top = meanings[0]
    buttons = [
        *_member_buttons(ctx, entry, top, vocabulary),
        other.button(texts.NOT_MEANT, asked=typed.echo(asked or entry.label)),
        *(_show_button(entry, meaning) for meaning in meanings[1 : 1 + OTHERS_SHOWN]),
    ]
    return views.definition(entry, meanings, vocabulary=vocabulary, now=ctx.now, buttons=buttons)


def _member_buttons(
    ctx: Context, entry: Entry, top: Meaning, vocabulary: Vocabulary
) -> Iterator[Button]:
    """Yield the buttons about the meaning on top; strangers only switch the vocabulary."""
    if ctx.person.id and top.status is not Status.DEPRECATED:
        yield share.button(texts.SHARE, term=entry.id, sense=top.id)
    if vocabulary is Vocabulary.EXPERT:
        yield show.button(texts.PLAIN, term=entry.id, sense=top.id, vocabulary=Vocabulary.PLAIN)
    elif top.wording.expert:
        yield show.button(texts.EXPERT, term=entry.id, sense=top.id, vocabulary=Vocabulary.EXPERT)
    if ctx.person.id:
        yield proposing.suggest.button(texts.SUGGEST, sense=top.id)


def _show_button(entry: Entry, meaning: Meaning) -> Button:
    label = texts.show_as(meaning.department, meaning.wording.expansion)
    return show.button(label, term=entry.id, sense=meaning.id, vocabulary=Vocabulary.PLAIN)


def _found_button(entry: Entry) -> Button:
    return found_term.button(entry.label, term=entry.id)


def _suggest_meaning(ctx: Context, asked: str) -> list[Button]:
    if not ctx.person.id or len(asked) > rules.LABEL_MAX:
        return []
    return [proposing.add.button(texts.SUGGEST_MEANING, term=asked)]


def _say_what_is_missing(ctx: Context, asked: str) -> str:
    shown = typed.echo(asked)
    if len(asked) > rules.LABEL_MAX:
        return texts.too_long_to_look_up(shown, rules.LABEL_MAX)
    return texts.nothing_found(shown) if ctx.person.id else texts.nothing_for_strangers(shown)


def _not_found(ctx: Context, asked: str, found: Found) -> Message:
    buttons = [*map(_found_button, found.suggested), *_suggest_meaning(ctx, asked)]
    text = _say_what_is_missing(ctx, asked)
    if found.suggested:
        text = texts.did_you_mean(typed.echo(asked))
    return views.choices(text, _labels(found.suggested), buttons)


def _labels(entries: Iterable[Entry]) -> list[str]:
    return [entry.label for entry in entries]


def _share(ctx: Context, entry: Entry, top: Meaning) -> Message:
    if top.status is Status.DEPRECATED:
        return Message(text=texts.NOT_TO_SHARE)
    if ctx.one_to_one:
        return Message(text=texts.share_elsewhere(entry.label))
    card = views.definition(
        entry,
        [top],
        vocabulary=Vocabulary.PLAIN,
        now=ctx.now,
        note=texts.shared_by(ctx.person.name),
    )
    ctx.send(ctx.place, card, about=f"sense:{top.id}")
    return Message(text=texts.SHARED_HERE)


def _in_order(index: Index) -> Iterator[tuple[Entry, Meaning]]:
    """Yield every meaning, by label."""
    for entry in sorted(index.entries.values(), key=lambda entry: entry.label.casefold()):
        for meaning in rules.arrange(entry.meanings, None):
            yield entry, meaning


def _searchable(entry: Entry, meaning: Meaning) -> str:
    wording = meaning.wording
    told = (wording.expansion, wording.plain, wording.expert, wording.example)
    return " ".join((entry.label, *entry.aliases, *told)).casefold()
