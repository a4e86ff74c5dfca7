"""The page's acts: from the JSON of a click to a person who does it."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from adapters.simulator.errors import Unplayable
from adapters.simulator.messages import Message
from adapters.simulator.outcomes import Played
from adapters.simulator.player import Player
from adapters.simulator.said import Said
from adapters.simulator.views import View

Json = dict[str, Any]
Gesture = Callable[[Player, Said], Awaitable[Json]]

FILE_BYTES = 1024 * 1024


def _told(played: Played, **more: object) -> Json:
    return {"notice": played.notice, "errors": dict(played.errors), **more}


def _message(player: Player, said: Said) -> Message:
    ts = said.text("message")
    for message in player.sees(said.text("person"), said.text("channel")):
        if message.ts == ts:
            return message
    raise Unplayable("That message is no longer there.")


def _view(player: Player, said: Said) -> View:
    view = player.workspace.views.find(said.text("view"))
    if view is None or view.user != said.text("person"):
        raise Unplayable("That form is no longer open.")
    return view


def _surface(player: Player, said: Said) -> Message | View:
    return _view(player, said) if said.maybe("view") else _message(player, said)


async def _command(player: Player, said: Said) -> Json:
    if said.maybe("thread"):
        raise Unplayable("Slack has no slash commands in threads. Write to @Parley instead.")
    text = said.maybe("text") or ""
    return _told(
        await player.command(said.text("person"), said.text("channel"), said.text("command"), text)
    )


async def _say(player: Player, said: Said) -> Json:
    files = said.strings("files")
    text = said.maybe("text") or ""
    if not text and not files:
        raise Unplayable("There is nothing to send yet.")
    played = await player.post(
        said.text("person"), said.text("channel"), text, thread=said.maybe("thread"), files=files
    )
    return _told(played)


async def _press(player: Player, said: Said) -> Json:
    played = await player.press(
        said.text("person"),
        _surface(player, said),
        said.text("action_id"),
        value=said.value("value"),
        answers=said.mapping("answers"),
    )
    return _told(played)


async def _submit(player: Player, said: Said) -> Json:
    view = _view(player, said)
    return _told(await player.submit(said.text("person"), view, said.mapping("answers")))


async def _close(player: Player, said: Said) -> Json:
    view, everything = _view(player, said), bool(said.value("all"))
    return _told(await player.close_view(said.text("person"), view, everything=everything))


async def _shortcut(player: Player, said: Said) -> Json:
    message = _message(player, said) if said.maybe("message") else None
    return _told(await player.shortcut(said.text("person"), said.text("callback_id"), message))


async def _home(player: Player, said: Said) -> Json:
    return _told(await player.open_home(said.text("person")))


async def _suggest(player: Player, said: Said) -> Json:
    surface = _surface(player, said)
    typed = said.maybe("value") or ""
    played = await player.suggest(said.text("person"), surface, said.text("action_id"), typed)
    return _told(played, options=list(played.options))


async def _join(player: Player, said: Said) -> Json:
    return _told(await player.join(said.text("person"), said.text("channel")))


async def _dm(player: Player, said: Said) -> Json:
    one, other = player.person(said.text("person")), player.person(said.text("with"))
    channel = player.workspace.direct(one.id, other.id)
    player.changed()
    return _told(Played(), channel=channel.id)


async def _upload(player: Player, said: Said) -> Json:
    try:
        content = base64.b64decode(said.maybe("content") or "", validate=True)
    except (ValueError, binascii.Error):
        raise Unplayable("The file did not arrive whole. Choose it again, please.") from None
    if len(content) > FILE_BYTES:
        raise Unplayable("The simulator takes files of up to 1 MiB.")
    person = player.person(said.text("person"))
    file = player.workspace.store_file(person.id, said.text("name"), content)
    return _told(Played(), file=file.id)


GESTURES: Mapping[str, Gesture] = {
    "command": _command,
    "say": _say,
    "press": _press,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "home": _home,
    "suggest": _suggest,
    "join": _join,
    "dm": _dm,
    "upload": _upload,
}
