"""How the facts of an incident and the words for its departments are kept: sealed."""

import json
from dataclasses import asdict

from pydantic import TypeAdapter

from bot.context import Context
from storage.secrets import Sealer
from workflows.incidents import sheet_tables
from workflows.incidents.facts import Facts, Said
from workflows.incidents.sheet_tables import Sheet, Words
from workflows.incidents.texts import ERASED
from workflows.reports.keeping import opened

FACTS = sheet_tables.Sheet.__table__.c.content  # type: ignore[attr-defined]  # SQLModel does not declare it
SAID = sheet_tables.Words.__table__.c.content  # type: ignore[attr-defined]  # SQLModel does not declare it
_SAID = TypeAdapter(Said)


def facts(sealer: Sealer, sheet: Sheet) -> Facts:
    """Return what the lead has told; or that it was erased."""
    written = opened(sealer, sheet.content, at=FACTS, row=sheet.incident_id)
    if not written:
        return Facts(what=ERASED, since="", affected="", doing="")
    return Facts(**json.loads(written))


def seal_facts(ctx: Context, sheet: Sheet, facts: Facts) -> None:
    """Store what the lead tells."""
    written = json.dumps(asdict(facts))
    sheet.content = ctx.sealer.seal(written, at=FACTS, row=str(sheet.incident_id))
    ctx.session.add(sheet)
    ctx.session.flush()


def said(sealer: Sealer, words: Words) -> Said:
    """Return what a department hears; or that it was erased."""
    written = opened(sealer, words.content, at=SAID, row=words.id)
    return _SAID.validate_json(written) if written else Said(ERASED)


def seal_said(ctx: Context, words: Words, said: Said) -> None:
    """Store what a department hears."""
    ctx.session.add(words)
    ctx.session.flush()
    written = _SAID.dump_json(said).decode()
    words.content = ctx.sealer.seal(written, at=SAID, row=str(words.id))
    ctx.session.flush()
