"""The form in which people report: three questions, and what may stay empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from bot.answers import Answers
from bot.ui import (
    Choice,
    DateTime,
    Form,
    FormPart,
    LongText,
    Note,
    Option,
    PersonInput,
    Quote,
    ShortText,
    Toggle,
)
from workflows.reports import letter_texts, texts
from workflows.reports import reporting_texts as said
from workflows.reports.rules import Category, Circumstances, Interaction, Privacy, Scope

Kind = TypeVar("Kind", bound=str)
#: Together with what stands around them they fit into one report.
LONGEST_NOTICED, LONGEST_LINK, LONGEST_CONTACT = 2000, 300, 150
_ONGOING: Mapping[str, bool | None] = {"unknown": None, "yes": True, "no": False}


def form(
    *,
    noticed: str = "",
    quoted: str = "",
    is_own: bool = False,
    takes_unnamed: bool = True,
    privacy: Privacy = Privacy.NAMED,
) -> Form:
    """Ask what somebody noticed; what they chose to report, they read as it is *quoted*.

    What *is_own* they wrote themselves, so nobody asks whether its author is their concern.
    """
    optional = _optional(has_author=bool(quoted) and not is_own)
    notes = letter_texts.BEFORE_SENDING if takes_unnamed else (said.UNNAMED,)
    choices = said.WITH_UNNAMED if takes_unnamed else said.PRIVACIES
    who = _privacy(choices, privacy)
    told = (Note(text=note) for note in notes)
    inputs = (*_questions(noticed, quoted), *optional, who, *told)
    return Form(title=said.FORM, inputs=inputs, submit=said.SEND)


def form_for(departments: Mapping[str, str]) -> Form:
    """Ask what a colleague noticed, and who that is or where they work."""
    whom: tuple[FormPart, ...] = (
        PersonInput(name="whom", label=said.FOR_WHOM, hint=said.HINT_FOR_WHOM, required=False),
        choice("department", said.DEPARTMENT, departments, ""),
    )
    inputs = (*_questions("", ""), *whom, *_optional(has_author=False), _privacy(said.PRIVACIES))
    return Form(title=said.FORM_FOR, inputs=inputs, submit=said.SEND)


def circumstances(
    category: Category, interaction: Interaction, *, is_ongoing: bool | None
) -> Iterator[FormPart]:
    """Yield the questions that decide how urgent it is."""
    yield choice("category", said.CATEGORY, texts.CATEGORIES, category)
    yield choice("interaction", said.INTERACTION, texts.INTERACTIONS, interaction, said.FASTER)
    yield _ongoing(is_ongoing)
    yield Toggle(name="missing", label=said.MISSING)


def seen(answers: Answers) -> Circumstances:
    """Return what decides how urgent it is."""
    return Circumstances(
        category=Category(answers.text("category")),
        interaction=Interaction(answers.text("interaction")),
        is_ongoing=_ONGOING[answers.text("ongoing")],
        is_missing=answers.on("missing"),
    )


def choice(
    name: str, label: str, labels: Mapping[Kind, str], initial: Kind, hint: str = ""
) -> Choice:
    """Ask for one of *labels*."""
    options = tuple(Option(value=value, label=each) for value, each in labels.items())
    return Choice(name=name, label=label, hint=hint, options=options, initial=initial)


def _questions(noticed: str, quoted: str) -> Iterator[FormPart]:
    yield LongText(
        name="noticed",
        label=said.NOTICED,
        hint=said.HINT_ABOUT_QUOTE if quoted else said.HINT_NOTICED,
        required=not quoted,
        initial=noticed,
        max_length=LONGEST_NOTICED,
    )
    if quoted:
        yield Quote(text=quoted, source=said.QUOTED)
    yield choice("category", said.CATEGORY, texts.CATEGORIES, Category.UNSURE)
    yield choice("interaction", said.INTERACTION, texts.INTERACTIONS, Interaction.NONE, said.FASTER)


def _optional(*, has_author: bool) -> Iterator[FormPart]:
    yield Note(text=said.OPTIONAL)
    yield _ongoing(None)
    yield choice("scope", said.SCOPE, texts.SCOPES, Scope.UNKNOWN)
    yield Toggle(name="missing", label=said.MISSING)
    yield DateTime(name="happened", label=said.HAPPENED, required=False)
    yield ShortText(
        name="link",
        label=said.LINK,
        hint=said.HINT_LINK,
        required=False,
        max_length=LONGEST_LINK,
    )
    yield ShortText(name="contact", label=said.CONTACT, required=False, max_length=LONGEST_CONTACT)
    if has_author:
        yield Toggle(name="author", label=said.AUTHOR, hint=said.HINT_AUTHOR)
    yield PersonInput(name="about", label=said.ABOUT, hint=said.HINT_AUTHOR, required=False)


def _ongoing(initial: bool | None) -> Choice:
    now = next(value for value, meant in _ONGOING.items() if meant is initial)
    return choice("ongoing", said.ONGOING, said.ONGOING_ANSWERS, now)


def _privacy(
    choices: Mapping[Privacy, tuple[str, str]], initial: Privacy = Privacy.NAMED
) -> Choice:
    options = tuple(
        Option(value=value, label=label, hint=hint) for value, (label, hint) in choices.items()
    )
    return Choice(name="privacy", label=said.PRIVACY, options=options, initial=initial)
