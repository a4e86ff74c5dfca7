"""The texts of reading what was sent, in English, ready for translation."""

HELP_ORIGINAL = "Read a report with the passwords and keys that are hidden in it; that is noted."
USAGE_ORIGINAL = "<R-123>"
AS_SENT = "{code} as it was sent. That you read this is noted."
NOTHING_HIDDEN = "Nothing is hidden in {code}: what you read of it is all that was sent."
ALONE = (
    "What is hidden in a report is shown to one person alone. Ask for it in our own chat. "
    "Nothing was shown."
)
