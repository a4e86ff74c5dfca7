"""What is said of votes on an agenda, in English, ready for translation."""

from workflows.votes.rules import State

_STEPS = {
    State.EVIDENCE: "came to nothing; waits for new evidence",
    State.DECIDER: "waits for the decider",
    State.DIRECTORS: "waits for both directors",
    State.SPONSOR: "waits for the executive sponsor",
    State.VETOED: "a veto waits for the decider",
    State.ON_HOLD: "nobody decided; on hold until somebody does",
}


def line(code: str, subject: str, state: State, hours: int | None) -> str:
    """Say which vote waits for what; *hours* to its deadline while it is open."""
    step = _STEPS.get(state, "") if hours is None else _left(hours)
    return f"{code} about {subject}: {step}"


def how_many(count: int) -> str:
    """Say how many votes wait, and nothing else."""
    return f"{count} vote{'' if count == 1 else 's'} not decided"


def how_many_more(count: int) -> str:
    """Say how many votes wait of which not everybody there may know more."""
    return f"{how_many(count)}, of which not everybody here may read more"


def _left(hours: int) -> str:
    if hours < 1:
        return "open, closes within the hour"
    return f"open, closes in {hours} hour{'' if hours == 1 else 's'}"
