"""What is read of a channel when somebody reports a message there: what was said, and files."""

from __future__ import annotations

from datetime import UTC, datetime

from adapters.slack.api import SlackApi, next_cursor
from adapters.slack.shapes import Shape, Texts, Written
from adapters.slack.words import plain
from bot.errors import DeliveryError
from bot.inbound import FileRef, QuotedMessage
from bot.platform import BEFORE, NOT_HANDED_OUT, TOO_LARGE
from bot.wire import shaped

PAGE = 200
#: A thread is read from its beginning; of one that is longer than all these, no end is known.
MOST_PAGES = 10


class Page(Shape):
    """Messages of a channel or of a thread."""

    messages: tuple[Written, ...] = ()


class Described(Shape):
    """A file; what Slack only links to, or has deleted, it has no address of its own for."""

    size: int = 0
    url_private_download: Texts = ""


async def before(api: SlackApi, channel: str, ts: str, thread: str | None) -> list[QuotedMessage]:
    """Return what people read above the message *ts*, in order.

    Raises:
        DeliveryError: for good, where we may not read.
    """
    if thread in {None, ts}:
        answer = await api.call(
            "conversations.history", channel=channel, latest=ts, inclusive=False, limit=BEFORE
        )
        found = list(reversed(shaped(Page, answer).messages))
    else:
        found = await _above(api, channel, ts, thread)
    return [_quoted(one) for one in found]


async def download(api: SlackApi, file: FileRef, *, most: int) -> bytes:
    """Return what is in a file that Slack itself keeps.

    Raises:
        DeliveryError: for good, where it is larger, elsewhere, or not for us.
    """
    answer = await api.call("files.info", file=file.id)
    described = shaped(Described, answer.get("file"))
    if described.size > most:
        raise DeliveryError(TOO_LARGE, permanent=True)
    if not described.url_private_download:
        raise DeliveryError(NOT_HANDED_OUT, permanent=True)
    return await api.load(described.url_private_download, most=most)


async def _above(api: SlackApi, channel: str, ts: str, thread: str | None) -> list[Written]:
    """Return what a thread answers, and the last few answers before *ts*."""
    found: list[Written] = []
    cursor = ""
    for _ in range(MOST_PAGES):
        answer = await api.call(
            "conversations.replies",
            channel=channel,
            ts=thread,
            latest=ts,
            limit=PAGE,
            cursor=cursor or None,
        )
        found += [one for one in shaped(Page, answer).messages if one.ts != ts]
        found = [*found[:1], *found[1:][-BEFORE:]]
        cursor = next_cursor(answer)
        if not cursor:
            break
    return found


def _quoted(message: Written) -> QuotedMessage:
    return QuotedMessage(
        id=message.ts,
        text=plain(message.text),
        author=message.user or message.bot_id or "",
        sent_at=datetime.fromtimestamp(float(message.ts), UTC),
    )
