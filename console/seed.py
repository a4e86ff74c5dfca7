"""`seed`: the people of the simulator's company, and the terms that the glossary begins with."""

from console import rows, terminal
from workflows import glossary


def seed() -> None:
    """Add the sample's people and terms; a real workspace gets the terms only."""
    if rows.settings().slack_on:
        added = rows.write(lambda session: glossary.seed(session, rows.now()))
        terminal.say(
            f"Added {added} meanings of terms. The sample's people live in the simulator only, "
            "so they were left out."
        )
        return
    # The simulator stays out of every process that does not play it.
    from console import sample  # noqa: PLC0415 - see above

    rows.write(lambda session: sample.seed(session, rows.now()))
    terminal.say("The sample's people and terms are there.")
