"""The page's acts on Teams: from the JSON of a click to a person who does it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from adapters.simulator.errors import Unplayable
from adapters.simulator.said import Said
from adapters.simulator.teams.cards import problems_in_attachment
from adapters.simulator.teams.conversations import Scope
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outcomes import Hit, Played
from adapters.simulator.teams.simulator import TeamsSimulator

Json = dict[str, Any]
Gesture = Callable[[TeamsSimulator, Said], Awaitable[Json]]


def _told(played: Played) -> Json:
    return {
        "notice": played.notice,
        "errors": dict(played.errors),
        "problems": list(played.problems),
        "hits": [
            {"title": hit.title, "text": hit.text, "attachment": hit.attachment}
            for hit in played.hits
        ],
    }


def _seen(teams: TeamsSimulator, said: Said, name: str = "message") -> Message:
    """Return the message that the page names, if the person sees it."""
    conversation = teams.inside(said.text("person"), said.text("channel"))
    message = conversation.messages.get(said.text(name))
    if message is None:
        raise Unplayable("That message is no longer there.")
    return message


def _thread(teams: TeamsSimulator, said: Said) -> Message | None:
    return _seen(teams, said, "thread") if said.maybe("thread") else None


async def _say(teams: TeamsSimulator, said: Said) -> Json:
    person, text = said.text("person"), said.maybe("text")
    if not text:
        raise Unplayable("There is nothing to send yet.")
    conversation = teams.conversation(said.text("channel"))
    if conversation.scope is Scope.PERSONAL:
        return _told(await teams.direct(person, text))
    thread = _thread(teams, said)
    return _told(await teams.say(person, conversation.id, text, thread=thread))


async def _press(teams: TeamsSimulator, said: Said) -> Json:
    message, button = _seen(teams, said), said.mapping("button")
    return _told(await teams.press(said.text("person"), message, button, said.mapping("answers")))


async def _submit(teams: TeamsSimulator, said: Said) -> Json:
    person = said.text("person")
    dialog = teams.dialog_of(person)
    if dialog is None:
        raise Unplayable("That dialog is no longer open.")
    button = said.mapping("button")
    return _told(await teams.submit(person, dialog, said.mapping("answers"), button=button))


async def _dismiss(teams: TeamsSimulator, said: Said) -> Json:
    teams.dismiss(said.text("person"))
    return _told(Played())


async def _use_on(teams: TeamsSimulator, said: Said) -> Json:
    message = _seen(teams, said)
    return _told(await teams.use_on(said.text("person"), message, said.text("command")))


async def _search(teams: TeamsSimulator, said: Said) -> Json:
    person, where, command = said.text("person"), said.text("channel"), said.text("command")
    return _told(await teams.search(person, where, command, said.maybe("text") or ""))


async def _insert(teams: TeamsSimulator, said: Said) -> Json:
    person, where, attachment = said.text("person"), said.text("channel"), said.mapping("hit")
    if problems_in_attachment(attachment)[1]:
        raise Unplayable("That result cannot be posted. Search again, please.")
    hit = Hit("", "", attachment)
    return _told(await teams.insert(person, where, hit, thread=_thread(teams, said)))


async def _install(teams: TeamsSimulator, said: Said) -> Json:
    return _told(await teams.install(said.text("person")))


async def _uninstall(teams: TeamsSimulator, said: Said) -> Json:
    return _told(await teams.uninstall(said.text("person")))


async def _install_in(teams: TeamsSimulator, said: Said) -> Json:
    return _told(await teams.install_in(said.text("person"), said.text("team")))


async def _uninstall_from(teams: TeamsSimulator, said: Said) -> Json:
    return _told(await teams.uninstall_from(said.text("person"), said.text("team")))


async def _join(teams: TeamsSimulator, said: Said) -> Json:
    return _told(await teams.join(said.text("person"), said.text("team")))


async def _leave(teams: TeamsSimulator, said: Said) -> Json:
    return _told(await teams.leave(said.text("person"), said.text("team")))


GESTURES: Mapping[str, Gesture] = {
    "say": _say,
    "press": _press,
    "submit": _submit,
    "dismiss": _dismiss,
    "use_on": _use_on,
    "search": _search,
    "insert": _insert,
    "install": _install,
    "uninstall": _uninstall,
    "install_in": _install_in,
    "uninstall_from": _uninstall_from,
    "join": _join,
    "leave": _leave,
}
