"""Many terms at once, for measuring how lookups grow."""

import itertools
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from workflows.glossary.rules import Status, key_norm
from workflows.glossary.tables import Sense, Term, next_edition
from workflows.glossary.wording import Wording

_PARTS = (
    ("thre", "sour", "cand", "inci", "veri", "pipe", "risk", "hire", "scor", "logg"),
    ("atol", "cing", "idat", "dent", "fica", "line", "mana", "ring", "ecar", "ging"),
    ("mark", "flow", "gate", "desk", "plan", "rank", "note", "call", "test", "file"),
)
_WORDS = ["".join(parts) for parts in itertools.product(*_PARTS)]


def names(count: int) -> list[str]:
    """Return *count* different names of 14 letters, alike enough to be mistaken."""
    return [f"{_WORDS[n % 1000]}{_letters(n // 1000)}" for n in range(count)]


def add_terms(session: Session, count: int, now: datetime) -> None:
    """Add *count* terms with one approved sense each."""
    if not count:
        return
    edition = next_edition(session)
    labels = names(count)
    session.execute(
        sa.insert(Term),
        [{"label": word, "key_norm": key_norm(word), "changed": edition} for word in labels],
    )
    found = session.execute(sa.select(col(Term.key_norm), col(Term.id)))
    ids = {key: id for key, id in found}  # noqa: C416  # rows, not pairs
    wording = Wording(plain="A made-up word.").as_json()
    common = {
        "department": "shared",
        "owner_group": "shared",
        "wording": wording,
        "status": Status.APPROVED,
        "version": 1,
        "approved_at": now,
        "replaced_by": "",
    }
    session.execute(sa.insert(Sense), [{**common, "term_id": ids[word]} for word in labels])


def _letters(n: int) -> str:
    return chr(97 + n // 26) + chr(97 + n % 26)
