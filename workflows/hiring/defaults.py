"""The scorecards that hiring begins with: weights by role, criteria with their bars in words."""

import csv
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

from sqlmodel import Session

from workflows.hiring import tables
from workflows.hiring.rules import ANY_LEVEL, SIGNERS, TemplateState
from workflows.hiring.tables import Criterion, Signature, Template

KEYS = ("tech", "ir", "comm", "growth", "team")
#: In percent, in the order of `KEYS`: by role family and level.
WEIGHTS = {
    ("SOC analyst", "junior"): (25, 20, 20, 25, 10),
    ("SOC / detection", "senior"): (40, 25, 15, 10, 10),
    ("Incident-response lead", ANY_LEVEL): (30, 35, 20, 5, 10),
    ("AppSec / cloud engineer", "mid"): (45, 15, 20, 10, 10),
    ("eDiscovery / forensics analyst", ANY_LEVEL): (35, 20, 25, 10, 10),
    ("Security manager / director", ANY_LEVEL): (20, 25, 30, 10, 15),
}
#: In the file, a criterion of every role family.
EVERY_FAMILY = "*"
ANCHORS = ("well_below", "below", "meets", "exceeds")


def seed(session: Session, now: datetime) -> int:
    """Add the templates that are missing, signed and in force; return how many were added."""
    missing = [role for role in WEIGHTS if not tables.newest_version(session, *role)]
    for family, level in missing:
        template = Template(
            role_family=family, level=level, state=TemplateState.IN_FORCE, created_at=now
        )
        session.add(template)
        session.flush()
        session.add_all(_criteria(template, WEIGHTS[family, level]))
        session.add_all(
            Signature(template_id=template.id or 0, department=signer, at=now) for signer in SIGNERS
        )
    session.flush()
    return len(missing)


def _criteria(template: Template, weights: tuple[int, ...]) -> Iterator[Criterion]:
    by_key = {
        row["key"]: row for row in _rows() if row["family"] in {template.role_family, EVERY_FAMILY}
    }
    for position, (key, weight) in enumerate(zip(KEYS, weights, strict=True), start=1):
        row = by_key[key]
        yield Criterion(
            template_id=template.id or 0,
            position=position,
            key=key,
            label=row["label"],
            department=row["department"],
            weight=weight,
            must_pass=bool(row["must_pass"]),
            anchors=[row[anchor] for anchor in ANCHORS],
            evidence_prompt=row["evidence_prompt"],
            glossary_refs=row["glossary_refs"].split("|"),
        )


def _rows() -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("criteria.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
