"""The pure decisions of the glossary, by table and by property."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.glossary import rules
from workflows.glossary.rules import Kind, Near, RemarkKind, Status

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Owned:
    department: str


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("SOC-2", "soc2"),
        ("soc 2", "soc2"),
        ("Soc2", "soc2"),
        ("MITRE ATT&CK", "mitreattck"),
        ("\uff33\uff2f\uff23", "soc"),  # full-width letters
        ("Straße", "strasse"),
        ("caf\u00e9", "caf\u00e9"),
        ("cafe\u0301", "caf\u00e9"),
        ("ﬁle", "file"),
        ("  time \u00a0to\tfill  ", "timetofill"),
        ("\u200bEDR\u202e", "edr"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_writing_habits_do_not_change_a_key(typed: str, key: str) -> None:
    assert rules.key_norm(typed) == key


@given(st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = rules.key_norm(text)

    assert rules.key_norm(key) == key
    assert not key or key.isalnum()


@pytest.mark.parametrize(
    ("length", "edits"),
    [(0, 0), (3, 0), (4, 1), (5, 1), (6, 2), (10, 2), (11, 3), (80, 3)],
)
def test_longer_words_forgive_more(length: int, edits: int) -> None:
    assert rules.edits_allowed(length) == edits


def near(term: int, key: str, distance: int, *departments: str) -> Near:
    return Near(term, key, distance, frozenset(departments))


def test_fewer_edits_come_first() -> None:
    found = rules.suggestions([near(1, "edxx", 2), near(2, "edrm", 1)], "edmr", None)

    assert found == (2, 1)


def test_among_equals_the_same_first_letter_comes_first() -> None:
    found = rules.suggestions([near(1, "vishing", 1), near(2, "phishing", 1)], "pishing", None)

    assert found == (2, 1)


def test_then_the_same_length_then_the_own_department() -> None:
    candidates = [near(1, "edr", 1, "ta"), near(2, "edrn", 1, "security"), near(3, "edrm", 1, "ta")]

    assert rules.suggestions(candidates, "edmr", "ta") == (3, 2, 1)


def test_a_term_found_twice_is_suggested_once_and_never_more_than_three() -> None:
    candidates = [near(1, "aaaa", 1), near(1, "aaab", 1)] + [
        near(term, "aabb", 2) for term in range(2, 9)
    ]

    found = rules.suggestions(candidates, "aaaa", None)

    assert found == (1, 2, 3)


def test_the_own_department_is_on_top_then_what_is_shared() -> None:
    senses = [Owned("legal"), Owned("security"), Owned("shared"), Owned("ta")]

    arranged = rules.arrange(senses, "ta")

    assert [sense.department for sense in arranged] == ["ta", "shared", "security", "legal"]


def test_a_shared_sense_needs_both_departments() -> None:
    assert rules.seats(["shared"]) == ("security", "ta")
    assert rules.seats(["legal"]) == ("legal",)
    assert rules.seats(["legal", "shared", "ta"]) == ("legal", "security", "ta")
    assert rules.owner_group("shared") == "security"
    assert rules.owner_group("ta") == "ta"


@pytest.mark.parametrize(
    ("given", "person", "owns", "seat"),
    [
        ({}, 1, {"ta"}, "ta"),
        ({}, 1, {"ta", "security"}, "security"),
        ({"security": 1}, 1, {"ta", "security"}, None),  # one person, one seat
        ({"security": 2}, 1, {"ta", "security"}, "ta"),
        ({"security": 2}, 1, {"security"}, None),  # filled already
        ({}, 1, {"legal"}, None),
    ],
)
def test_each_owner_fills_one_seat_of_their_own(
    given: dict[str, int], person: int, owns: set[str], seat: str | None
) -> None:
    taken = rules.seat_to_take(needed=("security", "ta"), given=given, person=person, owns=owns)

    assert taken == seat


@given(st.lists(st.tuples(st.integers(1, 3), st.sets(st.sampled_from(["security", "ta"])))))
def test_nobody_ever_fills_two_seats(presses: list[tuple[int, set[str]]]) -> None:
    given: dict[str, int] = {}

    for person, owns in presses:
        seat = rules.seat_to_take(needed=rules.SHARED_SEATS, given=given, person=person, owns=owns)
        if seat:
            given[seat] = person

    assert len(set(given.values())) == len(given)


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ({}, {}),
        ({"security": 1, "ta": 2}, {"security": 1, "ta": 2}),
        ({"security": 3, "ta": 2}, {"ta": 2}),
        ({"security": 1, "ta": 1}, {"security": 1}),
        ({"security": 3, "ta": 3}, {}),
    ],
)
def test_neither_the_proposer_nor_anybody_twice_counts_among_those_who_agreed(
    given: dict[str, int], counted: dict[str, int]
) -> None:
    assert rules.counting(given, proposer=3) == counted


def test_a_decision_can_be_undone_for_ten_minutes() -> None:
    assert rules.can_undo(NOW - timedelta(minutes=10), NOW)
    assert not rules.can_undo(NOW - timedelta(minutes=10, seconds=1), NOW)
    assert not rules.can_undo(None, NOW)


@pytest.mark.parametrize("kind", list(Kind))
def test_tools_and_threats_are_reviewed_twice_as_often(kind: Kind) -> None:
    days = (rules.review_due(kind, NOW) - NOW).days

    assert days == (90 if kind in {Kind.TOOL, Kind.THREAT} else 180)


@pytest.mark.parametrize(
    ("status", "due", "shown"),
    [
        (Status.APPROVED, NOW + timedelta(seconds=1), Status.APPROVED),
        (Status.APPROVED, NOW, Status.STALE),
        (Status.APPROVED, None, Status.APPROVED),
        (Status.DEPRECATED, NOW - timedelta(days=1), Status.DEPRECATED),
        (Status.STALE, NOW + timedelta(days=1), Status.STALE),
    ],
)
def test_a_reader_sees_what_is_due_before_any_timer_has_run(
    status: Status, due: datetime | None, shown: Status
) -> None:
    assert rules.status_at(status, due, NOW) is shown


def test_a_sentence_of_26_words_is_too_long() -> None:
    fine, long = " ".join(["word"] * 25), " ".join(["other"] * 26)

    remarks = rules.lint(f"{fine}. {long}.")

    assert [(remark.kind, remark.detail) for remark in remarks] == [
        (RemarkKind.LONG_SENTENCE, "other other other other other")
    ]


@pytest.mark.parametrize(
    ("plain", "bare"),
    [
        ("The SIEM shows it.", ["SIEM"]),
        ("SIEMs show it, a SIEM does.", ["SIEM"]),
        ("A log collector (SIEM) shows it.", []),
        ("Log collectors (SIEMs) show it.", []),
        ("The SIEM (a log collector) shows it.", []),
        ("HR and IT ask for an ID.", []),
        ("Look at ATT&CK and EDR.", ["ATT&CK", "EDR"]),
        ("The SOC watches.", []),  # the term itself
        ("I saw A and B.", []),
    ],
)
def test_an_acronym_must_be_spelt_out(plain: str, bare: list[str]) -> None:
    remarks = rules.lint(plain, own=["SOC 2"])

    assert [remark.detail for remark in remarks] == bare
