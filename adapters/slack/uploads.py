"""Pictures and files are uploaded to Slack and shown from there, never from an address of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from adapters.slack.api import SlackApi
from adapters.slack.render import pictures
from bot.errors import DeliveryError
from bot.ui import File, Image, Message

log = structlog.get_logger()

_PNG = "image/png"
_TITLE = 200


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that Slack has, and nobody sees yet."""

    id: str
    title: str


async def upload(api: SlackApi, message: Message) -> dict[int, str]:
    """Upload the pictures of *message*; return the file id of each by its place among them.

    Raises:
        DeliveryError: Slack did not take one.
    """
    return {place: await _picture(api, image) for place, image in enumerate(pictures(message))}


async def upload_files(api: SlackApi, message: Message) -> list[Uploaded]:
    """Upload the files of *message*, for `hang` to show them.

    One that Slack refuses is left out, such as where nobody may upload any: the words still come.

    Raises:
        DeliveryError: Slack did not take one, and may later.
    """
    taken = []
    for file in (block for block in message.blocks if isinstance(block, File)):
        try:
            sent = await _sent(api, file.name, file.content, file.type)
        except DeliveryError as error:
            if not error.permanent:
                raise
            log.warning("slack_file_refused", code=error.code)
        else:
            taken.append(Uploaded(sent, file.name))
    return taken


async def hang(api: SlackApi, files: Sequence[Uploaded], *, channel: str, thread: str) -> None:
    """Show files under the message that they belong to, which is there already.

    Where Slack does not, the message stays as it is: posting it again would say it twice.
    """
    if not files:
        return
    shown = [{"id": file.id, "title": file.title} for file in files]
    try:
        await api.call(
            "files.completeUploadExternal", files=shown, channel_id=channel, thread_ts=thread
        )
    except DeliveryError as error:
        log.warning("slack_file_not_shown", code=error.code)


async def _picture(api: SlackApi, image: Image) -> str:
    file = await _sent(api, "chart.png", image.png, _PNG)
    shown = [{"id": file, "title": image.alt[:_TITLE]}]
    await api.call("files.completeUploadExternal", files=shown)
    return file


async def _sent(api: SlackApi, name: str, content: bytes, kind: str) -> str:
    ticket = await api.call("files.getUploadURLExternal", filename=name, length=len(content))
    address, file = ticket.get("upload_url"), ticket.get("file_id")
    if not isinstance(address, str) or not isinstance(file, str):
        raise DeliveryError("garbage")
    await api.send(address, body=content, content_type=kind)
    return file
