"""One story of a panel, from the search to the summary, for whatever platform."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.walks.script import Script

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
OVER = MONDAY + timedelta(hours=2, minutes=1)
CAST = ("ada", "chiara", "dev", "elena", "farid", "luis")

SEARCH = (
    'search add "Detection engineer" --role="SOC / detection, senior" '
    "--security=chiara@northwind.example --ta=ada@northwind.example "
    "--manager=farid@northwind.example"
)
PANEL = ",".join(f"{handle}@northwind.example" for handle in ("chiara", "dev", "elena", "luis"))
INTERVIEW = (
    f"interview add C-1 --at=2026-11-02T10:00+00:00 --minutes=60 --kind=technical --panel={PANEL}"
)
LABELS = (
    "Technical depth",
    "Incident judgement",
    "Communication",
    "Motivation and growth",
    "Team and values evidence",
)
EVIDENCE = "Wrote a detection for stolen session tokens and named what it would miss."
DOUBT = "Switched the infected host off before a copy of its memory was taken."
REASON = "Would raise the level of the team in detection from the first month on."
ASKED = "please write your scorecard for I-1 with C-1"
THANKS = "It is in; you read the others' once all are in."
NOT_YET = "No scorecard is open to you yet."


async def tell(script: Script) -> None:
    """Play the whole story; each part goes on where the one before ended."""
    for part in (plan, ask_the_panel, mend_a_form, decline, type_it, read_nothing, read_all):
        script.note(f"— {part.__name__}")
        await part(script)


async def plan(script: Script) -> None:
    """A search and an interview that were typed, and a candidate whose name is sealed."""
    play, on = script.play, script.client
    await play(on.whisper("ada", SEARCH), "ada", "S-1", "Add a candidate")
    await play(on.press("ada", "Add a candidate"), "ada", "Found through")
    filled = {"Name": "Noor Halvorsen", "Found through": "referral", "Stage": "panel"}
    await play(on.fill("ada", filled), "ada", "C-1")
    await play(on.whisper("ada", INTERVIEW), "ada", "I-1")


async def ask_the_panel(script: Script) -> None:
    """Everybody on the panel is asked as soon as the interview is over."""
    await script.play(script.company.move_to(OVER), "chiara", ASKED)


async def mend_a_form(script: Script) -> None:
    """What is too short, or must not count, comes back beside its input; words may be kept."""
    play, on = script.play, script.client
    await play(on.press("chiara", "Give feedback", on=ASKED), "chiara", LABELS[0])
    rated = form("43433", evidence={LABELS[0]: "Too short.", LABELS[2]: EVIDENCE}, overall="yes")
    personal = {"Reason for the overall": f"Mentioned that she is pregnant. {REASON}"}
    refused = on.fill("chiara", rated | personal)
    await play(
        refused, "chiara", "so far there are 9, without blanks", "seems to mention pregnancy"
    )
    kept = {"I have read the hints and keep my words.": "true"}
    await play(on.fill("chiara", {f"Evidence: {LABELS[0]}": EVIDENCE} | kept), "chiara", THANKS)


async def decline(script: Script) -> None:
    """Who was not there says so, and the recruiter hears of it."""
    play, on = script.play, script.client
    said = on.whisper("luis", "scorecard decline I-1 I was called away and met nobody.")
    await play(said, "luis", "the recruiter is told")


async def type_it(script: Script) -> None:
    """A line that is not complete is kept, and one that is counts."""
    play, on = script.play, script.client
    half = "scorecard quick I-1 overall=no tech=3 ir=1 comm=3 growth=3 team=3"
    await play(on.ask("dev", half), "dev", "in at least 40 characters")
    await play(on.ask("dev", f"scorecard quick I-1 -- overall: {DOUBT} ir: {DOUBT}"), "dev", THANKS)


async def read_nothing(script: Script) -> None:
    """Before all is in, neither the panel nor who looks after the search reads a word."""
    play, on = script.play, script.client
    own = on.ask("dev", "scorecard summary C-1")
    await play(own, "dev", "Still waited for", "Elena", "In, but not open to you yet", "Chiara")
    for reader in ("elena", "farid", "ada"):
        await play(on.ask(reader, "scorecard summary C-1"), reader, NOT_YET)
    await play(on.whisper("luis", "scorecard summary C-1"), "luis", NOT_YET)


async def read_all(script: Script) -> None:
    """The last one opens the summary, and each reads it where they are."""
    play, on = script.play, script.client
    await play(on.ask_for_form("elena", "scorecard I-1"), "elena", LABELS[0])
    rated = form("33433", evidence={LABELS[2]: EVIDENCE}, overall="strong_yes")
    await play(on.fill("elena", rated), "elena", THANKS)
    for reader in ("farid", "chiara"):
        pressed = on.press(reader, "Read the summary")
        await play(pressed, reader, "2 of 3 lean towards yes", "1 / 3 / 3 split (!)", DOUBT)


def form(ratings: str, *, evidence: dict[str, str], overall: str) -> dict[str, str]:
    """Return the answers of a form, by the labels of its inputs."""
    rated = {f"Rating: {label}": rating for label, rating in zip(LABELS, ratings, strict=True)}
    told = {f"Evidence: {label}": words for label, words in evidence.items()}
    whole = {"Overall: would you hire?": overall, "Reason for the overall": REASON}
    return {**rated, **told, **whole}
