"""`make bench`: figures beside bare apps on the platforms' own libraries, in the same run."""

import asyncio

from benchmarks import (
    agendas_goals,
    feedback_goals,
    incidents_goals,
    slack_goals,
    teams_goals,
    votes_goals,
)
from benchmarks.goals import report


async def main() -> None:
    """Measure everything, which takes a few minutes."""
    for part in (
        slack_goals,
        teams_goals,
        feedback_goals,
        votes_goals,
        incidents_goals,
        agendas_goals,
    ):
        report(part.TITLE, await part.goals())


if __name__ == "__main__":
    asyncio.run(main())
