"""All routes of all workflows in one place, and which of them an act means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.hooks import Awaiting, HomeSection, Meeting, Missing, Page, Sweep
from bot.inbound import Command, Notice, Post
from bot.text import nearest, typed
from bot.workflow import (
    CommandRoute,
    Route,
    SearchRoute,
    ShortcutRoute,
    TimerRoute,
    Workflow,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Spoken:
    """A command as it was understood: the route's line and the text after its name."""

    command: CommandRoute
    text: str


class Routes:
    """What can be asked of Parley: the union of its workflows."""

    def __init__(self, workflows: Iterable[Workflow]) -> None:
        self.commands: dict[str, CommandRoute] = {}
        self.housekeeping: set[str] = set()
        #: Other first words, each with the verb that it stands for.
        self.aliases: dict[str, str] = {}
        #: The verbs that a full menu leaves out first.
        self.asides: set[str] = set()
        self.actions: dict[str, Route[...]] = {}
        self.shortcuts: dict[str, ShortcutRoute] = {}
        self.searches: dict[str, SearchRoute] = {}
        self.timers: dict[str, TimerRoute] = {}
        self.listeners: dict[str, list[Route[[Post]]]] = {}
        self.notices: dict[str, Route[[Notice]]] = {}
        self.home_sections: list[HomeSection] = []
        self.meetings: list[Meeting] = []
        self.sweeps: list[Sweep] = []
        self.awaiting: list[Awaiting] = []
        self.misses: list[Missing] = []
        self.pages: dict[str, Page] = {}
        for workflow in workflows:
            self._add(workflow)
        #: How many words the longest name has that begins with a word.
        self._longest: dict[str, int] = {}
        for name in self.commands:
            first, *others = name.split()
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(others))
        if taken := self._longest.keys() & self.aliases.keys():
            raise ValueError(f"{', '.join(sorted(taken))} is a verb and another word for one.")

    def _add(self, workflow: Workflow) -> None:
        _join(self.commands, workflow.commands)
        _join(self.aliases, workflow.aliases)
        self.asides |= workflow.asides
        if workflow.is_housekeeping:
            self.housekeeping |= workflow.commands.keys()
        _join(self.actions, workflow.actions)
        _join(self.shortcuts, workflow.shortcuts)
        _join(self.searches, workflow.searches)
        _join(self.timers, workflow.timers)
        _join(self.notices, workflow.notices)
        _join(self.pages, workflow.pages)
        for room, listener in workflow.listeners.items():
            self.listeners.setdefault(room, []).append(listener)
        self.home_sections.extend(workflow.home_sections)
        self.meetings.extend(workflow.meetings)
        self.sweeps.extend(workflow.sweeps)
        self.awaiting.extend(workflow.awaiting)
        self.misses.extend(workflow.misses)

    def spoken(self, command: Command) -> Spoken | None:
        """Return what *command* means; the longest name that its words begin with wins."""
        first, words = self._in_our_words(words_of(command))
        for length in range(self._longest.get(first, 0), 0, -1):
            *name, text = (*words.split(None, length), "")[: length + 1]
            known = self.commands.get(" ".join(name).casefold())
            if known is not None:
                return Spoken(known, text.strip())
        return None

    def _in_our_words(self, words: str) -> tuple[str, str]:
        """Return the verb and all of *words*, the verb in the place of another word for it."""
        said, *rest = words.split(None, 1) or [""]
        first = said.casefold()
        if first not in self.aliases:
            return first, words
        return self.aliases[first], " ".join((self.aliases[first], *rest))

    def verb_of(self, word: str) -> str:
        """Return the verb that *word* is another word for, else *word*."""
        return self.aliases.get(word, word)

    def verbs(self) -> dict[str, CommandRoute]:
        """Return each first word with the line that explains it, by name.

        The words of housekeeping are left out: platforms' menus are short, and show all the same.
        """
        verbs: dict[str, CommandRoute] = {}
        for name, line in sorted(self.commands.items()):
            if name not in self.housekeeping:
                verbs.setdefault(name.split()[0], line)
        return verbs

    def begins(self, word: str) -> bool:
        """Say whether commands begin with *word*, which need be none by itself."""
        return word in self._longest

    def nearest_verb(self, verb: str) -> str | None:
        """Return the verb that *verb* is a slip of."""
        return nearest(verb, {name.split()[0] for name in self.commands} | self.aliases.keys())


def words_of(command: Command) -> str:
    """Return all words of *command*; "/parley term EDRM" says just "term EDRM"."""
    name = "" if command.name == "parley" else command.name
    return typed(f"{name} {command.text}").strip()


def _join(known: dict[str, T], new: Mapping[str, T]) -> None:
    """Add *new* to *known*.

    Raises:
        ValueError: a name is taken; two workflows must not answer to the same word.
    """
    if taken := known.keys() & new.keys():
        raise ValueError(f"Two workflows register {', '.join(sorted(taken))}.")
    known.update(new)
