"""Each rule of who may import whom, broken on purpose in a copy of the tree."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.repeats

HOUSE = Path(__file__).parents[1]
PACKAGES = ("console", "bot", "adapters", "workflows", "storage")
LAYERS = "console above adapters and workflows, above bot, above storage"
WORKFLOWS = "A workflow calls those below it, and people and rooms call none"
VENDORS = "No vendor library and no web server below the adapters"
DOORS = "Adapters are independent of each other"
SDK = "Only adapters.teams.sdk imports the Bot Framework SDK"
ASK_THE_ENGINE = "Adapters do not import storage: they ask the engine"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages and of the rules."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(HOUSE / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(
            HOUSE / package,
            folder / package,
            ignore=shutil.ignore_patterns("__pycache__", "static"),
        )
    return folder


def lint(folder: Path) -> tuple[int, str]:
    """Run the linter and return how it ended and what it said."""
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run(  # noqa: S603 - our own tool on our own copy
        [linter, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


def broken(said: str) -> list[str]:
    """Return the lines in which the linter explains what is broken."""
    return said.partition("Broken contracts")[2].splitlines()


def test_the_tree_keeps_every_rule(copy: Path) -> None:
    code, said = lint(copy)

    assert code == 0, said
    assert broken(said) == []


@pytest.mark.parametrize(
    ("module", "line", "rule"),
    [
        ("storage/places.py", "import bot.ui", LAYERS),
        ("bot/text.py", "import workflows.glossary", LAYERS),
        ("bot/text.py", "import adapters.slack", LAYERS),
        ("workflows/glossary/rules.py", "import adapters.slack", LAYERS),
        ("adapters/slack/__init__.py", "import workflows.glossary", LAYERS),
        ("workflows/glossary/rules.py", "import console", LAYERS),
        ("workflows/hiring/rules.py", "import workflows.feedback", WORKFLOWS),
        ("workflows/people/rules.py", "import workflows.glossary", WORKFLOWS),
        ("bot/text.py", "import aiohttp", VENDORS),
        ("storage/places.py", "import slack_sdk", VENDORS),
        ("workflows/glossary/rules.py", "import botbuilder", VENDORS),
        ("adapters/slack/__init__.py", "import adapters.simulator", DOORS),
        ("adapters/teams/__init__.py", "import adapters.slack", DOORS),
        ("adapters/ats/__init__.py", "import adapters.slack", DOORS),
        ("adapters/slack/__init__.py", "import adapters.ats", DOORS),
        ("adapters/teams/door.py", "import botbuilder.core", SDK),
        ("adapters/teams/render.py", "import msrest", SDK),
        ("adapters/slack/__init__.py", "import storage.people", ASK_THE_ENGINE),
        ("adapters/ats/__init__.py", "import storage.people", ASK_THE_ENGINE),
    ],
)
def test_a_forbidden_import_is_named_by_the_rule_that_it_breaks(
    copy: Path, module: str, line: str, rule: str
) -> None:
    path = copy / module
    text = path.read_text()
    path.write_text(f"{text}\n{line}\n")

    code, said = lint(copy)
    path.write_text(text)

    assert code != 0
    assert rule in broken(said)
