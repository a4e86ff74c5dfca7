"""The texts of reporting something, in English, ready for translation."""

from collections.abc import Mapping

from workflows.reports.rules import Interaction, Privacy

HELP_REPORT = "Say that something looks odd: three questions, and a person looks."
USAGE_REPORT = "[what you noticed]"
HELP_THAT = "Send what you noticed as it is; a person looks."
USAGE_THAT = "<what you noticed>"
OFFER = "Report this to security"
HELP_FOR = "Report what a colleague told you, with or without their name."
HELP_QUOTED = "Send this message to those who look after security."
REPORT_QUOTED = "Report as suspicious"

FORM = "Report something odd"
FORM_FOR = "Report for a colleague"
SEND = "Send the report"
NOTICED = "What did you notice?"
HINT_NOTICED = "One sentence is enough. Leave out passwords."
HINT_ABOUT_QUOTE = "The message below is sent as well, so this may stay empty."
QUOTED = "The message that you report"
CATEGORY = "What kind of thing is it?"
INTERACTION = "Did you click, open, type a password, approve a prompt or pay?"
FASTER = "Saying yes only makes help come faster."
OPTIONAL = "All below may stay empty."
ONGOING = "Is it still happening?"
ONGOING_ANSWERS: Mapping[str, str] = {
    "unknown": "I do not know",
    "yes": "Yes",
    "no": "No",
}
SCOPE = "Whom does it concern?"
MISSING = "A device is lost or was stolen"
HAPPENED = "When did it happen?"
LINK = "A link, or the name of a file"
HINT_LINK = "Nobody follows it by accident: it is shown in a way that cannot be clicked."
CONTACT = "How can you be reached?"
AUTHOR = "My concern is the person who wrote it"
HINT_AUTHOR = "They do not learn of this report, whatever role they hold."
ABOUT = "Is it about a colleague?"
PRIVACY = "Who learns that it was you?"
PRIVACIES: Mapping[Privacy, tuple[str, str]] = {
    Privacy.NAMED: ("Those who look at it", "They can ask you at once."),
    Privacy.CONFIDENTIAL: (
        "Only who leads the case",
        "And HR or Legal, where they act in it; each look at your name is noted.",
    ),
}
WITH_UNNAMED: Mapping[Privacy, tuple[str, str]] = {
    **PRIVACIES,
    Privacy.ANONYMOUS: ("Nobody", "It is kept nowhere; you get a code, and it arrives later."),
}
UNNAMED = "To leave out who you are, say `report anonymously`: what is here has been said already."
HELP_UNNAMED = "Report something without your name: even Parley does not keep who you are."
FOR_WHOM = "Whose colleague are you reporting for?"
HINT_FOR_WHOM = "Choose nobody to name only their department."
DEPARTMENT = "Their department"

LINE_QUOTED, LINE_LINK, LINE_CONTACT = "The message:", "Link or file:", "To be reached:"
LINE_ABOUT, LINE_FOR = "About the account", "For"

LATER = "That moment has not come yet. Please choose when it happened, or leave it empty."
TOO_LONG_TO_CARRY = (
    "That is more than fits between two steps. Say `report` alone and paste it into the form, "
    "or say `report that` before it, and it is filed at once. Nothing was filed."
)

#: What to do before anything else, three steps at most.
STEPS: Mapping[Interaction, tuple[str, ...]] = {
    Interaction.CLICKED: (
        "Close the page, and type nothing there.",
        "Leave the message where it is, and do not pass it on.",
        "If you typed or downloaded something after all, add that to the report.",
    ),
    Interaction.ENTERED_CREDENTIALS: (
        "Change that password now, on a page whose address you type yourself.",
        "Change it everywhere else where you use the same one.",
        "Decline every sign-in prompt that you did not ask for.",
    ),
    Interaction.APPROVED_MFA: (
        "Decline every further prompt.",
        "Change your password now, on a page whose address you type yourself.",
        "Sign out of all other sessions, where your account offers that.",
    ),
    Interaction.OPENED_FILE: (
        "Take the device off the network: Wi-Fi off, cable out.",
        "Leave it switched on, and do not delete anything.",
        "Work on another device until security calls you.",
    ),
    Interaction.PAID: (
        "Call your bank now, and ask them to stop or recall the payment.",
        "Answer nobody who wrote to you about it.",
        "Keep the invoice and all messages.",
    ),
}
STEPS_MISSING = (
    "Lock the device from another one, where that is set up.",
    "Change the password of the account that you use on it.",
    "Note where and when you had it last.",
)
STEPS_ONGOING = (
    "Keep your distance, and leave things as they are.",
    "Do not answer whoever is behind it.",
    "If anybody is in danger, call the emergency number first.",
)
SAY_IF_YOU_ACTED = (
    "If you clicked, opened, typed a password, approved a prompt or paid, press “Add details” "
    "and say so: then help comes faster."
)
DO_NOW = "Please do this now, before anything else:"

DELETE_POST = (
    "Your post seems to hold a password or a key. Please delete it now, and change the password "
    "or the key: others may have read it. Your report stays, and what was in it is hidden there."
)
CHANGE_IT = (
    "There seems to be a password or a key in it. It is hidden where your report is shown; "
    "please change it all the same."
)


def too_many(most: int) -> str:
    """Say that somebody whom nobody knows here has reported enough for a day."""
    return (
        f"You have sent {most} reports within a day, and all of them are there. Nothing more was "
        "filed: please add what is new to one of them, or call the people you know here."
    )
