"""The composition root and the command line: settings, database, engine, adapters, web, clock."""

from __future__ import annotations

import gc

# None of what is imported ever becomes garbage; looking for some took a sixth of each start.
gc.disable()

import sys

# structlog would load rich for pictures of exceptions, which our log never draws: 4 MiB, 0.1 s.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # Python's own "not here"
import structlog  # noqa: F401  # before all that imports it

if sys.modules["rich"] is None:
    del sys.modules["rich"]

import asyncio
import signal
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime
from itertools import chain
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import NoReturn

import typer
from aiohttp.web import Application
from pydantic import ValidationError

import workflows
from bot import logs, web
from bot.auditor import PERIOD, Auditor
from bot.clock import Clock, MovableClock, Ticker
from bot.delivery import Delivery
from bot.engine import Engine
from bot.errors import Conflict
from bot.health import Health
from bot.losses import Losses
from bot.pages import Pages
from bot.platform import Platform
from bot.scheduler import Scheduler
from bot.settings import Settings, explain
from bot.signals import SIGNAL, Signals
from bot.standing import Standings
from bot.upkeep import Upkeep
from bot.worker import Worker
from bot.workflow import discover
from console import outlets, platforms, verbs
from console.rows import in_words
from storage import audit, migrations
from storage.database import Database, Session
from storage.secrets import Sealer
from storage.tally import row_counts

gc.freeze()
gc.enable()

LOOPBACK = "127.0.0.1"
#: What each platform is called, and the address that it sends its traffic to.
NAMES = {"slack": "Slack", "teams": "Microsoft Teams"}
PATHS = {"slack": "/slack/events", "teams": "/api/messages"}
SWEEP_SECONDS = 1
MINUTE_SECONDS = 60
UPKEEP_SECONDS = 600


class Parley:
    """Everything that runs, put together from settings; `close` undoes it in the right order."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        packages: Iterable[ModuleType] = (workflows,),
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.database = Database(settings.database_url)
        self.sealer = Sealer(*settings.secret_keys())
        self.platforms: dict[str, Platform] = {}
        self.standings = Standings(self.database, self.platforms, self.clock)
        self.engine = Engine(
            self.database,
            chain.from_iterable(map(discover, packages)),
            clock=self.clock,
            sealer=self.sealer,
            admins=settings.admin_accounts(),
            standings=self.standings,
            public_url=settings.public_url or "",
        )
        losses = Losses(self.engine.routes.misses, self.engine.keepers, self.clock, self.sealer)
        self.delivery = Delivery(
            *(self.database, self.platforms, self.sealer, self.clock),
            standings=self.standings,
            missed=losses.missed,
        )
        signals = Signals(self.database, outlets.of(settings), self.clock)
        self.worker = Worker(
            self.database,
            self.clock,
            {
                "send": self.delivery.deliver,
                "timer": self.engine.run_timer,
                SIGNAL: signals.carry,
            },
            on_dead=losses.died,
        )
        self.scheduler = Scheduler(self.database)
        self.upkeep = Upkeep(self.database, self.engine.routes.sweeps)
        self.ticker = Ticker(self.clock)
        self.url = ""
        self.auditor = Auditor(
            self.database, self.engine.routes, self.clock, self.engine.keepers.alert
        )
        self.health = Health(self.database, self.clock, self.sealer, self.auditor.problems)
        self._to_close = AsyncExitStack()

    async def start(self) -> None:
        """Migrate, open, and serve; when this returns, platforms can talk to Parley."""
        try:
            await self._start()
        except BaseException:
            await self.close()
            raise

    async def _start(self) -> None:
        await self.database.open()
        self._to_close.push_async_callback(self.database.close)
        await asyncio.to_thread(migrations.upgrade, self.settings.database_url)
        await self.database.read(self._refuse_other_keys)
        self._to_close.push_async_callback(self.standings.close)
        await self.standings.recall()
        await self.engine.welcomes.recall()
        await self.database.write(self.engine.keepers.know)
        await self.scheduler.keep(
            self.engine.routes.timers.values(), self.settings.timezone, self.clock.now()
        )
        await self.upkeep.sweep(self.clock.now())
        await self._audit(self.clock.now())
        self._start_ticking()
        app = web.application(self.health.problems)
        await self._start_slack(app)
        await self._start_teams(app)
        self._start_ats(app)
        pages = Pages(self.database, self.engine.routes, self.sealer, self.clock)
        web.add_pages(app, pages.fetched)
        await self.worker.start()
        self._to_close.push_async_callback(self.worker.close)
        own = self.settings
        with naming("PARLEY_METRICS_PORT"):
            metrics = web.metrics_application(self.health.problems)
            await self._serve(metrics, LOOPBACK, own.metrics_port)
        with naming("PARLEY_PORT"):
            port = await self._serve(app, own.host, own.port)
        self.url = f"http://{own.host}:{port}"

    def _refuse_other_keys(self, session: Session) -> None:
        if not audit.is_ours(session, self.sealer):
            raise Conflict(
                "PARLEY_SECRET_KEY is not the key that this database was signed with last. "
                "Set that key, or name it in PARLEY_OLDER_SECRET_KEYS. Nothing was changed."
            )

    async def _audit(self, now: datetime) -> None:
        """Look for what would not go on; what came due while the machine slept is fired first."""
        await self.scheduler.sweep(now)
        await self.auditor.sweep(now)

    def _start_ticking(self) -> None:
        self.ticker.every(SWEEP_SECONDS, "schedules", self.scheduler.sweep)
        self.ticker.every(MINUTE_SECONDS, "workflows", self.upkeep.sweep)
        self.ticker.every(MINUTE_SECONDS, "accounts", self.standings.sweep)
        self.ticker.every(UPKEEP_SECONDS, "upkeep", self.upkeep.prune)
        self.ticker.every(PERIOD.total_seconds(), "auditor", self._audit)
        self.ticker.start()
        self._to_close.push_async_callback(self.ticker.close)

    async def _start_slack(self, app: Application) -> None:
        """Mount Slack; its library costs half a second, so it is imported only when it is on."""
        if not self.settings.slack_on:
            return
        from adapters.slack.platform import SlackPlatform  # noqa: PLC0415  # see above

        slack = SlackPlatform(platforms.slack(self.settings))
        slack.mount(app)
        await self._begin(slack)

    async def _start_teams(self, app: Application) -> None:
        """Mount Teams; its library costs half a second as well."""
        if not self.settings.teams_on:
            return
        from adapters.teams.platform import TeamsPlatform  # noqa: PLC0415  # see above

        teams = TeamsPlatform(platforms.teams(self.settings))
        teams.mount(app)
        await self._begin(teams)

    def _start_ats(self, app: Application) -> None:
        """Mount the door of the hiring system, when there is one."""
        if self.settings.ats_secret is None:
            return
        from adapters.ats.ingress import Ingress  # noqa: PLC0415  # most houses have none

        Ingress(self.settings.ats_secret.get_secret_value(), self.engine).mount(app)

    async def _begin(self, platform: Platform) -> None:
        await platform.start(self.engine)
        self.platforms[platform.name] = platform
        self._to_close.push_async_callback(platform.close)

    async def _serve(self, app: Application, host: str, port: int) -> int:
        runner = await web.serve(app, host, port)
        self._to_close.push_async_callback(runner.cleanup)
        return int(runner.addresses[0][1])

    async def close(self) -> None:
        """Stop in order: HTTP, worker, platforms, clock, database."""
        await self._to_close.aclose()


class Simulation:
    """Parley beside the simulator: the same program, with platforms that live on this machine."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = MovableClock()
        self.page_url = ""
        self._to_close = AsyncExitStack()

    async def start(self) -> None:
        """Start the simulated platforms, Parley against them, and the page that plays them."""
        try:
            await self._start()
        except BaseException:
            await self.close()
            raise

    async def _start(self) -> None:
        # Absent from a real workspace's process, so imported here only.
        from adapters.simulator.demo import scenes_of  # noqa: PLC0415
        from adapters.simulator.journal import Journal  # noqa: PLC0415
        from adapters.simulator.page import Page  # noqa: PLC0415
        from adapters.simulator.simulator import SlackSimulator  # noqa: PLC0415
        from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator  # noqa: PLC0415
        from console import sample  # noqa: PLC0415
        from console.simulated import move_in, simulated, workspace  # noqa: PLC0415

        journal = Journal()
        self.slack = SlackSimulator(settings=workspace(self.clock.now), journal=journal)
        self.teams = TeamsSimulator(Behaviour(now=self.clock.now), journal=journal)
        await self._to_close.enter_async_context(self.slack)
        await self._to_close.enter_async_context(self.teams)
        self.parley = Parley(simulated(self.settings, self.slack, self.teams), self.clock)
        await self.parley.start()
        self._to_close.push_async_callback(self.parley.close)
        sealer, now = self.parley.sealer, self.clock.now()
        await self.parley.database.write(lambda session: move_in(session, sealer, now))
        self.slack.bot_url = f"{self.parley.url}/slack/events"
        self.teams.bot_url = self.parley.url
        for wire in (self.slack.wire, self.teams.wire):
            wire.row_counts = lambda: self.parley.database.read(row_counts)
        self._to_close.callback(self._hang_up)
        self._scenes = scenes_of(self.slack, self.teams)
        menu = sample.menu(self.parley.engine.routes, self._scenes)
        page = Page(self.slack, menu, self.clock, teams=self.teams)
        self._to_close.push_async_callback(page.close)
        with naming("PARLEY_SIMULATOR_PORT"):
            self.page_url = await page.start(self.settings.simulator_port)

    def _hang_up(self) -> None:
        """Let the simulated platforms talk to nobody: Parley is about to stop."""
        self.slack.bot_url = self.teams.bot_url = None
        self.slack.wire.row_counts = self.teams.wire.row_counts = None

    async def demo(self) -> int:
        """Play the tour, print each step, and return how many steps differed from it."""
        from adapters.simulator.demo import play  # noqa: PLC0415
        from adapters.simulator.tour import TOUR  # noqa: PLC0415

        return await play(self._scenes, TOUR, typer.echo, clock=self.clock)

    async def close(self) -> None:
        """Stop all of it."""
        await self._to_close.aclose()


@contextmanager
def naming(setting: str) -> Iterator[None]:
    """Say which setting to change when a port cannot be had."""
    try:
        yield
    except OSError as error:
        raise OSError(
            f"{error.strerror or error}. Stop the program that uses this port, or set {setting} "
            "to another one. Nothing was started."
        ) from error


cli = typer.Typer(
    name="parley",
    help="Parley: security and talent acquisition work as one, on Slack and Teams.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)


verbs.mount(cli, checks_of=platforms.checks_of)


@cli.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Run Parley, unless another command is named."""
    if context.invoked_subcommand is None:
        run()


@cli.command()
def run() -> None:
    """Serve the platforms in the settings; without settings, simulated ones on this machine."""
    settings = read_settings()
    logs.configure(console=not settings.is_for_real)
    logs.requests.begin(console=not settings.is_for_real)
    asyncio.run(_serve_until_stopped(settings))


@cli.command()
def demo() -> None:
    """Play the first tour without a page, on a database of its own, and check every step."""
    logs.configure(console=True)
    with TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            database_url=f"sqlite:///{folder}/demo.db",
            port=0,
            metrics_port=0,
            simulator_port=0,
        )
        differences = asyncio.run(_play(settings))
    raise typer.Exit(1 if differences else 0)


async def _play(settings: Settings) -> int:
    simulation = Simulation(settings)
    await simulation.start()
    try:
        return await simulation.demo()
    finally:
        await simulation.close()


def read_settings() -> Settings:
    """Return the settings, or say what is wrong with them and end."""
    try:
        return Settings()
    except ValidationError as error:
        _stop(explain(error))


def _stop(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(1)


async def _serve_until_stopped(settings: Settings) -> None:
    running = Parley(settings) if settings.is_for_real else Simulation(settings)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    try:
        with in_words():
            await running.start()
    except OSError as error:
        _stop(str(error))
    # Looking for garbage among all that was loaded would stop the loop for a tenth of a second.
    gc.freeze()
    typer.echo(_welcome(running))
    await stopped.wait()
    await running.close()


def _welcome(running: Parley | Simulation) -> str:
    if isinstance(running, Parley):
        served = [f"{NAMES[name]} on {running.url}{PATHS[name]}" for name in running.platforms]
        return f"Parley serves {' and '.join(served)}. Stop it with Ctrl+C."
    return (
        "Parley runs against a Slack and a Teams that live on this machine; nothing leaves it.\n"
        f"  Open the page:  {running.page_url}\n"
        f"  Parley itself:  {running.parley.url}\n"
        "Stop it with Ctrl+C."
    )


if __name__ == "__main__":
    cli()
