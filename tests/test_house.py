"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import workflows
from bot.settings import Settings
from bot.workflow import CommandRoute, SearchRoute, ShortcutRoute, Workflow, discover

pytestmark = pytest.mark.repeats

HOUSE = Path(__file__).parents[1]
FILES_OF_A_WORKFLOW = {"__init__", "tables", "rules", "views", "handlers"}
VENDORS = re.compile(
    r"\b(slack|teams|botbuilder|botframework|block.?kit|adaptive.?card|mrkdwn)\b", re.IGNORECASE
)
FLOORS = {"aiohttp": "3.14.4", "pyjwt": "2.13", "apscheduler": "3.11.2"}


def tracked(*patterns: str) -> list[Path]:
    """Return the files of the tree that git knows, or would add."""
    listed = subprocess.run(  # noqa: S603 - arguments of our own
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],  # noqa: S607 - git of the path
        cwd=HOUSE,
        check=True,
        capture_output=True,
        text=True,
    )
    files = (HOUSE / name for name in listed.stdout.splitlines())
    return [file for file in files if file.is_file()]


SOURCES = tracked("*.py")
PRODUCT = [
    path for path in SOURCES if path.relative_to(HOUSE).parts[0] not in {"tests", "benchmarks"}
]
FOLDERS = sorted(path.parent for path in (HOUSE / "workflows").glob("*/__init__.py"))


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the last part of its name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else None
            yield name or (function.id if isinstance(function, ast.Name) else ""), node


def found_workflows() -> list[Workflow]:
    return list(discover(workflows))


class TestWorkflows:
    @pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
    def test_each_has_its_five_files_and_says_what_it_is(self, folder: Path) -> None:
        assert {path.stem for path in folder.glob("*.py")} >= FILES_OF_A_WORKFLOW
        assert import_module(f"workflows.{folder.name}").__doc__
        assert all(ast.get_docstring(tree(path)) for path in folder.glob("*.py"))

    def test_the_ids_of_routes_are_unique(self) -> None:
        ids = Counter(
            route.id
            for workflow in found_workflows()
            for route in (
                *(line.route for line in workflow.commands.values()),
                *workflow.actions.values(),
                *(shortcut.route for shortcut in workflow.shortcuts.values()),
                *(search.route for search in workflow.searches.values()),
                *(timer.route for timer in workflow.timers.values()),
                *workflow.listeners.values(),
            )
        )

        assert [id for id, count in ids.items() if count > 1] == []

    def test_everything_that_people_find_by_name_has_help_that_is_a_sentence(self) -> None:
        lines: list[CommandRoute | ShortcutRoute | SearchRoute] = []
        for flow in found_workflows():
            lines += [
                *flow.commands.values(),
                *flow.shortcuts.values(),
                *flow.searches.values(),
            ]
        helps = [line.help for line in lines]

        assert [help for help in helps if not re.fullmatch(r"[A-Z“].+[.?]", help)] == []

    def test_each_is_named_after_its_folder(self) -> None:
        assert [flow.name for flow in found_workflows()] == [folder.name for folder in FOLDERS]

    def test_none_speaks_of_a_vendor(self) -> None:
        texts = [path for path in PRODUCT if path.is_relative_to(HOUSE / "workflows")]

        assert [named(path) for path in texts if VENDORS.search(path.read_text())] == []


class TestStorage:
    def test_only_tables_and_storage_select(self) -> None:
        others = [
            path
            for path in PRODUCT
            if not path.name.endswith("tables.py") and path.relative_to(HOUSE).parts[0] != "storage"
        ]

        assert [named(path) for path in others for name, _ in calls(path) if name == "select"] == []

    def test_only_storage_commits(self) -> None:
        others = [path for path in PRODUCT if path.relative_to(HOUSE).parts[0] != "storage"]

        assert [named(path) for path in others for name, _ in calls(path) if name == "commit"] == []


class TestSizes:
    def test_no_file_is_too_long(self) -> None:
        scripts = tracked("*.js", "*.css")
        long = [path for path in [*PRODUCT, *scripts] if _lines(path) > 400]
        long += [path for path in SOURCES if _lines(path) > 600]

        assert [named(path) for path in long] == []

    def test_no_function_is_too_long(self) -> None:
        long = [
            f"{named(path)}:{node.lineno} {node.name}"
            for path in PRODUCT
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and "migrations/versions" not in named(path)
            and (node.end_lineno or 0) - node.lineno >= 50
        ]

        assert long == []


class TestTests:
    def test_the_slow_ones_are_where_make_looks_for_them(self) -> None:
        elsewhere = [path for path in tracked("tests/*.py") if path.parent.name != "faults"]
        mark = "mark." + "slow"

        assert [named(path) for path in elsewhere if mark in path.read_text()] == []


class TestSettings:
    @pytest.mark.parametrize("name", Settings.model_fields)
    def test_every_setting_stands_in_a_row_of_the_readme(self, name: str) -> None:
        readme = (HOUSE / "README.md").read_text()

        assert re.search(rf"^\|\s*`PARLEY_{name.upper()}`", readme, re.MULTILINE)


class TestDependencies:
    @pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
    def test_a_lock_holds_hashes_and_no_address(self, lock: str) -> None:
        text = (HOUSE / lock).read_text()

        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")

    @pytest.mark.parametrize("name", FLOORS)
    def test_nothing_older_than_its_floor_is_locked(self, name: str) -> None:
        text = (HOUSE / "requirements.txt").read_text()
        locked = re.search(rf"^{name}==([0-9.]+)", text, re.MULTILINE | re.IGNORECASE)

        assert locked is None or Version(locked[1]) >= Version(FLOORS[name])

    def test_floors_stand_in_the_project_file_as_well(self) -> None:
        project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
        wanted = {Requirement(line).name: Requirement(line) for line in project["dependencies"]}

        assert not wanted["aiohttp"].specifier.contains("3.14.3")
        assert not wanted["apscheduler"].specifier.contains("3.11.1")
        assert not wanted["apscheduler"].specifier.contains("4.0.0")


class TestDangers:
    def test_nothing_runs_what_it_reads(self) -> None:
        dangerous = {"eval", "exec"}
        found = [
            named(path)
            for path in PRODUCT
            for name, call in calls(path)
            if name in dangerous and isinstance(call.func, ast.Name)
        ]

        assert found == []
        assert [
            named(path) for path in PRODUCT if re.search(r"\bimport pickle\b", _code(path))
        ] == []

    def test_no_certificate_goes_unchecked(self) -> None:
        unchecked = re.compile(r"verify=False|ssl=False|CERT_NONE|_create_unverified")

        assert [named(path) for path in PRODUCT if unchecked.search(_code(path))] == []

    def test_no_statement_is_glued_together(self) -> None:
        runs = {"execute", "exec_driver_sql", "text", "scalar", "scalars"}
        glued = [
            f"{named(path)}:{call.lineno}"
            for path in PRODUCT
            if "migrations/versions" not in named(path)
            for name, call in calls(path)
            if name in runs and call.args and _is_glued(call.args[0])
        ]

        assert glued == []

    def test_no_file_names_a_machine_or_a_package_host(self) -> None:
        # Put together here, so that this file does not name them either.
        hosts = [
            "py" + "pi.org",
            "python" + "hosted.org",
            "npm" + "js.org",
            "/ro" + "ot/",
            "/ho" + "me/",
        ]
        texts = tracked("*.py", "*.md", "*.toml", "*.txt", "*.js", "*.html", "Makefile", ".ci/*")

        assert [
            f"{named(path)}: {host}" for path in texts for host in hosts if host in _code(path)
        ] == []


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _code(path: Path) -> str:
    return path.read_text(errors="replace")


def _is_glued(argument: ast.expr) -> bool:
    """Say whether a text is built from parts that are not constants of ours."""
    if isinstance(argument, ast.JoinedStr):
        values = (part.value for part in argument.values if isinstance(part, ast.FormattedValue))
        return any(not (isinstance(value, ast.Name) and value.id.isupper()) for value in values)
    if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Add | ast.Mod):
        sides = (argument.left, argument.right)
        return any(isinstance(side, ast.JoinedStr) or _is_text(side) for side in sides)
    return False


def _is_text(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and isinstance(expression.value, str)
