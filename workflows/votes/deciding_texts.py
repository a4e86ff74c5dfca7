"""What people read when a vote is closed, decided, vetoed, changed or called off."""

from collections.abc import Mapping, Sequence

from workflows.votes.rules import Ground, Mode, Resolution, Stance, State

# Commands --------------------------------------------------------------------------------

HELP_CLOSE = "Close a vote when everybody has answered, or after four working hours."
USAGE_CLOSE = "V-7"
HELP_DECIDE = "Decide a closed vote; say why when you decide otherwise."
USAGE_DECIDE = 'V-7 decline "rationale"'
HELP_VETO = "Say by name that it must not go ahead, on a ground that is yours."
USAGE_VETO = 'V-7 ground=legal "reason"'
HELP_EXTEND = "Give a vote more working time, once."
USAGE_EXTEND = "V-7 1d"
HELP_MODE = "Make an open vote more private; never less."
USAGE_MODE = "V-7 confidential"
HELP_AMEND = "Change what an open vote asks; everybody votes anew."
USAGE_AMEND = "V-7"
HELP_CANCEL = "Call a vote off, and say why."
USAGE_CANCEL = 'V-7 "reason"'
HELP_REOPEN = "Open a vote once more that came to nothing, with new evidence."
USAGE_REOPEN = 'V-7 "what is new"'

HOW_TO_DECIDE = (
    "Say what is decided and, where that is not what was recommended, why: "
    '`vote decide V-7 decline "reason"`.'
)
HOW_LONG = "Say for how long, in working days or hours: 6h, 2d or 1d 4h."

# Buttons and forms -----------------------------------------------------------------------

CLOSE_NOW = "Close it now"
SURE_TO_CLOSE = "Close the vote now? No ballot is taken or changed after that."
OTHERWISE = "Decide otherwise"
DECIDE = "Decide"
CHOICE = "What is decided"
RATIONALE = "Why"
VETO = "Veto"
GROUND = "On which ground"
REASON = "Why it must not go ahead"
VETO_HINT = "Everybody who may vote reads this under your name."
UPHOLD = "Uphold the veto"
SURE_TO_UPHOLD = "Uphold it? Then you decide otherwise."
REJECT = "Reject the veto"
SURE_TO_REJECT = "Reject it? Then the vote goes on where it was."
REOPEN = "Add new evidence"
EVIDENCE = "What is new"
EVIDENCE_HINT = "Everybody reads it under your name, and votes anew within one working day."
AGREE = "Agree"
COMMIT = "Disagree and commit"
OBJECT = "Object"
OBJECTION = "What you object to"
AMEND = "Change what is asked"
ASK_ANEW = "Ask anew"
QUESTION = "Question"
ANSWERS = "Answers"
ANSWERS_HINT = "One on each line. Everybody can also abstain."

GROUNDS: Mapping[Ground, str] = {
    Ground.CLEARANCE: "Clearance",
    Ground.BACKGROUND: "Background check",
    Ground.INSIDER_RISK: "Insider risk",
    Ground.LEGAL: "Legality",
    Ground.PROCESS: "Fairness of the process",
}

# Answers ---------------------------------------------------------------------------------

DECIDED = "Thank you, it is decided. Everybody who may vote hears of it now."
WAITS_FOR_THE_OTHER = (
    "Thank you, that is noted. It is decided when the other director says the same."
)
YOU_DIFFER = "Thank you. The other director sees it differently, so the sponsor is asked now."
OFF_THE_TABLE = "A veto took that answer off the table. Please choose another one."
UPHELD = "The veto is upheld. You are asked now to decide otherwise."
REJECTED = "The veto is rejected, and the vote goes on where it was. Everybody hears of it."
VETO_AT_THE_CLOSE = (
    "Your veto is noted, and everybody is told. People go on voting; "
    "at the close the decider upholds or rejects it."
)
VETO_NOW = "Your veto is noted, and everybody is told. The decider upholds or rejects it."
ONE_VETO = "Your veto waits for the decider already; one at a time is enough."
NO_VETO = "Others hold the vetoes in this vote. Tell them or the decider what you have seen."
VETO_IS_SETTLED = "That veto does not wait any more, so nothing was changed."
EXTENDED = "There is more time now, and everybody who may vote is told."
EXTENDED_ALREADY = "A vote can be extended once, and this one was. It closes as its card says."
TOO_LONG = "A vote lasts ten working days at most. Please extend it by less."
MODE_CHANGED = "The vote is more private now, and everybody is told."
AMENDED = "It is asked anew, and everybody is told."
NOTHING_AMENDED = "Nothing is different from before, so nothing was changed."
REOPENED = "Thank you. The vote is open for one more working day, and everybody is told."
REOPENED_BY_OTHERS = "Its opener, the panel's lead or the decider can open it once more. Tell them."
STEERED_BY_OTHERS = "Only whoever opened the vote or decides it can do that. Please ask them."
WHY_CANCEL = "Please say why: everybody who may vote reads it."
WHICH_MODE = "A vote is named, confidential or secret. Please say one of these."
TOO_FEW_TO_HIDE = (
    "A secret vote needs three people of each department that has a weight; with fewer, people "
    "could be told apart. A confidential one hides names from colleagues; auditors can see them."
)
NOT_A_HUNDRED = "Please let the weights come to 100 together."
NOBODY_TO_SPEAK = "Nobody of one of these departments may vote. Please give it no weight."

STANDS: Mapping[Stance, str] = {
    Stance.AGREE: "Thank you. It is noted that you agree with the decision.",
    Stance.COMMIT: "Thank you. It is noted that you disagree, and stand by the decision.",
    Stance.OBJECT: "Thank you for saying so. Your objection is on the record, under your name.",
}
#: Whom to ask instead; the same whoever was asked already.
OTHERS_DECIDE: Mapping[State, str] = {
    State.DECIDER: "The decider is asked now. Please tell them what you think.",
    State.DIRECTORS: "Both directors are asked now. Please tell them what you think.",
    State.SPONSOR: "The executive sponsor is asked now. Please tell them what you think.",
    State.ON_HOLD: "The decider or the sponsor can decide now. Please tell them what you think.",
    State.VETOED: "The decider upholds or rejects it. Please tell them what you think.",
}
_NOT_NOW: Mapping[State, str] = {
    State.OPEN: "{code} is open. It is decided after its close.",
    State.EVIDENCE: "{code} waits for new evidence for one working day; then the decider is asked.",
    State.VETOED: "{code} waits for the decider to uphold or reject a veto.",
    State.DECIDED: "{code} is decided already.",
    State.CANCELLED: "{code} was called off.",
    State.ARCHIVED: "{code} is decided, and in the archive.",
}

# Messages --------------------------------------------------------------------------------

#: Why somebody is asked.
ASKS: Mapping[State, str] = {
    State.EVIDENCE: "The vote came to nothing. New evidence can open it once more.",
    State.DECIDER: "Please decide.",
    State.DIRECTORS: (
        "The decider has not decided. Please decide with the other director: "
        "when you both say the same, it is decided."
    ),
    State.SPONSOR: "Nobody has decided so far. Please decide.",
    State.ON_HOLD: "Nobody has decided, so it is on hold. You can still decide at any time.",
}
#: What happens in the end when whoever is asked says nothing.
OTHERWISE_THEN: Mapping[State, str] = {
    State.EVIDENCE: "Without any, the decider is asked then:",
    State.DECIDER: "Without an answer, both directors are asked then:",
    State.DIRECTORS: "Without an answer from both, the executive sponsor is asked then:",
    State.SPONSOR: "Without an answer, it is on hold from then on:",
}
VETO_UNTIL = "A veto can be raised until:"
VETO_LAPSES = "Without an answer, the veto lapses then:"
CLOSES_NOW_AT = "It closes now at:"
BALLOTS_VOID = "No ballot counts that was cast before. Please vote anew."
PLEASE_VOTE = "Please vote."
COMPLETE = "Everybody has answered. You can close it now."
UNTIL_THEN = "Until then everybody can change their mind."
YOU_HOLD_A_VETO = "You can say by name that it must not go ahead, on a ground that is yours."
NOT_FOLLOWED = (
    "Perhaps you would have decided otherwise. Please say how you stand to it; what you say is "
    "on the record under your name."
)

_RESOLVED: Mapping[Resolution, str] = {
    Resolution.UPHELD: "was upheld. The decider decides otherwise.",
    Resolution.REJECTED: "was rejected. The vote goes on where it was.",
    Resolution.EXPIRED: "was not upheld in time, and has lapsed.",
}


def confirm(label: str) -> str:
    """Return the button that decides as recommended."""
    return f"Confirm: {label}"


def rationale_hint(recommended: str, shortest: int) -> str:
    """Say when a rationale is needed."""
    if not recommended:
        return "A sentence helps those who would have decided otherwise."
    return f"Needed, with {shortest} characters or more, unless you confirm “{recommended}”."


def objection_hint(mode: Mode) -> str:
    """Say who reads an objection."""
    if mode is Mode.NAMED:
        return "It stands on the record under your name."
    return "It stands on the record under your name, though nobody reads how you voted."


def short_rationale(shortest: int, length: int) -> str:
    """Say that whoever decides otherwise gives reasons."""
    return (
        f"This is not what the vote recommended. Please say why in {shortest} characters or more; "
        f"so far there are {length}."
    )


def short_reason(shortest: int, length: int) -> str:
    """Say that a veto needs a reason."""
    return f"Please say why in {shortest} characters or more; so far there are {length}."


def short_evidence(shortest: int, length: int) -> str:
    """Say that new evidence must be told."""
    return f"Please say what is new in {shortest} characters or more; so far there are {length}."


def is_over(code: str) -> str:
    """Say that a vote is decided or called off."""
    return f"{code} is decided or called off, so nothing was changed."


def is_closed(code: str) -> str:
    """Say that a vote is not open."""
    return f"{code} is closed, so nothing was changed."


def is_newer(code: str) -> str:
    """Say that a button belongs to an older version."""
    return f"{code} was asked anew since, so nothing was changed. Please use its newest message."


def not_now(code: str, state: State) -> str:
    """Say why nobody decides a vote now."""
    return f"{_NOT_NOW[state].format(code=code)} Nothing was changed."


def nothing_to_confirm(code: str) -> str:
    """Say that there is no recommendation to confirm."""
    return f"{code} has no recommendation to confirm. Please choose an answer."


def no_such_answer(word: str, labels: Sequence[str]) -> str:
    """Say which answers there are."""
    return f"“{word}” is none of the answers. Please choose one of these: {', '.join(labels)}."


def too_early_to_close(hours: int) -> str:
    """Say when a vote can be closed by hand; nothing of how it stands."""
    return (
        f"A vote can be closed when everybody has answered, or after {hours} working hours. "
        "Nothing was changed; you can call it off instead."
    )


def closed(code: str) -> str:
    """Say that a vote was closed."""
    return f"{code} is closed. Its card tells what it came to."


def cancelled(code: str) -> str:
    """Say that a vote was called off."""
    return f"{code} is called off, and everybody who may vote is told why."


def too_late_to_veto(code: str) -> str:
    """Say that the time for vetoes has passed."""
    return f"The time for a veto of {code} has passed. Please talk to its decider."


def which_ground(word: str, own: Sequence[Ground]) -> str:
    """Say on which grounds somebody may veto."""
    grounds = ", ".join(own)
    named = f"“{word}” is not one of your grounds." if word else "A veto needs a ground."
    return f"{named} Yours are: {grounds}."


def not_decided_now(code: str) -> str:
    """Say that there is nothing to stand to at this moment."""
    return f"{code} is not decided at this moment, so nothing was noted."


def not_less_private(mode: Mode) -> str:
    """Say that a mode changes in one direction only."""
    return f"The vote is {mode} now. It can become more private, never less: people relied on it."


def not_reopenable(code: str, state: State) -> str:
    """Say why a vote cannot be opened once more."""
    if state is State.OPEN:
        return f"{code} is open. It can be opened once more only if it comes to nothing."
    return f"{code} does not wait for new evidence, so nothing was changed."


def which_answers(fewest: int, most: int, longest: int) -> str:
    """Say how answers are written."""
    return (
        f"Please write {fewest} to {most} different answers, one on each line, "
        f"each of at most {longest} characters, without “Abstain”."
    )


def weight_of(department: str) -> str:
    """Name a department's weight."""
    return f"Weight of {department}, in percent"


def said_why(name: str, text: str) -> str:
    """Return who wrote a text."""
    return f"{name}: {text}" if name else text


def was_decided(label: str, decider: str) -> str:
    """Say what was decided, and by whom."""
    by = f" {decider} decided." if decider else ""
    return f"Decided: {label}.{by}"


def was_vetoed(name: str, ground: Ground) -> str:
    """Say who vetoed, on which ground."""
    return f"{name} vetoed. Ground: {GROUNDS[ground]}."


def was_resolved(name: str, resolution: Resolution) -> str:
    """Say what became of a veto."""
    whose = f"The veto of {name}" if name else "A veto"
    return f"{whose} {_RESOLVED[resolution]}"


def was_cancelled(name: str) -> str:
    """Say who called a vote off."""
    return f"{name} called it off."


def was_reopened(name: str) -> str:
    """Say who opened a vote once more."""
    return f"{name} brought new evidence. The vote is open once more. {BALLOTS_VOID}"


def was_amended(*, is_void: bool) -> str:
    """Say that another question is asked."""
    return f"It is asked anew. {BALLOTS_VOID if is_void else PLEASE_VOTE}"


def is_more_private(sentence: str, *, is_void: bool) -> str:
    """Say that a vote is more private now."""
    return f"It is more private now. {sentence}{f' {BALLOTS_VOID}' if is_void else ''}"
