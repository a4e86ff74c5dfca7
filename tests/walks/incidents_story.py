"""One story of a trap: reported by several, triaged, answered together, and told to the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from sqlmodel import Session

from tests.walks.script import ALL, Script
from workflows.incidents import asking_for_texts as declaring
from workflows.incidents import closing_texts as steps
from workflows.incidents import engaging_texts as engaging
from workflows.incidents import rooms_tables, tables
from workflows.incidents import severing_texts as severing
from workflows.incidents.rooms_tables import RoomKind
from workflows.incidents.rules import Certainty, Impact, Move
from workflows.reports import asking_texts as asking
from workflows.reports import reporting_texts as reporting
from workflows.reports import triaging_texts as triaging
from workflows.reports.rules import Category, Interaction

INCIDENT = 1
KINDS = {"slack": RoomKind.CHANNEL, "teams": RoomKind.THREAD}
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
CAST = ("ada", "ben", "chiara", "dev", "elena")
CHANNEL = "security-reports"
#: Those who triage read here, and those who respond in the room of the incident.
BESIDE = ("security-triage", "sec-")
#: Who triages lives on Teams; reports come from both.
OF = {"ada": "slack", "ben": "teams", "chiara": "teams", "dev": "teams", "elena": "slack"}
ON_BOTH = ("chiara", "dev")
#: Longer than a card waits to be edited.
A_MOMENT = timedelta(seconds=15)

POSTED = (
    "A page asks for my password: https://evil.example/login *now* _please_ "
    "[our bank](https://bank.example) @channel \u202elived"
)
TYPED = "I typed my password on a page that https://evil.example/login led to."
QUESTION, ANSWER = "When did you type it?", "Half an hour ago, and I have changed it since."
TITLE = "A page on evil.example collects passwords"
NOTE = "The proxy blocks https://evil.example since 09:00."
STOPPED, LEARNED = "The proxy blocks the page.", "New domains wait a day from now on."


async def tell(script: Script) -> None:
    """Play the whole story; each part goes on where the one before ended."""
    for part in (
        post,
        report_by_form,
        take,
        ask_and_answer,
        declare,
        link,
        respond,
        note,
        contain,
        close,
        compare_rooms,
    ):
        script.note(f"— {part.__name__}")
        await part(script)


async def post(script: Script) -> None:
    """A post is one report with one receipt, though the platform tells of it eleven times."""
    play, on = script.play, script.client
    await play(on.post("ada", POSTED, copies=11), ALL, "This is R-1")
    await play(on.whisper("ada", "report list"), "ada", "R-1")


async def report_by_form(script: Script) -> None:
    """Whoever typed a password reads first what to do now, and triage is called at once."""
    play, on = script.play, script.client
    await play(on.ask_for_form("ben", f"report {TYPED}"), "ben", reporting.FASTER)
    filled = {
        reporting.CATEGORY: Category.PHISH,
        reporting.INTERACTION: Interaction.ENTERED_CREDENTIALS,
    }
    await play(on.fill("ben", filled), "ben", reporting.DO_NOW)


async def take(script: Script) -> None:
    """One has it; the other is told so, and the reporter that somebody has it."""
    play, on = script.play, script.client
    await play(on.press("chiara", triaging.TAKE, on="R-2"), "ben", "looks at R-2 now")
    await play(on.whisper("dev", "security take R-2"), "dev", "has R-2 already")
    await play(pass_a_moment(script), "dev", "Chiara Rossi")


async def ask_and_answer(script: Script) -> None:
    """One question, and its answer comes back to whoever asked."""
    play, on = script.play, script.client
    await play(on.press("chiara", asking.ASK, on="R-2"), "chiara", asking.ONE_QUESTION)
    await play(on.fill("chiara", {asking.YOUR_QUESTION: QUESTION}), "ben", QUESTION)
    await play(on.press("ben", asking.ANSWER, on=QUESTION), "ben", asking.YOUR_ANSWER)
    await play(on.fill("ben", {asking.YOUR_ANSWER: ANSWER}), "chiara", "wrote about R-2")
    await play(pass_a_moment(script), "dev", ANSWER)


async def declare(script: Script) -> None:
    """From the card of the report; its reporter and the department hear of it."""
    play, on = script.play, script.client
    await play(on.press("chiara", declaring.DECLARE, on="R-2"), "chiara", declaring.TITLE)
    filled = {
        declaring.TITLE: TITLE,
        severing.IMPACT: str(Impact.ONE.value),
        severing.CERTAINTY: Certainty.CONFIRMED,
        declaring.LEAD: "true",
    }
    await play(on.fill("chiara", filled), "ben", "helped to open a case")
    await play(pass_a_moment(script), "dev", "Chiara Rossi")


async def link(script: Script) -> None:
    """Another report becomes part of it."""
    play, on = script.play, script.client
    await play(on.press("chiara", declaring.LINK, on="R-1"), "chiara", declaring.INCIDENT)
    await play(on.fill("chiara", {declaring.INCIDENT: "1"}), "ada", "part of a case")
    await play(pass_a_moment(script), "dev")


async def respond(script: Script) -> None:
    """The department that was asked is on it, and all who respond read so."""
    play, on = script.play, script.client
    await play(on.press("dev", engaging.ON_IT), "chiara", "is on it")
    await play(on.whisper("elena", "security status SI-1"), "elena", "not for you to see")
    await play(pass_a_moment(script), "chiara")


async def note(script: Script) -> None:
    """What somebody writes down is read by all, and nobody follows an address in it."""
    play, on = script.play, script.client
    written = on.whisper("dev", f"security note SI-1 {NOTE}")
    await play(written, "chiara", "hxxps")
    await play(pass_a_moment(script), "chiara")


async def contain(script: Script) -> None:
    """The lead says what stopped it."""
    await step(script, Move.CONTAIN, {steps.WHY[Move.CONTAIN]: STOPPED}, "contained")
    await step(script, Move.RESOLVE, {}, "resolved")


async def close(script: Script) -> None:
    """Its reports end with it, and all who reported hear how."""
    play, on = script.play, script.client
    await play(on.whisper("chiara", "security finish SI-1"), "chiara")
    await play(on.open_offered("chiara"), "chiara", steps.WHY[Move.CLOSE])
    await play(on.fill("chiara", {steps.WHY[Move.CLOSE]: LEARNED}), "ada", "R-1 was real")
    await play(pass_a_moment(script), "dev")
    await play(on.press("ben", "The answer helped", on="R-2"), "ben", "Thank you")


async def compare_rooms(script: Script) -> None:
    """On Slack a channel and on Teams a thread show the same lines, and all of them."""
    database = script.company.parley.database
    rooms = await database.read(lambda session: rooms_tables.rooms_of(session, INCIDENT))
    assert {one.platform: one.kind for one in rooms} == {on: KINDS[on] for on in script.company.on}
    events = await database.read(lambda session: tables.timeline(session, INCIDENT))
    lines = {one.id for one in events}
    for room in rooms:
        assert await database.read(partial(_shown_in, id=room.id or 0)) == lines


async def step(script: Script, how: Move, filled: dict[str, str], state: str) -> None:
    """Take a step by the button on the incident's card."""
    play, on = script.play, script.client
    await play(on.press("chiara", steps.BUTTONS[how], on="SI-1"), "chiara", steps.SUBMIT)
    await play(on.fill("chiara", filled), "dev", state)
    await play(pass_a_moment(script), "chiara")


def _shown_in(session: Session, id: int) -> set[int]:
    return {one.event_id for one in rooms_tables.rendered(session, id) if one.at}


async def pass_a_moment(script: Script) -> None:
    """Let what comes a few seconds later be done."""
    company = script.company
    await company.move_to(company.clock.now() + A_MOMENT)
