"""One story of a weekly meeting: planned, drafted, posted, held, and back a week later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.walks.script import ALL, Script
from workflows.agendas import copies_tables
from workflows.agendas import drafting_texts as drafting
from workflows.agendas import editing_texts as editing
from workflows.agendas.rules import Reach

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
STARTS = MONDAY + timedelta(weeks=1)
ENDS = STARTS + timedelta(minutes=45)
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
POSTED_BEFORE = timedelta(hours=2)
#: Longer than an agenda waits to be edited.
A_MOMENT = timedelta(minutes=6)
CAST = ("ada", "chiara", "dev", "elena")
#: Only people whom Parley knows read it, on either platform.
CHANNEL = "general"
#: Everybody keeps both accounts, and is at the one that Parley writes to.
OF = {"ada": "slack", "ben": "slack", "chiara": "teams", "dev": "teams", "elena": "slack"}

SERIES = '"Security and TA" mon 09:00 Europe/London every 1w 45m elena@northwind.example'
HEADING, DRAFT = "Security and TA: agenda (AG-1)", "draft of the agenda (AG-1)"
TOPIC, LEFT_OUT, REWORDED = "Badge rollout", "The office plants", "Badges: who has none yet?"
NEED = "SOC analyst"
ACTION, DECISION = "Check the badge logs", "Badges are checked twice a year."


async def tell(script: Script) -> None:
    """Play the whole story; each part goes on where the one before ended."""
    for part in (
        plan,
        bind,
        add_topics,
        edit_the_draft,
        approve,
        publish,
        change_the_data,
        begin,
        capture,
        end,
        come_back,
        compare_copies,
    ):
        script.note(f"— {part.__name__}")
        await part(script)


async def plan(script: Script) -> None:
    """One typed line is a series; its other owner is told, to others there is none."""
    play, on = script.play, script.client
    await play(on.whisper("chiara", f"agenda schedule {SERIES}"), "elena", "AG-1")
    await play(on.whisper("dev", "agenda show AG-1"), "dev", "That is not here")
    invited = "agenda invite AG-1 ada@northwind.example"
    await play(on.whisper("elena", invited), "ada", "Security and TA")


async def bind(script: Script) -> None:
    """Each platform has a channel for it; who binds which is no part of the story."""
    for screen in script.company.on.values():
        await screen.mention("chiara", "agenda here AG-1")
        await screen.is_told("chiara", "stands in this channel")
    await script.company.quiet()


async def add_topics(script: Script) -> None:
    """Whoever comes to it adds what to talk about, also by a form."""
    play, on = script.play, script.client
    await play(on.whisper("ada", f'agenda add AG-1 "{TOPIC}" 5m'), "ada", "TP-1")
    await play(on.whisper("elena", f'agenda add AG-1 "{LEFT_OUT}"'), "elena", "TP-2")


async def edit_the_draft(script: Script) -> None:
    """A day before both owners have it; one leaves something out and says something better."""
    play, on = script.play, script.client
    await play(script.company.move_to(STARTS - A_DAY), "elena", DRAFT, TOPIC, LEFT_OUT)
    await play(on.press("elena", editing.DROP, on=DRAFT), "elena", editing.LEFT_OUT)
    await play(
        on.fill("elena", {editing.LEFT_OUT: f"Added items: {LEFT_OUT}"}), "elena", editing.CHANGED
    )
    await play(on.press("elena", editing.REWORD, on=DRAFT), "elena", editing.WORDS)
    said = {editing.WHAT: f"Added items: {TOPIC}", editing.WORDS: REWORDED}
    await play(on.fill("elena", said), "elena", editing.CHANGED)
    await play(pass_a_moment(script), "chiara", REWORDED)


async def approve(script: Script) -> None:
    """Either owner approves it, once; it is posted at its time all the same."""
    play, on = script.play, script.client
    await play(on.press("chiara", drafting.APPROVE, on=DRAFT), "chiara", "is approved")
    await play(pass_a_moment(script), "elena", "Chiara Rossi approved it")
    assert not _says(on.public(), HEADING)


async def publish(script: Script) -> None:
    """Two hours before, each channel has it once."""
    await script.play(script.company.move_to(STARTS - POSTED_BEFORE), ALL, HEADING, REWORDED)
    posted_once(script)


async def change_the_data(script: Script) -> None:
    """What is new stands on the same post, beside what the owners wrote; late topics wait."""
    play, on = script.play, script.client
    need = f'agenda need AG-1 "{NEED}" by=2027-01-15'
    await play(on.whisper("ada", need), "ada", NEED)
    await play(on.whisper("ada", 'agenda add AG-1 "Too late" 5m'), "ada", "TP-3")
    await play(pass_a_moment(script), ALL, NEED, REWORDED)
    assert not _says(on.public(), LEFT_OUT)
    posted_once(script)


async def begin(script: Script) -> None:
    """One owner facilitates, and may have the time kept."""
    play, on = script.play, script.client
    await play(script.company.move_to(STARTS), "chiara", "you facilitate it today")
    await play(on.press("chiara", "Keep the time"), "chiara", "Now: ")


async def capture(script: Script) -> None:
    """In the thread by a typed line, and from beside what somebody said there."""
    play, on = script.play, script.client
    typed = f'action "{ACTION}" elena@northwind.example due=fri'
    await play(on.reply("chiara", typed, below=HEADING), "chiara", "A-1 is kept: Elena")
    marked = on.use_on("ada", "agendas.keep", DECISION, below=HEADING)
    await play(marked, "ada", "What is it?", DECISION)
    await play(on.fill("ada", {"What is it?": "decision"}), "ada", "Kept as a decision")


async def end(script: Script) -> None:
    """The minutes stand in the thread, and who took something home is told."""
    await script.play(script.company.move_to(ENDS), "elena", "you have to do", ACTION)
    assert _says(script.client.public(), DECISION)


async def come_back(script: Script) -> None:
    """What is still open stands on the next agenda, with what came too late for this one."""
    play = script.play
    await play(script.company.move_to(STARTS + A_WEEK - A_DAY), "chiara", ACTION, "Too late")
    posted = script.company.move_to(STARTS + A_WEEK - POSTED_BEFORE)
    await play(posted, ALL, "for the 1st time", ACTION)
    done = script.client.whisper("elena", "action done A-1")
    await play(done, "elena", "A-1 is done")
    await play(pass_a_moment(script), ALL, HEADING)


async def compare_copies(script: Script) -> None:
    """Each channel of each agenda has one copy, and the same people read it."""
    database = script.company.parley.database
    for meeting in (1, 2):
        copies = await database.read(lambda s, id=meeting: copies_tables.copies(s, id))  # type: ignore[misc]  # bound at once
        posted = [one for one in copies if one.at.startswith("place:")]
        assert {one.at.split(":")[1] for one in posted} == script.company.on.keys()
        assert len(posted) == len(script.company.on)
        assert {one.reach for one in posted} == {Reach.KNOWN}


def posted_once(script: Script) -> None:
    """Find exactly one agenda in the channel of each platform."""
    for screen in script.company.on.values():
        assert sum(HEADING in said for said in screen.public()) == 1


def _says(said: list[str], words: str) -> bool:
    return any(words in one for one in said)


async def pass_a_moment(script: Script) -> None:
    """Let what comes a few minutes later be done."""
    company = script.company
    await company.move_to(company.clock.now() + A_MOMENT)
