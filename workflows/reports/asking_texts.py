"""Texts of a question to a reporter, and of its answer."""

ASK, ANSWER = "Ask the reporter", "Answer"
YOUR_QUESTION, YOUR_ANSWER = "Your question", "Your answer"
ONE_QUESTION = "One question at a time is answered soonest. They read it as security's, not yours."
ADD_ANYTHING = "Whatever you remember helps. “I do not know” is a good answer as well."
SAY_WHAT = "Write the question after the number, and send it again. Nothing was asked."
SAY_ANSWER = "Write your answer after the number, and send it again. Nothing was sent."
HELP_ANSWER = "Answer a question about what you reported."
USAGE_ANSWER = "<R-123> <answer>"


def asks(code: str, question: str) -> str:
    """Ask the reporter."""
    return f"Thank you for {code}. Security has a question about it: {question}"


def asks_again(code: str) -> str:
    """Remind the reporter of the question."""
    return (
        f"Security would still like to hear from you about {code}; the question stands above. "
        "Without an answer it is closed in a few working days, and you can open it again."
    )


def asked(code: str) -> str:
    """Tell whoever asked."""
    return f"The question about {code} is on its way to the reporter. You hear what they answer."


def wrote(code: str) -> str:
    """Tell whoever has the report that there is an answer, or more to know."""
    return f"The reporter wrote about {code}."


def thanks(code: str) -> str:
    """Thank the reporter for their answer."""
    return f"Thank you, whoever looks at {code} reads it now. You hear from us here."


def no_answer(code: str) -> str:
    """Hand a report back to whoever has it."""
    return (
        f"Nobody answered the question about {code} yet, and it is too serious to wait. Please go "
        "on without the answer, or try another way; a late answer still reaches you."
    )


def too_long(longest: int) -> str:
    """Say how long a question may be."""
    return f"A question holds {longest:,} characters. Please ask for less. Nothing was asked."
