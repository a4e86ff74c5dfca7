"""Which command the words of somebody mean."""

import pytest

from bot.context import Context
from bot.inbound import Command, Place, UserRef
from bot.routes import Routes, words_of
from bot.ui import Reply
from bot.workflow import Workflow
from tests.bot import toys

ROUTES = Routes([toys.workflow])


def command(text: str, name: str = "parley") -> Command:
    return Command(
        id="c",
        user=UserRef("slack", "T1", "U1"),
        place=Place("slack", "T1", "C1"),
        name=name,
        text=text,
    )


def shelves() -> Workflow:
    workflow = Workflow("shelves", summary="Shelves.")
    workflow.command("shelf sort", help="Sort a shelf.")(_answer)
    workflow.command("shelf add", help="Add a shelf.")(_answer)
    return workflow


def _answer(_ctx: Context, _text: str) -> Reply:
    return None


@pytest.mark.parametrize(
    ("said", "name", "text"),
    [
        (command("toy Bear"), "toy", "Bear"),
        (command("Bear", name="toy"), "toy", "Bear"),
        (command("toy", name=""), "toy", ""),
        (command("toy add Bear"), "toy add", "Bear"),
        (command("add  Big  Bear ", name="toy"), "toy add", "Big  Bear"),
        (command("TOY Add Bear"), "toy add", "Bear"),
        (command("toy\N{NO-BREAK SPACE}add\N{NO-BREAK SPACE}Bear"), "toy add", "Bear"),
        (command("\N{ZERO WIDTH SPACE}toy\x00 add\tBear"), "toy add", "Bear"),
        (command("toy toy add"), "toy", "toy add"),
        (command("toy addition"), "toy", "addition"),
        (command("toy add\nBear\nand Ball"), "toy add", "Bear\nand Ball"),
    ],
    ids=lambda value: repr(value.text) if isinstance(value, Command) else None,
)
def test_the_longest_name_that_the_words_begin_with_wins(
    said: Command, name: str, text: str
) -> None:
    spoken = ROUTES.spoken(said)

    assert spoken is not None
    assert (spoken.command.name, spoken.text) == (name, text)


@pytest.mark.parametrize("said", ["", " ", "help", "toyadd", "add toy", "to y", "\0"])
def test_other_words_mean_no_command(said: str) -> None:
    assert ROUTES.spoken(command(said)) is None


def test_the_words_of_our_own_command_are_just_its_text() -> None:
    assert words_of(command(" toy  Bear ")) == "toy  Bear"
    assert words_of(command("Bear", name="toy")) == "toy Bear"


def test_a_slip_finds_the_verb_it_meant() -> None:
    assert ROUTES.nearest_verb("tyo") == "toy"
    assert ROUTES.nearest_verb("scorecard") is None


def test_each_verb_is_explained_by_its_own_line() -> None:
    verbs = ROUTES.verbs()

    assert {name: line.name for name, line in verbs.items()} == {
        "peek": "peek",
        "toy": "toy",
        "toys": "toys",
    }


def test_a_verb_without_a_line_is_explained_by_the_first_of_its_parts() -> None:
    verbs = Routes([shelves()]).verbs()

    assert {name: line.name for name, line in verbs.items()} == {"shelf": "shelf add"}


def test_the_words_of_housekeeping_are_no_verbs_of_a_menu() -> None:
    housekeeping = Workflow("dust", summary="Dust.", is_housekeeping=True)
    housekeeping.command("dust", help="Wipe the dust off.")(_answer)

    routes = Routes([shelves(), housekeeping])

    assert "dust" in routes.commands
    assert list(routes.verbs()) == ["shelf"]


def test_another_word_for_a_verb_means_the_same_with_all_that_follows() -> None:
    workflow = shelves()
    workflow.aliases = {"rack": "shelf"}
    routes = Routes([workflow])

    spoken = routes.spoken(command("RACK  add  two  boards"))
    typed = routes.spoken(command("sort", name="rack"))

    assert spoken is not None
    assert (spoken.command.name, spoken.text) == ("shelf add", "two  boards")
    assert typed is not None
    assert typed.command.name == "shelf sort"
    assert list(routes.verbs()) == ["shelf"]
    assert routes.nearest_verb("rakc") == "rack"


def test_another_word_for_a_verb_is_no_verb_itself() -> None:
    workflow = shelves()
    workflow.aliases = {"shelf": "shelf"}

    with pytest.raises(ValueError, match="shelf is a verb and another word for one"):
        Routes([workflow])


def test_two_workflows_do_not_answer_to_the_same_word() -> None:
    other = Workflow("others", summary="Others.")
    other.commands["toy"] = toys.workflow.commands["toy"]

    with pytest.raises(ValueError, match="Two workflows register toy"):
        Routes([toys.workflow, other])


def test_several_workflows_may_listen_in_one_room() -> None:
    routes = Routes([toys.workflow, Workflow("others", "…", listeners=toys.workflow.listeners)])

    assert len(routes.listeners["playroom"]) == 2
