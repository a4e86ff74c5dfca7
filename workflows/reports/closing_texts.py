"""What a reporter is told at the end: always thanks first, never that an alarm was for nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.reports.rules import Category, Outcome

THANKS = "Thank you for reporting this."
KEEP_REPORTING = "Please keep reporting whatever looks odd to you: each report helps."
PLAIN_WORDS = (
    "Reporters read this, and it names no mistake of anybody. Please say it without “{word}”, "
    "for instance what it was and what happens now. Nothing was changed."
)
WHICH_DEPARTMENT = "Name the department that it is passed on to. Nothing was closed."

#: What is said of each ending; the reporter knows what they reported.
ENDINGS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.INCIDENT: (
            "{code} was real. Your report was part of what colleagues worked on together, and "
            "that work is done."
        ),
        Outcome.STOPPED: "{code} was real, and it was stopped before it could do more harm.",
        Outcome.HARMLESS_EXPECTED: (
            "{code} turned out to be harmless: it is meant to be there, and it was right to ask."
        ),
        Outcome.HARMLESS_UNCLEAR: (
            "{code} looks harmless as far as we can tell. If anything of it comes back, tell us "
            "again, even if it seems small."
        ),
        Outcome.POLICY_QUESTION: "{code} raised a good question about how things are done here.",
        Outcome.ROUTED: (
            "{code} is best looked after by {department}. We passed it on to them, so you do not "
            "have to tell it again."
        ),
        Outcome.DUPLICATE: "{code} is being dealt with: {others} saw it too.",
        Outcome.INSUFFICIENT_INFO: (
            "We could not find out more about {code} with what there is. If you remember "
            "something, or see it again, tell us and it is opened again."
        ),
        Outcome.DRILL: "{code} was an exercise, and you spotted it. Well done.",
    }
)
#: One thing worth knowing, after something that was real.
TIPS: Mapping[Category, str] = MappingProxyType(
    {
        Category.PHISH: "Opening a site by its known address, not by a link, keeps you safe.",
        Category.IMPERSONATION: "Calling back on a number that you know settles who it was.",
        Category.ACCOUNT: "A sign-in prompt that you did not ask for is always worth a report.",
        Category.DEVICE: "A device that is reported within minutes can be locked from afar.",
        Category.DATA: "Asking the recipient to delete it at once often helps most.",
        Category.CANDIDATE: "A short question that only the real person can answer tells a lot.",
        Category.PAYMENT: "New bank details are worth a call to a number that you know.",
        Category.PHYSICAL: "Asking a visitor whom they are here to see is always all right.",
        Category.CONDUCT: "You can always talk to HR or Legal about this as well.",
        Category.UNSURE: "You need not be sure: that is what we are here for.",
    }
)


def too_long(longest: int) -> str:
    """Say how much a reporter is told at most."""
    return f"The word for the reporter holds {longest:,} characters. Nothing was closed."


def others(count: int) -> str:
    """Say how many colleagues reported the same."""
    if count > 1:
        return f"{count} colleagues"
    return "a colleague"


def passed_on(code: str) -> str:
    """Say to a department what is theirs now."""
    return (
        f"Security passes {code} on to you: it is a matter for your department. The colleague who "
        "reported it was told so; please answer them within your usual time."
    )


def nobody_there(department: str) -> str:
    """Say that nobody would take it over."""
    return (
        f"Nobody acts for {department} here, so it would reach no one. Choose another department, "
        f"or ask an admin to grant somebody the role responder@{department}. Nothing was closed."
    )


def untold(code: str) -> str:
    """Say to whoever triages that a reporter does not know how it ended."""
    return (
        f"{code} is closed, but no message reached whoever reported it. If you know another way "
        "to them, please thank them and say how it ended."
    )
