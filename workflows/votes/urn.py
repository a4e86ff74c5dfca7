"""The urn of a secret vote: sealed counts, always of one length, and no ballot anywhere.

Every count has two digits from the beginning, so nothing grows with what is put in. Who reads the
database learns how often it was written, never what; docs/votes-privacy.md says what remains.
"""

import json

from sqlmodel import Session

from bot.context import Context
from storage import joining
from workflows.votes import casting_tables, keeping, reading, tables
from workflows.votes.casting_tables import Wording
from workflows.votes.counting import Counts
from workflows.votes.rules import ABSTAINED, Mode
from workflows.votes.tables import Urn, Vote

_NOTHING = "00"

#: Two digits for each choice of each department.
_Written = dict[str, dict[str, str]]


def empty_urn(ctx: Context, vote: Vote) -> None:
    """Place an empty urn for the present version, when the vote is secret."""
    if vote.mode is not Mode.SECRET:
        return
    id = vote.id or 0
    options = reading.options_of(tables.terms(ctx.session, vote))
    none = {option.key: _NOTHING for option in (*options, ABSTAINED)}
    departments = sorted({one.department for one in tables.electors_of(ctx.session, id)})
    urn = Urn(vote_id=id, version=vote.version)
    ctx.session.add(urn)
    ctx.session.flush()
    urn.counts = _sealed(ctx, urn.id or 0, dict.fromkeys(departments, none))


def drop(ctx: Context, wording: Wording, department: str, choice: str) -> None:
    """Put a ballot into the urn; what it says is stored nowhere else."""
    urn, sealed = casting_tables.lock_urn(ctx.session, wording)
    counts = _opened(ctx, urn, sealed)
    counts[department][choice] = f"{int(counts[department][choice]) + 1:02}"
    casting_tables.fill_urn(ctx.session, urn, _sealed(ctx, urn, counts))


def counts(ctx: Context, vote: Vote) -> Counts:
    """Return what is in the urn of the present version; for the close alone."""
    ctx.session.flush()
    urn, sealed = casting_tables.lock_urn(ctx.session, Wording(vote.id or 0, vote.version))
    found: dict[str, dict[str, int]] = {}
    for department, own in _opened(ctx, urn, sealed).items():
        for choice, count in own.items():
            if count != _NOTHING:
                found.setdefault(department, {})[choice] = int(count)
    return found


@joining.objects
def two_ballots(session: Session, kept: int, gone: int) -> bool:
    """Object to one person having two ballots in an urn: neither can be found again."""
    return casting_tables.acted_in_secret(session, {kept, gone})


def _sealed(ctx: Context, urn: int, counts: _Written) -> str:
    return ctx.sealer.seal(json.dumps(counts), at=keeping.COUNTS, row=str(urn))


def _opened(ctx: Context, urn: int, sealed: str) -> _Written:
    found: _Written = json.loads(ctx.sealer.open(sealed, at=keeping.COUNTS, row=str(urn)))
    return found
