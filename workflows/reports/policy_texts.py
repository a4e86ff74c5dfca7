"""What is said about the company's promise to whoever reports something."""

HELP = "Read what the company promises to whoever reports something."
HELP_ADOPT = "Propose what the company promises to whoever reports something; HR agrees to it."
USAGE_ADOPT = "Whoever reports what they saw has nothing to fear."
NEUTRAL = "Thank you for looking out. Whatever it turns out to be, you get an answer."
NONE = "The company has not said yet what it promises to whoever reports something."
AGREE = "HR agrees"
SAY = "Say what the company promises, in at most 500 characters. Nothing was changed."
NO_HR = (
    "It is kept. Nobody acts for HR yet: give somebody the role `responder@hr`, and they find it "
    "with `security policy`."
)
OTHER = "Somebody else has to agree to what you proposed yourself. Nothing was changed."
ALREADY = "That is agreed already. Nothing was changed."
PROPOSED = "It stands on the form as soon as HR agrees. I have asked them."
AGREED = "It stands on the form from now on."


def asked(text: str) -> str:
    """Ask HR to agree."""
    return f"An admin proposes to promise whoever reports something: “{text}” Does HR agree?"
