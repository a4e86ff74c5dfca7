"""How what was learned is kept: sealed, each text to its own row."""

import json
from dataclasses import asdict, dataclass

from bot.context import Context
from storage.secrets import Sealer
from workflows.incidents import review_tables as tables
from workflows.incidents.review_tables import Action, Section
from workflows.incidents.texts import ERASED
from workflows.reports.keeping import opened

CONTENT = tables.Section.__table__.c.content  # type: ignore[attr-defined]  # SQLModel does not declare it
WHAT = tables.Action.__table__.c.what  # type: ignore[attr-defined]  # SQLModel does not declare it


@dataclass(frozen=True, slots=True)
class Learned:
    """What a department says of an incident."""

    well: str = ""
    slowed: str = ""
    change: str = ""


def learned(sealer: Sealer, section: Section) -> Learned:
    """Return what a department wrote; nothing where it was erased."""
    written = opened(sealer, section.content, at=CONTENT, row=section.id)
    return Learned(**json.loads(written)) if written else Learned()


def seal_section(ctx: Context, section: Section, learned: Learned) -> None:
    """Store what a department wrote."""
    ctx.session.add(section)
    ctx.session.flush()
    written = json.dumps(asdict(learned))
    section.content = ctx.sealer.seal(written, at=CONTENT, row=str(section.id))


def action(sealer: Sealer, action: Action) -> str:
    """Return what is to be done; or that it was erased."""
    return opened(sealer, action.what, at=WHAT, row=action.id, without=ERASED)


def seal_action(ctx: Context, action: Action, what: str) -> None:
    """Store something that is to be done."""
    ctx.session.add(action)
    ctx.session.flush()
    action.what = ctx.sealer.seal(what, at=WHAT, row=str(action.id))
