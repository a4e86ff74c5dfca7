"""What is said about offers, in English, ready for translation."""

from datetime import datetime

from bot.ui import Line, When
from workflows.hiring.rules import OfferResult

HELP = "Say that an offer went out to a candidate, or what became of it; agendas list open ones."
USAGE = "C-104 [accepted | declined | withdrawn] [--search=S-12]"
FACT = "Offer ({search})"
RESULTS = {
    OfferResult.ACCEPTED: "was accepted",
    OfferResult.DECLINED: "was declined",
    OfferResult.WITHDRAWN: "was withdrawn",
}
WHAT_BECAME = (
    "Say nothing more when an offer went out, else what became of it: accepted, declined or "
    "withdrawn. Nothing was changed."
)


def out(candidate: str, search: str) -> str:
    """Say that an offer waits for its answer, and what to say then."""
    return (
        f"An offer to {candidate} in {search} is out, and agendas list it until it is answered. "
        f"Say `candidate offer {candidate} accepted --search={search}` then, or declined, or "
        "withdrawn."
    )


def answered(candidate: str, search: str, result: OfferResult) -> str:
    """Say what became of an offer."""
    return f"The offer to {candidate} in {search} {RESULTS[result]}. No agenda lists it any more."


def out_already(candidate: str, search: str) -> str:
    """Refuse a second offer beside one that waits."""
    return (
        f"An offer to {candidate} in {search} is out already. Say what became of it first: "
        f"`candidate offer {candidate} withdrawn --search={search}`. Nothing was changed."
    )


def none_out(candidate: str, search: str) -> str:
    """Refuse an answer to nothing."""
    return (
        f"No offer to {candidate} in {search} waits for an answer. When one goes out, say "
        f"`candidate offer {candidate} --search={search}`. Nothing was changed."
    )


def over(candidate: str, search: str) -> str:
    """Refuse an offer to somebody who is no candidate any more."""
    return (
        f"{candidate} is no candidate in {search} any more, so no offer can go out. Nothing was "
        f"changed; `candidate {candidate}` shows the searches."
    )


def fact(extended_at: datetime, result: str) -> Line:
    """Return how an offer stands, as a card says it."""
    return RESULTS[OfferResult(result)] if result else ("is out since ", When(at=extended_at))
