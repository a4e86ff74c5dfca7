"""The forms in which an incident is declared, and a report linked."""

from collections.abc import Sequence

from bot.ui import Choice, Form, FormPart, Note, Option, ShortText, Toggle
from workflows.incidents import asking_for_texts as said
from workflows.incidents import codes, severing_views
from workflows.incidents.card_texts import heading
from workflows.incidents.tables import Incident
from workflows.reports.rules import Category
from workflows.reports.texts import CATEGORIES

LONGEST_TITLE = 150


def declare(report: str, category: Category) -> Form:
    """Ask what is declared; *report* is the one it is declared from, "" for none."""
    kinds = tuple(Option(value=one, label=CATEGORIES[one]) for one in Category)
    first: tuple[FormPart, ...] = (Note(text=said.from_report(report)),) if report else ()
    inputs: tuple[FormPart, ...] = (
        *first,
        ShortText(name="title", label=said.TITLE, hint=said.HINT_TITLE, max_length=LONGEST_TITLE),
        Choice(name="category", label=said.CATEGORY, options=kinds, initial=category),
        *severing_views.matrix(),
        severing_views.reason(),
        Toggle(name="lead", label=said.LEAD),
    )
    return Form(title=said.FORM, inputs=inputs, submit=said.SUBMIT)


def link(report: str, incidents: Sequence[Incident]) -> Form:
    """Ask which incident a report is part of."""
    options = tuple(
        Option(value=str(one.id), label=heading(codes.code(one), one.codename)) for one in incidents
    )
    which = Choice(name="incident", label=said.INCIDENT, options=options)
    inputs = (Note(text=said.linking(report)), which)
    return Form(title=said.LINK_FORM, inputs=inputs, submit=said.LINK_SUBMIT)
