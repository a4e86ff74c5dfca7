"""What the timeline says when something did not arrive."""


def lost(code: str) -> str:
    """Say that a way was closed; the code is the platform's."""
    return (
        f"A message of this case could not be delivered as meant ({code}). "
        "If its sender named another way, it went there."
    )
