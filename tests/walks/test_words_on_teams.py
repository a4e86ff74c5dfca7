"""Whatever is read on Teams is in words of Teams: all that Parley answers there, and its menu."""

import ast
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import workflows
from bot import menu
from bot.routes import Routes
from bot.workflow import discover
from tests.clients.client import Client
from tests.walks.company import Company, a_company

pytestmark = pytest.mark.repeats

HOUSE = Path(__file__).parents[2]
#: What only Slack has. A command with a slash stands behind a blank, a quote or at the beginning.
FOREIGN = re.compile(
    r"(?:^|[\s“`(])/(?:parley|term|people|room)\b|slash command|\bworkspace|\bdirect message"
    r"|Home tab|App Home|\bephemeral|\bmodal\b",
    re.IGNORECASE,
)
#: `bot.menu` says in one place where commands are typed, on each platform.
SLACKS_OWN = menu.ASK_HERE_ON["slack"]
ROUTES = Routes(discover(workflows))
#: Operators read these.
NOT_READ_IN_CHAT = {"bot/settings.py", "bot/logs.py"}
ADMIN, STAFF, GUEST = "farid", "ada", "gus"


def sources() -> list[Path]:
    files = [*(HOUSE / "bot").glob("*.py"), *(HOUSE / "workflows").rglob("*.py")]
    return [file for file in files if str(file.relative_to(HOUSE)) not in NOT_READ_IN_CHAT]


def texts(file: Path) -> Iterator[str]:
    """Yield every text of a file that is long enough to be a sentence, docstrings left out."""
    tree = ast.parse(file.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.fixture
async def company(sqlite_url: str) -> AsyncIterator[Company]:
    async with a_company(sqlite_url) as opened:
        yield opened


async def answer(teams: Client, who: str, words: str) -> str:
    """Return what Parley answers in somebody's own chat."""
    before = len(teams.told(who))
    await teams.whisper(who, words)
    await teams.until(lambda: len(teams.told(who)) > before)
    return teams.told(who)[-1]


async def settle_in(company: Company, who: str) -> None:
    """Let the welcome be over."""
    await company.teams.install(who)
    await company.on["teams"].is_told(who, menu.INTRODUCTION)


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(HOUSE)))
def test_no_text_of_the_product_is_in_the_words_of_one_platform(file: Path) -> None:
    said = [text for text in texts(file) if " " in text.strip() and text != SLACKS_OWN]

    assert [text for text in said if FOREIGN.search(text)] == []


def test_no_usage_repeats_its_command() -> None:
    commands = ROUTES.commands.items()

    assert [name for name, one in commands if one.usage.startswith(name.split()[0])] == []


async def test_every_command_is_answered_on_teams_in_words_of_teams(company: Company) -> None:
    for who in (ADMIN, STAFF):
        await settle_in(company, who)
        for words in ("hello", "home", "help term", "trem EDRM", "xyzzy", *sorted(ROUTES.commands)):
            said = await answer(company.on["teams"], who, words)
            assert not FOREIGN.search(said), (who, words, said)


@pytest.mark.parametrize("words", ["hello", "?", "help", "HELP", "menu"])
async def test_a_greeting_lists_only_what_this_person_may_do(company: Company, words: str) -> None:
    await company.teams.install(GUEST)
    for who in (ADMIN, STAFF, GUEST):
        await settle_in(company, who)

    shown = {who: await answer(company.on["teams"], who, words) for who in (ADMIN, STAFF, GUEST)}

    assert "Say “help room” for all" in shown[ADMIN]
    assert "help room" not in shown[STAFF]
    assert "Say “help term” for all" in shown[STAFF]
    assert "term add" not in shown[GUEST]
    assert "term search" in shown[GUEST]
    assert all(f"Say any of these {menu.ASK_HERE}." in said for said in shown.values())


async def test_a_bare_mention_gets_the_menu_in_private(company: Company) -> None:
    teams = company.on["teams"]
    await company.teams.say(STAFF, "hiring-security", "@Parley")

    await teams.is_told(STAFF, "What you can ask me")

    assert menu.INTRODUCTION in " ".join(teams.told(STAFF))
    assert not [said for said in teams.public() if "ask me" in said]


async def test_the_buttons_of_the_menu_and_of_a_slip_work_there(company: Company) -> None:
    teams = company.on["teams"]
    await settle_in(company, STAFF)
    await answer(teams, STAFF, "help")
    await answer(teams, STAFF, "trem EDRM")

    await teams.press(STAFF, "Try: term list")
    await teams.is_told(STAFF, "Meanings 1 to")
    await teams.press(STAFF, "Yes: term EDRM")
    await teams.is_told(STAFF, "Electronic Discovery Reference Model")
    await teams.press(STAFF, "Show me what you can do")

    await teams.until(lambda: "What you can ask me" in teams.told(STAFF)[-1])
