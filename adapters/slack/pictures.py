"""Pictures are uploaded to Slack and shown from there, never from an address of ours."""

from __future__ import annotations

from adapters.slack.api import SlackApi
from adapters.slack.render import pictures
from bot.errors import DeliveryError
from bot.ui import Image, Message


async def upload(api: SlackApi, message: Message) -> dict[int, str]:
    """Upload the pictures of *message*; return the file id of each by its place among them.

    Raises:
        DeliveryError: Slack did not take one.
    """
    return {place: await _file(api, image) for place, image in enumerate(pictures(message))}


async def _file(api: SlackApi, image: Image) -> str:
    ticket = await api.call(
        "files.getUploadURLExternal", filename="chart.png", length=len(image.png)
    )
    address, file = ticket.get("upload_url"), ticket.get("file_id")
    if not isinstance(address, str) or not isinstance(file, str):
        raise DeliveryError("garbage")
    await api.send(address, body=image.png, content_type="image/png")
    await api.call("files.completeUploadExternal", files=[{"id": file, "title": image.alt[:200]}])
    return file
