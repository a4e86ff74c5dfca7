"""What a lookup finds, and what it suggests when it finds nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.workflows.glossary.entries import entry, seeded
from workflows.glossary.index import Index
from workflows.glossary.rules import PREFIX_MIN, Hit, edits_allowed, key_norm

SEEDED = seeded()
WORDS = st.text(alphabet="abcde", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("asked", "hit", "label"),
    [
        ("soc2", Hit.EXACT, "SOC 2"),
        ("edrm", Hit.EXACT, "EDRM"),
        ("req", Hit.ALIAS, "requisition"),
        ("Litigation Hold", Hit.ALIAS, "legal hold"),
        ("penetration test", Hit.EXPANSION, "pentest"),
    ],
)
def test_a_term_is_found_by_name_alias_and_expansion(asked: str, hit: Hit, label: str) -> None:
    found = SEEDED.find(asked, None)

    assert found.hit is hit
    assert found.entry is not None
    assert found.entry.label == label


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("edmr", ["EDRM", "EDR"]),
        ("pishing", ["phishing", "vishing", "smishing"]),
        ("sime", ["SIEM"]),
        ("time too fill", ["time to fill"]),
        ("atack", ["MITRE ATT&CK"]),
        ("time to", ["time to fill", "time to hire", "time to start"]),
        ("zzz", []),
        ("qoh", []),
        ("", []),
    ],
)
def test_a_slip_gets_suggestions_and_never_an_answer(asked: str, suggested: list[str]) -> None:
    found = SEEDED.find(asked, None)

    assert found.entry is None
    assert [entry.label for entry in found.suggested] == suggested
    assert found.hit is (Hit.NEAR if suggested else Hit.NONE)


def test_a_name_wins_over_an_alias_and_both_over_an_expansion() -> None:
    index = Index()
    index.put(
        [
            entry(1, "TAR", expansion="tape archive"),
            entry(2, "tape archive"),
            entry(3, "bundle", aliases=("tarball",), expansion="tar"),
        ]
    )

    assert index.find("tape archive", None).hit is Hit.EXACT
    assert index.find("tarball", None).hit is Hit.ALIAS
    assert index.find("tar", None).entry == index.entries[1]


def test_the_readers_department_decides_which_meaning_is_on_top() -> None:
    for department in ("ta", "security"):
        found = SEEDED.find("pipeline", department)

        assert found.meanings[0].department == department
        assert len(found.meanings) == 2


@pytest.mark.parametrize("department", ["security", "ta", "legal", None])
def test_who_spells_a_meaning_out_gets_that_meaning_on_top(department: str | None) -> None:
    found = SEEDED.find("threat actor", department)

    assert found.meanings[0].wording.expansion == "threat actor"
    assert len(found.meanings) == 3


def test_an_expansion_of_two_terms_is_a_choice() -> None:
    index = Index()
    index.put([entry(1, "AB", expansion="same words"), entry(2, "CD", expansion="same words")])

    found = index.find("Same words", None)

    assert found.entry is None
    assert [entry.label for entry in found.suggested] == ["AB", "CD"]


def test_what_somebody_did_not_mean_is_not_offered_again() -> None:
    offered = [entry.label for entry in SEEDED.neighbours("EDR", "security")]

    assert "EDR" not in offered


def test_what_lies_farther_fills_the_place_of_what_was_not_meant() -> None:
    index = Index()
    labels = ("phishing", "pishing", "vishing", "fishinng")
    index.put(entry(id, label) for id, label in enumerate(labels, start=1))

    offered = [entry.label for entry in index.neighbours("pishing", None)]

    assert offered == ["phishing", "vishing", "fishinng"]


def test_a_changed_entry_is_found_under_its_new_names_only() -> None:
    index = Index()
    index.put([entry(1, "old name", aliases=("on",), expansion="an old name indeed")])

    index.put([entry(1, "new name", aliases=("nn",), expansion="a new name indeed")])

    assert index.find("nn", None).hit is Hit.ALIAS
    assert index.find("a new name indeed", None).hit is Hit.EXPANSION
    assert index.find("on", None).hit is Hit.NONE
    assert index.find("an old name indeed", None).entry is None


def test_an_entry_without_a_meaning_is_gone() -> None:
    index = Index()
    index.put([entry(1, "word"), entry(2, "other", expansion="word for word")])

    index.put([entry(1, "word").__class__(1, "word", (), ())])

    assert index.find("word", None).entry is None
    assert index.named("word") is None
    assert list(index.entries) == [2]


@given(st.lists(WORDS, unique_by=key_norm, max_size=30), WORDS)
def test_suggestions_are_what_comparing_with_every_term_finds(
    labels: list[str], asked: str
) -> None:
    index = Index()
    index.put(entry(id, label) for id, label in enumerate(labels, start=1))
    if asked in labels:
        return

    suggested = {entry.label for entry in index.find(asked, None).suggested}

    allowed = edits_allowed(len(asked))
    near = {label for label in labels if allowed and OSA.distance(asked, label) <= allowed}
    begins = {label for label in labels if len(asked) >= PREFIX_MIN and label.startswith(asked)}
    assert suggested <= near | begins
    assert len(suggested) == min(3, len(near | begins))


@given(st.lists(st.tuples(st.integers(1, 4), WORDS), max_size=20))
def test_many_changes_leave_what_one_build_would(changes: list[tuple[int, str]]) -> None:
    patched, latest = Index(), {}
    taken: dict[str, int] = {}
    for id, label in changes:
        if taken.get(label, id) != id:
            continue
        taken = {name: holder for name, holder in taken.items() if holder != id} | {label: id}
        latest[id] = entry(id, label, expansion=f"{label}{label}")
        patched.put([latest[id]])

    built = Index()
    built.put(latest.values())

    for _, label in changes:
        assert patched.find(label, None).suggested == built.find(label, None).suggested
        assert patched.find(label, None).entry == built.find(label, None).entry
