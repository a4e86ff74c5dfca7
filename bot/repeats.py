"""What was answered lately: the same act, come once more, gets the same answer."""

from __future__ import annotations

from collections import OrderedDict

from bot.inbound import Inbound, Post
from bot.ui import Answer, Message

REMEMBERED = 1_000

TWICE = "This reached me twice. It was done once, and nothing more is needed."


class Repeated(Exception):
    """The same act was seen before."""


class Repeats:
    """The last answers of this process, only in memory, since they may be confidential."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def keep(self, inbound: Inbound, answer: Answer) -> None:
        """Keep the answer for a repeat."""
        self._answers[inbound.id] = answer
        while len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)

    def knows(self, inbound: Inbound) -> bool:
        """Say whether the answer is still there."""
        return inbound.id in self._answers

    def answer(self, inbound: Inbound) -> Answer:
        """Return what was answered, or that it was done."""
        # A message in a channel needs no answer; whoever asked for something needs one.
        unknown = None if isinstance(inbound, Post) else Message(text=TWICE)
        return self._answers.get(inbound.id, unknown)
