"""`seed`: the simulator's people, the glossary's first terms, and the first scorecards."""

from sqlmodel import Session

from console import rows, terminal
from workflows import glossary, hiring


def seed() -> None:
    """Add the sample's people, terms and scorecards; a real workspace gets no people."""
    if rows.settings().slack_on:
        terms, templates = rows.write(_words_and_bars)
        terminal.say(
            f"Added {terms} meanings of terms and {templates} scorecard templates. "
            "The sample's people live in the simulator only, so they were left out."
        )
        return
    # The simulator stays out of every process that does not play it.
    from console import sample  # noqa: PLC0415 - see above

    rows.write(lambda session: sample.seed(session, rows.now()))
    terminal.say("The sample's people, terms and scorecard templates are there.")


def _words_and_bars(session: Session) -> tuple[int, int]:
    now = rows.now()
    return glossary.seed(session, now), hiring.seed(session, now)
