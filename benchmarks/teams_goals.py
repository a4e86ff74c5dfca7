"""Microsoft Teams: signed messages and presses beside a bare echo on the SDK."""

from functools import partial

from benchmarks.goals import Goal, Load, measure
from benchmarks.programs import bare, parley, tenant
from benchmarks.teams import PEOPLE

TITLE = "Microsoft Teams: Parley beside a bare botbuilder echo"


async def goals() -> list[Goal]:
    """Measure messages until all replies have arrived, and presses that are answered in place."""
    async with tenant() as teams:
        echo = partial(bare, "benchmarks.echo", teams.message)
        ours = partial(parley, teams.settings, teams.message, terms=0, people=PEOPLE)
        found = await measure(
            {
                "bare message": Load(echo, teams.message, settled=teams.replied),
                "message": Load(ours, teams.message, settled=teams.replied),
                "bare press": Load(echo, teams.press),
                "press": Load(ours, teams.press),
            }
        )
    rate = {name: runs.per_second for name, runs in found.items()}
    for name, runs in found.items():
        print(
            name,
            [
                (
                    r.result.requests,
                    round(r.result.per_second),
                    round(r.result.p50_ms, 1),
                    round(r.cpu_ms, 2),
                )
                for r in runs
            ],
        )
    return [
        Goal("a message and its reply", rate["message"] / rate["bare message"], 0.9),
        Goal("a press", rate["press"] / rate["bare press"], 0.7),
        Goal("processor time of a message", found["message"].cpu_ms, 3, "ms", at_most=True),
        Goal("processor time of a press", found["press"].cpu_ms, 3, "ms", at_most=True),
    ]
