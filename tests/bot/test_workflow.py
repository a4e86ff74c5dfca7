"""Routes: typed on our side of the wire, hostile until proven on the other."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.inbound import Post, QuotedMessage
from bot.roles import Role, Rules
from bot.ui import Button, ButtonStyle, Form, Message, Reply
from bot.workflow import NO_SUCH_THING, Workflow, discover
from tests.bot import toys


@pytest.fixture
def workflow() -> Workflow:
    return Workflow("shelf", summary="A shelf.")


class TestPayloads:
    def test_a_button_carries_the_handlers_arguments_as_json(self, workflow: Workflow) -> None:
        @workflow.action("lend")
        def lend(_ctx: Context, book: int, until: date, note: str = "") -> Reply:
            return Message(text=f"{book} {until} {note}")

        button = lend.button("Lend", book=3, until=date(2026, 12, 1))

        assert button == Button(
            label="Lend",
            route="shelf.lend",
            payload={"book": 3, "until": "2026-12-01", "note": ""},
        )
        assert lend.arguments(button.payload) == {
            "book": 3,
            "until": date(2026, 12, 1),
            "note": "",
        }

    def test_arguments_may_be_given_in_order(self) -> None:
        assert toys.take.button("Take", "bear", 1).payload == {"toy": "bear", "hands": 1}

    def test_a_button_may_be_suggested_or_dangerous(self) -> None:
        button = toys.take.button("Take", toy="bear")

        assert button.primary().style is ButtonStyle.PRIMARY
        assert button.danger("Really?").confirm == "Really?"

    def test_a_button_says_whether_it_opens_a_form(self) -> None:
        assert toys.swap.button("Swap", owner="Ada").opens_form
        assert not toys.take.button("Take", toy="bear").opens_form

    @pytest.mark.parametrize(
        "payload",
        [
            {},
            {"toy": None},
            {"toy": ["bear"]},
            {"toy": {"$ne": ""}},
            {"toy": "bear", "role": "admin"},
            {"toy": "bear", "hands": "two"},
            {"toy": "bear", "hands": 2**31},
            {"toy": "bear", "hands": -(2**200)},
            {"toy": "bear\0"},
            {"ctx": None, "toy": "bear"},
        ],
        ids=str,
    )
    def test_a_payload_that_does_not_fit_is_no_such_thing(self, payload: dict[str, object]) -> None:
        with pytest.raises(NotFound) as refused:
            toys.take.arguments(payload)

        assert str(refused.value) == NO_SUCH_THING


class TestRegistering:
    def test_a_route_keeps_what_it_allows(self, workflow: Workflow) -> None:
        @workflow.command("shelf sort", help="Sort.", allow=Role.OWNER, read_only=True)
        def sort(_ctx: Context, _text: str) -> Reply:
            return None

        line = workflow.commands["shelf sort"]

        assert line.route is sort
        assert (line.name, line.help, line.usage) == ("shelf sort", "Sort.", "")
        assert sort.rules == Rules(Role.OWNER, read_only=True)
        assert sort.id == "shelf.shelf_sort"

    def test_a_name_is_given_once(self, workflow: Workflow) -> None:
        registrations = (
            lambda: workflow.command("x", help="X.")(_said),
            lambda: workflow.action("x")(_nothing),
            lambda: workflow.shortcut("x", title="X", help="X.")(_quoted),
            lambda: workflow.timer("x")(_no_reply),
            lambda: workflow.post("x")(_heard),
        )
        for register in registrations:
            register()

        for register in registrations:
            with pytest.raises(ValueError, match=r"shelf registers '(post )?x' twice"):
                register()

    def test_a_form_and_an_action_share_their_names(self, workflow: Workflow) -> None:
        workflow.action("x")(_nothing)

        with pytest.raises(ValueError, match="twice"):
            workflow.form("x")(_a_form)

    def test_a_recurrence_that_cannot_be_read_is_refused_at_once(self, workflow: Workflow) -> None:
        with pytest.raises(Invalid, match="could not read when that repeats"):
            workflow.timer("soon", every="now and then")

    def test_a_form_carries_its_route_and_state(self) -> None:
        assert toys.dead_end.id == "toys.dead_end"
        assert toys.workflow.actions["toys.swap"] is toys.swap


def _said(_ctx: Context, _text: str) -> Reply:
    return None


def _quoted(_ctx: Context, _message: QuotedMessage) -> Reply:
    return None


def _nothing(_ctx: Context) -> Reply:
    return None


def _a_form(_ctx: Context) -> Form:
    return Form(title="X", inputs=())


def _no_reply(_ctx: Context) -> None:
    return None


def _heard(_ctx: Context, _post: Post) -> Reply:
    return None


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A package with two workflows, a stray module and a folder that is none."""
    package = tmp_path / "some_workflows"
    for name in ("beta", "alpha"):
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").write_text(
            f"from bot.workflow import Workflow\nworkflow = Workflow({name!r}, summary='.')\n"
        )
        (package / name / "handlers.py").write_text(
            f"from some_workflows.{name} import workflow\nworkflow.home(lambda ctx: ())\n"
        )
    (package / "__init__.py").write_text("")
    (package / "notes.py").write_text("raise RuntimeError('not a workflow')\n")
    (package / "__pycache__").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    yield __import__("some_workflows")
    for name in [name for name in sys.modules if name.startswith("some_workflows")]:
        del sys.modules[name]


def test_every_folder_is_found_in_order_with_its_handlers(shelf: ModuleType) -> None:
    found = list(discover(shelf))

    assert [workflow.name for workflow in found] == ["alpha", "beta"]
    assert all(workflow.home_sections for workflow in found)
