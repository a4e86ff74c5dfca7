"""`make bench`: figures beside bare apps on the platforms' own libraries, in the same run."""

import asyncio

from benchmarks import slack_goals, teams_goals
from benchmarks.goals import report


async def main() -> None:
    """Measure everything, which takes a few minutes."""
    for platform in (slack_goals, teams_goals):
        report(platform.TITLE, await platform.goals())


if __name__ == "__main__":
    asyncio.run(main())
