"""Votes: a disagreement becomes a question with a rule, a deadline and one named decider.

For panels that cannot agree about a candidate, and for colleagues who dispute a timeline, a process
or a requirement. Each department speaks with the weight that both owners agreed on, nobody sees
how it stands before the close, and a person, never Parley, decides.
The practice is that of named decision roles (who recommends, who must agree, who decides) with
"disagree and commit" for those who would have decided otherwise.
"""

from bot.workflow import Workflow
from workflows.votes.texts import SUMMARY

__all__ = ["workflow"]

workflow = Workflow("votes", summary=SUMMARY)
