"""Sealed text opens in its own field, under its own key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.secrets import Sealer, Unreadable

OLD = "an old secret key of thirty-two characters"
NEW = "the newest secret key of thirty-two characters"
SEALER = Sealer(NEW)


def seal(text: str, row: str = "1") -> str:
    return SEALER.seal(text, table="case", column="report", row=row)


def open_(sealed: str, *, table: str = "case", column: str = "report", row: str = "1") -> str:
    return SEALER.open(sealed, table=table, column=column, row=row)


@given(st.text())
def test_what_was_sealed_can_be_opened(text: str) -> None:
    assert open_(seal(text)) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert seal("text") != seal("text")
    assert "text" not in seal("text")


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("candidate", "report", "1"), ("case", "name", "1"), ("case", "report", "2")],
)
def test_a_text_moved_to_another_field_is_refused(table: str, column: str, row: str) -> None:
    with pytest.raises(Unreadable, match="changed or moved"):
        open_(seal("text"), table=table, column=column, row=row)


@pytest.mark.parametrize("change", ["", "v1", "v1..", "v1.00000000.AAAA", "v1.x.y.z", "é.é.é"])
def test_what_we_did_not_seal_is_refused(change: str) -> None:
    with pytest.raises(Unreadable):
        open_(change)


def test_a_changed_text_is_refused() -> None:
    version, key, body = seal("text").split(".")
    other = "A" if body[20] != "A" else "B"

    with pytest.raises(Unreadable):
        open_(f"{version}.{key}.{body[:20]}{other}{body[21:]}")
    with pytest.raises(Unreadable):
        open_(f"v2.{key}.{body}")


def test_an_older_key_still_opens_but_asks_to_be_replaced() -> None:
    sealed = Sealer(OLD).seal("text", table="t", column="c", row="1")
    rotated = Sealer(NEW, OLD)

    opened = rotated.open(sealed, table="t", column="c", row="1")
    again = rotated.seal(opened, table="t", column="c", row="1")

    assert opened == "text"
    assert rotated.needs_rotation(sealed)
    assert not rotated.needs_rotation(again)
    with pytest.raises(Unreadable):
        SEALER.open(sealed, table="t", column="c", row="1")


def test_a_digest_depends_on_the_key_and_the_purpose() -> None:
    digest = SEALER.digest("T1:U1", purpose="inbound")

    assert digest == Sealer(NEW).digest("T1:U1", purpose="inbound")
    assert digest != SEALER.digest("T1:U1", purpose="send")
    assert digest != SEALER.digest("T1:U2", purpose="inbound")
    assert digest != Sealer(OLD).digest("T1:U1", purpose="inbound")


def test_a_signature_outlives_a_new_key() -> None:
    signature = Sealer(OLD).sign("value", purpose="audit")
    rotated = Sealer(NEW, OLD)

    assert rotated.verifies(signature, "value", purpose="audit")
    assert not rotated.verifies(signature, "other", purpose="audit")
    assert not rotated.verifies(signature, "value", purpose="other")
    assert not SEALER.verifies(signature, "value", purpose="audit")
    assert not SEALER.verifies("", "value", purpose="audit")


@pytest.mark.parametrize("secret", ["", " " * 40, "too short"])
def test_a_short_key_is_refused_with_a_way_to_make_one(secret: str) -> None:
    with pytest.raises(ValueError, match="token_urlsafe"):
        Sealer(secret)
