"""Reports: anyone who saw something odd says so in 30 seconds, and always gets an answer.

For all staff, who tell it by whatever is nearest (a post, a shortcut, a command, a chat with
Parley), under their name, confidentially or anonymously; and for those who triage, who answer.
Nobody is blamed, and nobody is told that an alarm was false.
"""

from bot.workflow import Workflow
from workflows.reports.texts import SUMMARY

__all__ = ["workflow"]

workflow = Workflow("reports", summary=SUMMARY)
