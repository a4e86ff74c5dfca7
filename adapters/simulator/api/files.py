"""files.*: uploading in three steps, as the Web API has it, and looking a file up."""

from dataclasses import replace
from urllib.parse import quote

from adapters.simulator.api.calls import Call, Json, method
from adapters.simulator.errors import Refusal
from adapters.simulator.events import message_event
from adapters.simulator.tickets import StoredFile
from adapters.simulator.workspace import Draft


@method("files.getUploadURLExternal", tier=4, scope="files:write")
def get_upload_url(call: Call) -> Json:
    """Hand out an address to upload one file to."""
    if call.integer("length", 0) <= 0:
        raise Refusal("invalid_arguments", ["length: must be above 0"])
    file = call.workspace.store_file(call.workspace.bot.id, call.text("filename"))
    return {"upload_url": f"{call.slack.base_url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", tier=4, scope="files:write")
def complete_upload(call: Call) -> Json:
    """Show uploaded files, in a channel when one is named."""
    wanted = call.structure("files") or []
    files = [_finished(call, item) for item in wanted]
    if call.has("channel_id"):
        _share(call, files)
    return {"files": [as_json(call.slack.base_url, file) for file in files]}


@method("files.info", tier=4, scope="files:read")
def file_info(call: Call) -> Json:
    """Describe one file."""
    return {"file": as_json(call.slack.base_url, call.workspace.file(call.text("file")))}


def as_json(base_url: str, file: StoredFile) -> Json:
    """Return the file object of the Web API and of messages."""
    address = f"{base_url}/files/{file.id}/{quote(file.name)}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "size": len(file.content),
        "user": file.user,
        "mode": "hosted",
        "url_private": address,
        "url_private_download": address,
    }


def _finished(call: Call, item: Json) -> StoredFile:
    file = call.workspace.file(str(item.get("id")))
    if not file.content:
        raise Refusal("file_not_found", ["nothing was uploaded to the address"])
    finished = replace(file, title=str(item.get("title") or file.name), shared=True)
    call.workspace.files[file.id] = finished
    return finished


def _share(call: Call, files: list[StoredFile]) -> None:
    workspace = call.workspace
    channel = workspace.channel(call.text("channel_id"))
    if workspace.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    draft = Draft(
        workspace.bot.id,
        call.optional("initial_comment") or ", ".join(file.title for file in files),
        thread_ts=call.optional("thread_ts"),
        files=tuple(as_json(call.slack.base_url, file) for file in files),
    )
    message = workspace.write(channel, draft)
    call.slack.hear(message_event(workspace, channel, message))
