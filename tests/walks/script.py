"""A story played on one platform, and the minutes of it: who read what after each act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import or_

from bot.menu import ASK_HERE, ASK_HERE_ON
from tests.clients.client import OFFER, Client
from tests.walks.company import Company
from workflows.incidents.codenames import COLOURS, CREATURES

#: Whoever reads the channel.
ALL = "all"

#: A moment in the reader's own zone, as each platform's client is told to show it.
_MOMENT = re.compile(r"<!date[^>]*>|\{\{DATE[^}]*\}\} \{\{TIME[^}]*\}\}")
_BULLETS_AND_JOINERS = re.compile("[•\u2060]")
#: Between a choice and its hint, where a platform has them on one line.
_DASH = " — "
#: Slack's client counts the items of a list by itself.
_NUMBERS = re.compile(r"^[0-9]+\. ", re.MULTILINE)
#: A window that only answers has a title where the platform asks for one.
_OWN_TITLE = re.compile(r"^Parley\n")
#: A link, and the words that people read of it.
_LINK = re.compile(r"<https?://[^|>]+\|([^>]+)>|\[([^\]]+)\]\(https?://[^)]+\)")
#: Where a platform asks for a moment by two inputs.
_DAY_AND_TIME = re.compile(r"(\S[^?]*\?) \(day\) \1 \(time, [^)]*\)")
#: Two words that are chosen anew each time.
_CODENAME = re.compile(rf"\b({'|'.join(COLOURS)})[ -]({'|'.join(CREATURES)})\b")
_BEFORE_MARKS = re.compile(r" (?=[.,;:!?)”])")


@dataclass
class Script:
    """Plays acts one after the other, and keeps what each brought into anybody's sight."""

    company: Company
    client: Client
    cast: Sequence[str]
    minutes: list[str] = field(default_factory=list)
    _noted: dict[str, Counter[str]] = field(default_factory=dict)

    async def play(self, act: Awaitable[object], reader: str, *words: str) -> None:
        """Do *act*, which lets *reader* read each of *words* anew."""
        await act
        await self.client.until(lambda: _has(words, self._news(reader)))
        await self.company.quiet()
        for one in (ALL, *self.cast):
            self.minutes += [f"{one}: {said}" for said in sorted(self._news(one))]
            self._noted[one] = self._sight(one)

    def note(self, line: str) -> None:
        """Put something else on record, such as what stands beside an input."""
        self.minutes.append(line)

    def _news(self, reader: str) -> list[str]:
        """Return what the reader did not read before; what was edited counts as new."""
        return list((self._sight(reader) - self._noted.get(reader, Counter())).elements())

    def _sight(self, reader: str) -> Counter[str]:
        if reader == ALL:
            # What stands on each platform is one thing said to all.
            return reduce(or_, map(self._heard, self.client.publics()))
        return self._heard([*self.client.told(reader), self.client.window_of(reader)])

    def _heard(self, seen: Sequence[str]) -> Counter[str]:
        return Counter(plainly(words) for words in seen if self._is_answer(words))

    def _is_answer(self, words: str) -> bool:
        return bool(words) and words not in self.client.around_answers and OFFER not in words


@cache
def plainly(words: str) -> str:
    """Return *words* on one line, without what each platform draws in a way of its own."""
    words = _NUMBERS.sub("", words.replace(ASK_HERE_ON["slack"], ASK_HERE))
    words = _LINK.sub(r"\1\2", _CODENAME.sub("copper heron", words))
    words = _BULLETS_AND_JOINERS.sub("", _MOMENT.sub(" ", _OWN_TITLE.sub("", words)))
    words = _DAY_AND_TIME.sub(r"\1", " ".join(words.replace(_DASH, " ").split()))
    return _BEFORE_MARKS.sub("", words)


def _has(words: Sequence[str], news: Sequence[str]) -> bool:
    return all(any(wanted in one for one in news) for wanted in words)
