"""Colleagues in a file, and how they become people."""

from pathlib import Path

import pytest

from storage import audit
from tests.console.conftest import CommandLine

HEADER = "name,email,department,roles,timezone,accounts\n"
ADA = "Ada Okafor,ada@northwind.example,ta,owner@ta|admin,Europe/Berlin,slack:T1:U1\n"
BEN = "Ben Lindqvist,ben@northwind.example,ta,,,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of people that is in order."""
    path = tmp_path / "people.csv"
    path.write_text("\ufeff" + HEADER + ADA + BEN, encoding="utf-8")
    return path


def test_a_file_makes_people_known_with_accounts_and_roles(parley: CommandLine, file: Path) -> None:
    said = parley("import", "people", str(file))

    ada, ben = parley.listed("people", "list")
    assert said == "2 added, 0 changed, 0 same.\n"
    assert (ada["accounts"], ada["timezone"]) == (["slack:T1:U1"], "Europe/Berlin")
    assert [(role["role"], role["department"]) for role in ada["roles"]] == [
        ("owner", "ta"),
        ("admin", None),
    ]
    assert (ben["timezone"], ben["roles"], ben["accounts"]) == ("UTC", [], [])


def test_the_same_file_again_changes_nothing(parley: CommandLine, file: Path) -> None:
    parley("import", "people", str(file))
    before = parley.listed("people", "list")

    said = parley("import", "people", str(file))

    assert said == "0 added, 0 changed, 2 same.\n"
    assert parley.listed("people", "list") == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    parley: CommandLine, file: Path
) -> None:
    said = parley("import", "people", str(file), "--dry-run")

    assert said.startswith("2 added, 0 changed, 0 same, if you leave out --dry-run.")
    assert parley.listed("people", "list") == []
    assert parley.read(lambda session: audit.verify(session, parley.sealer)).entries == 0


def test_what_a_later_file_adds_is_added_and_nothing_is_taken_away(
    parley: CommandLine, file: Path
) -> None:
    parley("import", "people", str(file))
    file.write_text(
        f"{HEADER}Ada N. Okafor,,security,,Europe/Rome,slack:T1:U1\n"
        "Ben Lindqvist,BEN@northwind.example,,,,slack:T1:U2\n"
    )

    said = parley("import", "people", str(file))

    ada, ben = parley.listed("people", "list")
    assert said == "0 added, 2 changed, 0 same.\n"
    assert (ada["name"], ada["department"], ada["timezone"]) == (
        "Ada N. Okafor",
        "security",
        "Europe/Rome",
    )
    assert ada["email"] == "ada@northwind.example"
    assert len(ada["roles"]) == 2
    assert (ben["department"], ben["accounts"]) == ("ta", ["slack:T1:U2"])


def test_an_address_is_added_to_who_is_known_by_an_account(parley: CommandLine, file: Path) -> None:
    parley("people", "add", "Ada Okafor", "--account", "slack:T1:U1")

    parley("import", "people", str(file))

    assert parley.listed("people", "show", "1")["email"] == "ada@northwind.example"


def test_an_account_and_an_address_of_two_people_are_not_mixed_up(
    parley: CommandLine, file: Path
) -> None:
    parley("people", "add", "Eve", "--account", "slack:T1:U1")
    parley("people", "add", "Ada", "--email", "ada@northwind.example")

    sentence = parley.refused("import", "people", str(file))

    assert "The accounts and the address of Ada Okafor belong to Ada and Eve." in sentence
    assert len(parley.listed("people", "list")) == 2


def test_a_second_account_on_one_platform_is_refused(parley: CommandLine, file: Path) -> None:
    parley("import", "people", str(file))
    file.write_text(f"{HEADER}Ada Okafor,ada@northwind.example,,,,slack:T1:U9\n")

    sentence = parley.refused("import", "people", str(file))

    assert "This slack account belongs to somebody else" in sentence


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",ada@x.example,ta,,,", "Line 3: the name is missing."),
        ("Ada,,ta,,,", "Line 3: give an e-mail address or an account"),
        ("Ada,ada@x.example,sales,,,", "Line 3: There is no department “sales”."),
        ("Ada,ada@x.example,ta,king,,", "Line 3: There is no role “king” to give."),
        ("Ada,ada@x.example,ta,owner@sales,,", "Line 3: There is no department “sales”."),
        ("Ada,ada@x.example,ta,,Mars/Olympus,", "Line 3: There is no time zone of that name."),
        ("Ada,ada@x.example,ta,,,U1", "Line 3: I cannot read the account “U1”."),
        ('Ada,"ada@x.example,ta,,,', "this is not comma-separated text."),
        ("Ada", "Line 3: give an e-mail address or an account"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_no_line_is_taken(
    parley: CommandLine, file: Path, line: str, reason: str
) -> None:
    file.write_text(f"{HEADER}{BEN}{line}\n")

    sentence = parley.refused("import", "people", str(file))

    assert reason in sentence
    assert "Nothing was changed." in sentence
    assert parley.listed("people", "list") == []


def test_missing_columns_are_named(parley: CommandLine, file: Path) -> None:
    file.write_text("name,email,department\nAda,ada@x.example,ta\n")

    sentence = parley.refused("import", "people", str(file))

    assert "The file lacks the columns roles, timezone, accounts." in sentence


def test_a_missing_file_and_one_in_another_encoding_are_refused(
    parley: CommandLine, file: Path
) -> None:
    file.write_bytes("name;é".encode("latin-1"))

    missing = parley.refused("import", "people", "nowhere.csv")
    encoded = parley.refused("import", "people", str(file))

    assert "I cannot read nowhere.csv: No such file or directory." in missing
    assert "is not UTF-8 text" in encoded
