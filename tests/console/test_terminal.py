"""What the command line shows."""

import pytest

from console import terminal


def test_a_bar_moves_where_there_is_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")

    with terminal.waiting("Copying the database") as bar:
        terminal.follow(bar)(1, 4)
        [task] = bar.tasks

    assert (task.completed, task.total) == (1, 4)


def test_rows_pass_through_a_bar_unchanged() -> None:
    assert list(terminal.tracked([1, 2, 3], "Writing the people")) == [1, 2, 3]


def test_characters_that_a_terminal_obeys_are_shown_as_marks() -> None:
    assert terminal.inert("a\x1b[2J\u202eb\nc é") == "a�[2J�b�c é"
