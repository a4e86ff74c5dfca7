"""What owners read about the draft of an agenda, in English, ready for translation."""

APPROVE, CANCEL = "Approve", "Cancel this meeting"
CONFIRM_CANCEL = "Everybody who comes reads that it does not take place. Cancel it?"
NOTHING_TO_DECIDE = "there is nothing to decide"
APPROVED_ALREADY = "This agenda is approved already. You can still change it until the meeting."
PUBLISHED = (
    "This agenda is posted. What you change here changes there as well, until the meeting begins."
)
EACH_PLACE = (
    "You read all that you may know. Each channel shows what everybody there may know, and where "
    "guests or other companies read, numbers alone."
)


def waits(at: str) -> str:
    """Say what happens when nobody answers."""
    return f"Approve it, or change it first. Without an answer it is posted as it stands on {at}."


def approved_by(name: str, at: str) -> str:
    """Say who approved a draft, and when it goes out."""
    return f"{name} approved it. It is posted on {at}, and can be changed until the meeting begins."


def approved(at: str) -> str:
    """Thank whoever approved a draft."""
    return f"Thank you, the agenda is approved. It is posted on {at}."


def no_draft(name: str) -> str:
    """Say that nothing waits for an approval."""
    return f"The agenda of {name} is no draft any more, so nothing has to be approved."


def too_late(name: str) -> str:
    """Say that an agenda stays as it is."""
    return (
        f"The agenda of {name} cannot be changed any more: the meeting has begun, or does not take "
        "place. What comes up, add to the next one with `agenda add`."
    )


def cancelled(name: str, local: str) -> str:
    """Confirm that nobody meets."""
    return f"{name} on {local} is cancelled, and everybody who comes is told."
