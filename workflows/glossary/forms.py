"""The inputs that ask for the words of a meaning, and how their answers are read."""

from bot.answers import Answers
from bot.errors import Invalid
from bot.ui import AnyInput, Choice, LongText, Option, Quote, ShortText
from workflows.glossary import proposal_texts, texts
from workflows.glossary.rules import Kind
from workflows.glossary.tables import Sense, Term
from workflows.glossary.wording import LIMITS, Wording, listed, tidy

_OPTIONAL_LINES = ("expansion", "source_title", "source_url")
_OPTIONAL_TEXTS = ("expert", "why_it_matters", "example")


def subject(sense: Sense, term: Term) -> Quote:
    """Return what a form is about: the term, its department and its present words."""
    heading = texts.summary(term.label, "", sense.department, sense.words().plain)
    return Quote(text=heading)


def wording_inputs(wording: Wording) -> tuple[AnyInput, ...]:
    """Return the inputs for all words of a meaning, filled with *wording*."""
    plain = LongText(
        name="plain",
        label=texts.FIELD_NAMES["plain"],
        hint=proposal_texts.HINT_PLAIN,
        initial=wording.plain,
        max_length=LIMITS["plain"],
    )
    kind = Choice(
        name="kind",
        label=proposal_texts.KIND,
        options=tuple(Option(value=kind.value, label=texts.KINDS[kind]) for kind in Kind),
        initial=wording.kind.value,
    )
    confusions = ShortText(
        name="not_to_confuse_with",
        label=texts.FIELD_NAMES["not_to_confuse_with"],
        hint=proposal_texts.HINT_LISTED,
        initial="|".join(wording.not_to_confuse_with),
        max_length=500,
        required=False,
    )
    long = (_optional(LongText, name, wording) for name in _OPTIONAL_TEXTS)
    short = (_optional(ShortText, name, wording) for name in _OPTIONAL_LINES)
    return (plain, kind, *long, *short, confusions)


def alias_input() -> ShortText:
    """Return the input for further names of a term."""
    return ShortText(
        name="aliases",
        label=texts.ALIASES,
        hint=proposal_texts.HINT_LISTED,
        max_length=500,
        required=False,
    )


def wording_of(answers: Answers, *, licence: str = "") -> Wording:
    """Return the answers as a wording.

    Raises:
        Invalid: with the problem of each input that does not fit.
    """
    lines = {name: tidy(answers.text(name)) for name in (*_OPTIONAL_LINES, *_OPTIONAL_TEXTS)}
    wording = Wording(
        plain=tidy(answers.text("plain")),
        kind=Kind(answers.text("kind")),
        not_to_confuse_with=listed(answers.text("not_to_confuse_with")),
        licence=licence,
        **lines,
    )
    if problems := wording.problems():
        raise Invalid(fields=problems)
    return wording


def _optional(
    question: type[ShortText] | type[LongText], name: str, wording: Wording
) -> ShortText | LongText:
    return question(
        name=name,
        label=texts.FIELD_NAMES[name],
        initial=str(getattr(wording, name)),
        max_length=LIMITS[name],
        required=False,
    )
