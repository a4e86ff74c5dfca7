"""`people`: who is known, and what each may do."""

import pytest

from storage import audit
from tests.console.conftest import CommandLine

ADA = ("Ada Okafor", "--email", "Ada@Northwind.example", "--account", "slack:T1:U1")


def test_nobody_is_listed_at_first(parley: CommandLine) -> None:
    assert parley.listed("people", "list") == []


def test_a_person_who_was_added_is_listed_with_accounts(parley: CommandLine) -> None:
    parley("people", "add", *ADA, "--department", "ta", "--timezone", "Europe/Berlin")

    [ada] = parley.listed("people", "list")

    assert ada == {
        "number": ada["number"],
        "name": "Ada Okafor",
        "email": "ada@northwind.example",
        "department": "ta",
        "timezone": "Europe/Berlin",
        "active": True,
        "roles": [],
        "accounts": ["slack:T1:U1"],
    }


@pytest.mark.parametrize("who", ["slack:T1:U1", "ADA@northwind.example", "1"])
def test_a_person_is_found_by_account_address_or_number(parley: CommandLine, who: str) -> None:
    parley("people", "add", *ADA)

    shown = parley("people", "show", who)

    assert "Ada Okafor" in shown
    assert parley.listed("people", "show", who)["accounts"] == ["slack:T1:U1"]


def test_whoever_is_known_is_not_added_again(parley: CommandLine) -> None:
    parley("people", "add", *ADA)

    sentence = parley.refused("people", "add", "Ada O.", "--account", "slack:T1:U1")

    assert "Ada Okafor is known by that account or address already" in sentence
    assert len(parley.listed("people", "list")) == 1


def test_a_person_without_account_and_address_is_refused(parley: CommandLine) -> None:
    sentence = parley.refused("people", "add", "Ada Okafor")

    assert "Give an e-mail address or an account" in sentence


def test_a_role_is_given_and_taken_back(parley: CommandLine) -> None:
    parley("people", "add", *ADA)

    said = parley("people", "grant", "slack:T1:U1", "owner", "--department", "ta", "--rank", "2")
    granted = parley.listed("people", "show", "1")["roles"]
    parley("people", "revoke", "slack:T1:U1", "owner", "--department", "ta")

    assert said == "Ada Okafor now has the role owner@ta.\n"
    assert granted == [{"role": "owner", "department": "ta", "rank": 2}]
    assert parley.listed("people", "show", "1")["roles"] == []


def test_a_role_that_is_not_held_cannot_be_taken_back(parley: CommandLine) -> None:
    parley("people", "add", *ADA)
    parley("people", "grant", "slack:T1:U1", "owner", "--department", "ta")

    sentence = parley.refused("people", "revoke", "slack:T1:U1", "owner")

    assert "What they have: owner@ta." in sentence


def test_a_role_may_end_on_a_day(parley: CommandLine) -> None:
    parley("people", "add", *ADA)

    parley("people", "grant", "1", "admin", "--until", "2199-12-31")

    assert parley.listed("people", "show", "1")["roles"][0]["role"] == "admin"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("1", "ownr"), "There is no role “ownr” to give. Choose one of owner, recruiter, "),
        (("1", "member"), "There is no role “member” to give."),
        (("1", "owner", "--department", "sales"), "There is no department “sales”."),
        (("1", "owner", "--until", "tomorrow"), "“tomorrow” is no date."),
        (("1", "owner", "--until", "2020-01-01"), "2020-01-01 has passed"),
        (("2", "owner"), "Nobody here has the number 2."),
        (("slack:T1:U9", "owner"), "Nobody here has “slack:T1:U9”."),
        (("ben@northwind.example", "owner"), "Nobody here has “ben@northwind.example”."),
        (("Ada", "owner"), "I cannot read the account “Ada”. Write it as platform:tenant:user"),
    ],
)
def test_a_grant_that_would_mean_nothing_is_refused(
    parley: CommandLine, words: tuple[str, ...], reason: str
) -> None:
    parley("people", "add", *ADA)

    sentence = parley.refused("people", "grant", *words)

    assert reason in sentence
    assert parley.listed("people", "show", "1")["roles"] == []


def test_who_has_left_is_listed_so_and_gets_no_role(parley: CommandLine) -> None:
    parley("people", "add", *ADA)

    parley("people", "leave", "slack:T1:U1")
    sentence = parley.refused("people", "grant", "slack:T1:U1", "admin")

    assert parley.listed("people", "show", "1")["active"] is False
    assert "Ada Okafor has left, so nothing was granted." in sentence
    assert "left" in parley("people", "list")


def test_each_change_leaves_an_entry_in_the_audit(parley: CommandLine) -> None:
    parley("people", "add", *ADA)
    parley("people", "grant", "1", "owner")
    parley("people", "revoke", "1", "owner")
    parley("people", "add-department", "sales", "Sales")
    parley("people", "department", "1", "sales")
    parley("people", "unlink", "slack:T1:U1")
    parley("people", "leave", "1")

    verdict = parley.read(lambda session: audit.verify(session, parley.sealer))

    assert verdict == audit.Verdict(7)


def test_a_person_works_in_another_department_and_keeps_the_roles(parley: CommandLine) -> None:
    parley("people", "add", *ADA, "--department", "ta")
    parley("people", "grant", "1", "owner", "--department", "ta")

    parley("people", "add-department", "sales", "Sales")
    parley("people", "department", "1", "sales")

    shown = parley.listed("people", "show", "1")
    assert (shown["department"], shown["roles"][0]["department"]) == ("sales", "ta")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("ta", "Talents"), "There is a department ta already: Talent Acquisition."),
        (("no way", "No way"), "letters, digits and hyphens only"),
        (("sales", " "), "Say what the department is called"),
    ],
)
def test_a_department_that_could_not_be_told_apart_is_refused(
    parley: CommandLine, words: tuple[str, str], reason: str
) -> None:
    assert reason in parley.refused("people", "add-department", *words)


def test_an_account_can_be_taken_from_who_should_not_have_it(parley: CommandLine) -> None:
    parley("people", "add", *ADA)

    parley("people", "unlink", "slack:T1:U1")

    assert parley.listed("people", "show", "1")["accounts"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("revoke", "1", "admin"),
        ("leave", "1"),
        ("grant", "1", "admin", "--until", "2199-12-31"),
    ],
)
def test_the_last_admin_stays_one(parley: CommandLine, words: tuple[str, ...]) -> None:
    parley("people", "add", *ADA)
    parley("people", "grant", "1", "admin")

    sentence = parley.refused("people", *words)

    assert "Ada Okafor is the last admin who stays one" in sentence
    assert parley.listed("people", "show", "1")["roles"][0]["role"] == "admin"


@pytest.mark.parametrize("words", [("revoke", "1", "admin"), ("leave", "1")])
def test_an_admin_who_is_not_the_last_may_go(parley: CommandLine, words: tuple[str, ...]) -> None:
    parley("people", "add", *ADA)
    parley("people", "add", "Ben", "--account", "slack:T1:U2")
    parley("people", "grant", "1", "admin")
    parley("people", "grant", "2", "admin")

    parley("people", *words)

    assert parley.listed("people", "show", "1")["roles"] == []


def test_who_comes_back_has_no_role_of_before(parley: CommandLine) -> None:
    parley("people", "add", *ADA)
    parley("people", "grant", "1", "owner", "--department", "ta")
    parley("people", "leave", "1")

    parley("people", "add", *ADA)

    shown = parley.listed("people", "show", "1")
    assert (shown["active"], shown["roles"], shown["accounts"]) == (True, [], ["slack:T1:U1"])


def test_a_name_cannot_steer_the_terminal(parley: CommandLine) -> None:
    parley("people", "add", "[red]Eve\x1b[2J", "--account", "slack:T1:U6")

    shown = parley("people", "list")

    assert "[red]Eve�[2J" in shown
