"""What an approved suggestion does to the glossary, and how that is taken back."""

from typing import Any, assert_never

from bot.errors import Conflict, NotFound
from bot.workflow import NO_SUCH_THING
from workflows.glossary import importing, publishing, texts
from workflows.glossary import proposal_texts as said
from workflows.glossary.publishing import Edit
from workflows.glossary.rules import Act
from workflows.glossary.tables import Proposal, Sense
from workflows.glossary.transfer import Row
from workflows.glossary.wording import Wording


def carry_out(edit: Edit, case: Proposal) -> None:
    """Do what *case* suggests.

    Raises:
        Conflict: the glossary has changed since, so that it no longer fits.
    """
    match case.act:
        case Act.ADD:
            _add(edit, case)
        case Act.EDIT:
            wording = Wording.from_json(case.content["wording"])
            publishing.reword(edit, _sense_as_seen(edit, case), wording)
            _remember(case, version=case.content["version"] + 1)
        case Act.ALIAS:
            term = publishing.term_for(edit, case.label)
            publishing.add_alias(edit, term, case.content["alias"])
        case Act.DEPRECATE:
            publishing.deprecate(edit, _sense_as_seen(edit, case), case.content["use"])
            _remember(case, version=case.content["version"] + 1)
        case Act.IMPORT:
            _import(edit, case)
        case _:
            assert_never(case.act)


def take_back(edit: Edit, case: Proposal) -> None:
    """Undo what *case* did.

    Raises:
        Conflict: something newer builds on it, or it cannot be taken back.
    """
    match case.act:
        case Act.ADD:
            publishing.withdraw(edit, _sense_as_left(edit, case))
        case Act.EDIT | Act.DEPRECATE:
            sense = _sense_as_left(edit, case)
            publishing.go_back(edit, sense, sense.version - 1)
            _remember(case, version=sense.version)
        case Act.ALIAS:
            publishing.remove_alias(edit, case.content["alias"])
        case Act.IMPORT:
            raise Conflict(said.CANNOT_UNDO)
        case _:
            assert_never(case.act)


def _add(edit: Edit, case: Proposal) -> None:
    wording = Wording.from_json(case.content["wording"])
    aliases = tuple(case.content["aliases"])
    sense = publishing.add_sense(edit, Row(case.label, case.department, wording, aliases))
    case.sense_id = sense.id
    _remember(case, version=sense.version)


def _import(edit: Edit, case: Proposal) -> None:
    plan = importing.plan_import(edit.session, case.content["csv"])
    if not plan.is_ready():
        raise Conflict(texts.IMPORT_NOT_READY)
    importing.apply_plan(edit, plan)


def _sense_as_seen(edit: Edit, case: Proposal) -> Sense:
    """Return the sense, unless it reads otherwise than the proposer saw it."""
    return _sense_in_version(edit, case, said.WORDING_MOVED)


def _sense_as_left(edit: Edit, case: Proposal) -> Sense:
    """Return the sense, unless somebody changed it after the approval."""
    return _sense_in_version(edit, case, said.CANNOT_UNDO)


def _sense_in_version(edit: Edit, case: Proposal, refusal: str) -> Sense:
    sense = edit.session.get(Sense, case.sense_id)
    if sense is None:
        raise NotFound(NO_SUCH_THING)
    # It may have been read before this edition began, while somebody else was writing.
    edit.session.refresh(sense)
    if sense.version != case.content["version"]:
        raise Conflict(refusal)
    return sense


def _remember(case: Proposal, **content: Any) -> None:
    case.content = {**case.content, **content}
