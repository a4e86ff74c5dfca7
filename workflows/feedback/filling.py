"""The scorecard as a form: filled with what was begun, and handed in."""

from collections.abc import Sequence

from bot.answers import Answers
from bot.context import Context
from bot.ui import Button, Form, Message, Reply
from workflows.feedback import cards, handing_in, keeping, sight
from workflows.feedback import giving_texts as texts
from workflows.feedback import giving_views as views
from workflows.feedback import workflow as it
from workflows.feedback.cards import Asked
from workflows.feedback.judging import OVERALL, REASON, Judgement, rate, tell
from workflows.feedback.rules import GIVEN, NOT_ASSESSED, Overall


@it.form("give")
def give(ctx: Context, card: int) -> Form:
    """Ask for the scorecard, with the draft or the last version in it."""
    asked = cards.own(ctx, card)
    is_given = asked.card.state in GIVEN
    return views.form(
        asked,
        cards.criteria(ctx, asked),
        keeping.begun(ctx, asked.card),
        is_revealed=is_given and sight.could_read(ctx.session, ctx.person, asked.card, ctx.now),
    )


@give.submit
def given(ctx: Context, answers: Answers, card: int) -> Reply:
    """Hand the scorecard in; what it lacks comes back beside its inputs, and all is kept."""
    asked = cards.lock(ctx, card)
    keys = [criterion.key for criterion in cards.criteria(ctx, asked)]
    judgement = _judgement(answers, keys)
    if answers.on(views.AS_DRAFT):
        handing_in.keep_draft(ctx, asked, judgement)
        go_on = opens(asked, texts.GO_ON)
        return views.with_buttons(texts.DRAFT_KEPT, texts.DRAFT_KEPT, go_on)
    keeps_words = views.KEEP_WORDS in answers and answers.on(views.KEEP_WORDS)
    handed = handing_in.hand_in(ctx, asked, keys, judgement, keeps_words=keeps_words)
    if handed.problems is None:
        return is_in(asked, handed.said)
    ctx.session.flush()
    again = give.open(ctx, card=card)
    return again.model_copy(update={"problems": dict(handed.problems)})


def is_in(asked: Asked, said: str) -> Message:
    """Say what became of a scorecard, and offer to change it, or to go on with the draft."""
    label = texts.CHANGE if asked.card.state in GIVEN else texts.GO_ON
    return views.with_buttons(said, said, opens(asked, label))


def opens(asked: Asked, label: str) -> Button:
    """Return the button that opens a scorecard."""
    return give.button(label, card=asked.id)


def _judgement(answers: Answers, keys: Sequence[str]) -> Judgement:
    """Return what the form says; a criterion without an answer is left out."""
    rated = {key: answers.text(rate(key)) for key in keys}
    overall = answers.text(OVERALL)
    return Judgement(
        ratings={key: _rating(value) for key, value in rated.items() if value},
        evidence={key: answers.text(tell(key)) for key in keys},
        overall=Overall(overall) if overall else None,
        reason=answers.text(REASON),
    )


def _rating(value: str) -> int | str:
    return value if value == NOT_ASSESSED else int(value)
