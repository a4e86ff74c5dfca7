"""Comparing with few keys finds what comparing with all of them does."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from workflows.glossary.spelling import Spellings

LETTERS = "abcdeghikmnoprstuäß漢0123"
KEYS = st.text(LETTERS, min_size=1, max_size=12)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A key, and the same with two letters exchanged, replaced, added or dropped."""
    key = typed = draw(KEYS)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(typed)))
        letter = draw(st.sampled_from(LETTERS))
        before, here, after = typed[:at], typed[at : at + 1], typed[at + 1 :]
        exchanged = before + after[:1] + here + after[1:]
        changed = (exchanged, before + letter + after, before + letter + here + after)
        typed = draw(st.sampled_from((*changed, before + after)))
    return key, typed


@given(st.lists(slips(), max_size=20), st.lists(KEYS, max_size=20), st.sampled_from([1, 2]))
def test_no_key_within_the_allowed_edits_is_missed(
    pairs: list[tuple[str, str]], others: list[str], allowed: int
) -> None:
    known = {key for key, _ in pairs} | set(others)
    spellings = Spellings()
    spellings.change(known, gone=set())

    for _, typed in pairs:
        near = dict(spellings.near(typed, allowed))

        every = {key: OSA.distance(typed, key) for key in known}
        assert near == {key: edits for key, edits in every.items() if edits <= allowed}


def test_a_key_that_is_gone_is_not_offered() -> None:
    spellings = Spellings()
    spellings.change(["edrm", "edsm"], gone=set())

    spellings.change(["edrm", "edam"], gone={"edrm"})

    assert {key for key, _ in spellings.near("edm", 1)} == {"edsm", "edam"}
