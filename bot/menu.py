"""What Parley says of itself: the menu, Home, and help after a slip of the tongue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby

from bot.context import Context
from bot.inbound import Inbound
from bot.roles import Allowed, Role
from bot.routes import Routes
from bot.text import nearest, split_verb
from bot.ui import (
    Answer,
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    Form,
    Message,
    Note,
    Text,
    TextStyle,
)
from bot.workflow import CommandRoute
from storage.people import Person

#: A press on a button of this route says its words for the person who pressed.
RUN = "parley.run"

GREETINGS = frozenset({"", "help", "?", "hello", "hi", "hey", "start", "menu"})
HELP_WORDS = frozenset({"help", "?"})
TRY_THIS = 3
#: More commands nobody reads through, and no card of Teams holds them all.
MOST_LINES = 60
LONGEST_ECHO = 40  #: characters of what somebody typed that an answer repeats
#: Where the label of an offer repeats them; one without it is for a sentence.
ECHO = "{words}"
FEWEST_OF_A_SENTENCE = 3  #: words
LONGEST_LABEL = 75  #: characters; both platforms show a button of that length
LONGEST_WORDS = 1_500  #: characters; a platform's button carries 2,000 with all that wraps them

INTRODUCTION = (
    "I am Parley. I help security and talent acquisition, with HR, Legal, Comms and IT beside "
    "them, to work as one."
)
FOR_STRANGERS = (
    "I do not know you as a colleague, so I can only do what “help” lists for you. "
    "If you work here and I know you on another platform, say “people link”; "
    "else ask an admin of Parley in your company to add you."
)
#: Where one platform alone is on, there is nothing to link.
FOR_STRANGERS_HERE = (
    "I do not know you as a colleague, so I can only do what `help` lists for you. "
    "If you work here, ask an admin of Parley in your company to add you."
)
NO_COMMAND = "I do not know that as a command."
UNSURE = (
    "I could not find out just now whether you are a colleague or a guest, so nothing was "
    "changed. Please try again in a minute."
)
APOLOGY = (
    "Something went wrong on my side, and nothing was changed. Please try once more. "
    "If it happens again, tell an admin of Parley the number {reference}."
)
#: Texts name commands by their words alone, which are the same at every door of every platform;
#: `where_to_ask` alone says where they are typed.
ASK_HERE = "in our own chat, or after @Parley in a channel"
ASK_HERE_ON = {"slack": "in our own chat, after @Parley in a channel, or after /parley"}
#: Where an answer or a form is more than the platform takes at once.
TOO_BIG = Message(
    text=(
        "What you asked for was done, but the answer is too long to show here. "
        "Ask for a smaller part of it."
    )
)
FORM_TOO_BIG = Message(
    text=(
        "The form is too long to be shown here, and nothing was changed. "
        "Please tell an admin of Parley which form you asked for."
    )
)


def may(person: Person, role: Allowed) -> bool:
    """Say whether *person* may use a route that asks for *role*."""
    if isinstance(role, tuple):
        return any(may(person, one) for one in role)
    if role is Role.STRANGER:
        return True
    if role is Role.MEMBER:
        return bool(person.id)
    return person.holds(role)


def say_button(label: str, words: str) -> Button:
    """Return a button that says *words* to Parley for the person who presses it."""
    return Button(label=label, route=RUN, payload={"words": words})


def unknown_verb(command: str, words: str, verbs: Sequence[str]) -> Message:
    """Say that *command* has no verb like the first of *words*, and offer the nearest one."""
    verb, rest = split_verb(words)
    text = (
        f"“{command} {_echo(verb)}” means nothing to me. After “{command}” I know "
        f"{', '.join(verbs)}. Nothing was changed."
    )
    meant = nearest(verb, verbs)
    said = f"{command} {meant} {rest}".strip()
    if meant is None or len(said) > LONGEST_WORDS:
        return Message(text=text)
    yes = say_button(f"Yes: {said}"[:LONGEST_LABEL], said)
    return Message(text=text, blocks=(Text(text=text), Buttons(buttons=(yes,))))


def where_to_ask(platform: str) -> str:
    """Say where commands are typed on the reader's platform."""
    return ASK_HERE_ON.get(platform, ASK_HERE)


def is_for_menu(words: str) -> bool:
    """Say whether words that are no command ask for the menu, a part of it, or Home."""
    said = _normal(words)
    return said in GREETINGS or said == "home" or said.split()[0] in HELP_WORDS


def answer(routes: Routes, ctx: Context, words: str) -> Message:
    """Answer words that are no command: a greeting, `home`, a bare verb, or nothing we know."""
    said = _normal(words)
    if said in GREETINGS:
        return _menu(allowed(routes, ctx.person), ctx)
    if said == "home":
        return _home(routes, ctx)
    first, *about = said.split()
    if first in HELP_WORDS:
        return help_for(routes, ctx, routes.verb_of(about[0]))
    if routes.begins(first):
        return help_for(routes, ctx, first)
    return _not_understood(routes, ctx.person, words.strip())


def help_for(routes: Routes, ctx: Context, verb: str) -> Message:
    """Explain one verb and all that begins with it."""
    everything = allowed(routes, ctx.person)
    return _menu([line for line in everything if line.name.split()[0] == verb] or everything, ctx)


def form_offer(form: Form) -> Message:
    """Offer *form* behind a button, where the platform opens none by itself."""
    text = f"“{form.title}” opens in a window of its own. Press the button to fill it in."
    label = f"Open “{form.title}”"[:LONGEST_LABEL]
    button = Button(label=label, route=form.route, payload=form.state, opens_form=True)
    return Message(text=text, blocks=(Text(text=text), Buttons(buttons=(button.primary(),))))


def offered(inbound: Inbound, answer: Answer) -> Answer:
    """Offer a form behind a button where none can open by itself."""
    if isinstance(answer, Form) and not (inbound.opens_forms and inbound.inline):
        return form_offer(answer)
    return answer


def job_died(id: int, kind: str, code: str) -> Message:
    """Tell an admin that a job was given up, and what to do."""
    text = (
        f"I gave up on job {id} ({kind}) after several tries: {code}. Nothing is lost. "
        f"When the cause is mended, run “python app.py jobs replay {id}”, "
        f"or “jobs discard {id}” to let it go."
    )
    return Message(text=text)


def allowed(routes: Routes, person: Person) -> list[CommandRoute]:
    """Return the commands for *person* by name, so that each verb stands before its parts."""
    lines = sorted(routes.commands.values(), key=lambda line: line.name)
    return [line for line in lines if may(person, line.route.rules.allow)]


def for_strangers(platforms: Set[str]) -> str:
    """Return what nobody's account is told, where these platforms are on."""
    return FOR_STRANGERS if len(platforms) > 1 else FOR_STRANGERS_HERE


def tries(lines: Iterable[CommandRoute]) -> tuple[Button, ...]:
    """Return a few things to press at once: examples, then commands that need no more words."""
    lines = sorted(lines, key=lambda line: not line.example)
    words = [line.example or line.name for line in lines if line.example or not line.usage]
    return tuple(say_button(f"Try: {each}", each) for each in words[:TRY_THIS])


def _normal(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip("!.? ")


def _menu(lines: Sequence[CommandRoute], ctx: Context) -> Message:
    facts = tuple(_listed(lines))
    blocks: list[Block] = [Text(text=INTRODUCTION)]
    if not ctx.person.id:
        blocks.append(Note(text=for_strangers(ctx.platforms)))
    if facts:
        blocks += [Text(text="What you can ask me", style=TextStyle.HEADING), Facts(facts=facts)]
        blocks.append(Note(text=f"Say any of these {where_to_ask(ctx.user.platform)}."))
    if buttons := tries(lines):
        blocks.append(Buttons(buttons=buttons))
    summary = " ".join(f"{name}: {help}" for name, help in facts)
    return Message(text=f"{INTRODUCTION} {summary}"[:2900].strip(), blocks=tuple(blocks))


def _listed(lines: Sequence[CommandRoute]) -> Iterator[tuple[str, str]]:
    """Yield how each command is said, and what it does; of very many, each verb once."""
    for verb, found in groupby(lines, key=lambda line: line.name.split()[0]):
        own = list(found)
        if len(lines) > MOST_LINES and 1 < len(own) < len(lines):
            yield f"{verb} …", f"{own[0].help} Say “help {verb}” for all {len(own)} of this kind."
        else:
            yield from ((f"{line.name} {line.usage}".strip(), line.help) for line in own)


def _home(routes: Routes, ctx: Context) -> Message:
    greeting = f"Hello {ctx.person.name}." if ctx.person.name else "Hello."
    blocks: list[Block] = [Text(text=greeting, style=TextStyle.HEADING)]
    for section in routes.home_sections:
        blocks += section(ctx)
    blocks.append(Divider())
    blocks += _menu(allowed(routes, ctx.person), ctx).blocks
    return Message(text=f"{greeting} {INTRODUCTION}", blocks=tuple(blocks))


def _not_understood(routes: Routes, person: Person, words: str) -> Message:
    verb, _, rest = words.partition(" ")
    show = say_button("Show me what you can do", "help")
    others = (*_anything(routes, person, words), show)
    nearest = routes.nearest_verb(verb.casefold())
    is_talk = len(words.split()) >= FEWEST_OF_A_SENTENCE
    unknown = NO_COMMAND if is_talk else f"I do not know the word “{_echo(verb)}”."
    meant = f"{nearest} {rest}".strip()
    if nearest is None or len(meant) > LONGEST_WORDS:
        text = f"{unknown} Nothing was changed. Say “help” to see what I can do."
        return Message(text=text, blocks=(Text(text=text), Buttons(buttons=others)))
    text = f"{unknown} Did you mean “{nearest}”? Nothing was changed."
    yes = say_button(f"Yes: {meant}"[:LONGEST_LABEL], meant).primary()
    return Message(text=text, blocks=(Text(text=text), Buttons(buttons=(yes, *others))))


def _echo(word: str) -> str:
    return word if len(word) <= LONGEST_ECHO else f"{word[:LONGEST_ECHO]}…"


def _anything(routes: Routes, person: Person, words: str) -> Iterator[Button]:
    """Offer *words* to the commands that take any words, or a whole sentence."""
    is_short = len(words) <= LONGEST_ECHO
    is_talk = len(words.split()) >= FEWEST_OF_A_SENTENCE and len(words) <= LONGEST_WORDS
    for line in allowed(routes, person):
        if line.offer and (is_short if ECHO in line.offer else is_talk):
            yield say_button(line.offer.format(words=words), f"{line.name} {words}")
