"""A button's payload is checked against its handler before anything runs."""

import re
from pathlib import Path

import pytest
from mypy import api

pytestmark = pytest.mark.repeats

HOUSE = Path(__file__).parents[2]
SNIPPET = """
from bot.answers import Answers
from bot.context import Context
from bot.ui import Form, Reply
from bot.workflow import Workflow

it = Workflow("votes", summary="Votes.")

@it.action("cast")
def cast(ctx: Context, vote: int, choice: str) -> Reply:
    return None

@it.form("amend")
def amend(ctx: Context, vote: int) -> Form:
    return Form(title="Amend", inputs=())

cast.button("Yes", vote=3, choice="yes")  # fits
amend.button("Amend", vote=3)  # fits
cast.button("Yes", vote=3, chioce="yes")  # wrong: a name
cast.button("Yes", vote="three", choice="yes")  # wrong: a type
cast.button("Yes", vote=3)  # wrong: one is missing
amend.button("Amend", vote=3, choice="yes")  # wrong: one too many

def build(ctx: Context) -> None:
    amend.open(ctx, vote=3)  # fits
    amend.open(ctx, vote="three")  # wrong: a type of a form's state

@amend.submit
def amended(ctx: Context, answers: Answers, vote: int) -> Reply:  # fits
    return None

@amend.submit  # wrong: a parameter that the form has not
def amended_badly(ctx: Context, answers: Answers, ballot: int) -> Reply:
    return None
"""


def test_a_wrong_name_or_type_in_a_payload_is_an_error(tmp_path: Path) -> None:
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET)
    wrong = {
        number for number, line in enumerate(SNIPPET.splitlines(), start=1) if "# wrong" in line
    }

    said, _, _ = api.run(
        [
            f"--config-file={HOUSE / 'pyproject.toml'}",
            f"--cache-dir={HOUSE / '.mypy_cache'}",
            str(snippet),
        ]
    )

    found = {int(line) for line in re.findall(r"snippet\.py:(\d+): error:", said)}
    assert found == wrong, said
