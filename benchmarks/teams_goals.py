"""Microsoft Teams: signed messages and presses beside a bare echo on the SDK."""

from functools import partial

from benchmarks.goals import Goal, Load, measure
from benchmarks.load import hammer
from benchmarks.programs import bare, parley, tenant
from benchmarks.teams import PEOPLE

TITLE = "Microsoft Teams: Parley beside a bare botbuilder echo"

#: Some traffic, not all that it can take: then the loop would lag because of its own work.
CALM = 2


async def goals() -> list[Goal]:
    """Measure everything, which takes a few minutes."""
    return [*await throughput(), await lag()]


async def throughput() -> list[Goal]:
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
    messages = rate["message"] / rate["bare message"]
    presses = rate["press"] / rate["bare press"]
    return [
        Goal("messages until all replies came, of the echo", messages, 0.9),
        Goal("presses answered in place, of the echo", presses, 0.7),
        Goal("processor time of a message", found["message"].cpu_ms, 3, "ms", at_most=True),
        Goal("processor time of a press", found["press"].cpu_ms, 3, "ms", at_most=True),
    ]


async def lag() -> Goal:
    """Measure how far the loop lags while the issuer of the keys hangs and traffic goes on."""
    async with tenant() as teams:
        ours = parley(teams.settings, teams.message, terms=0, people=PEOPLE)
        async with ours as app:
            await hammer(app.port, teams.message, connections=CALM, seconds=1)
            before = len(app.lags_ms())
            await teams.hang(app.port)
            await hammer(app.port, teams.message, connections=CALM, seconds=3)
            worst = max(app.lags_ms()[before + 1 :])
    return Goal("longest lag while the keys hang", worst, 100, "ms", at_most=True)
