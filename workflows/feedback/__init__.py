"""Feedback: interviewers judge alone, and only then read each other.

For everybody who meets a candidate, and for those who decide. Nobody sees a colleague's scorecard
before the rules allow it, late cards are asked for kindly and within working hours, and the panel
gets one summary. Parley never rejects or advances anybody: people do.
The practice is the structured interview with independent ratings: a rubric described in
behaviour, evidence for each judgement, and no talk before all have written theirs down.
"""

from bot.workflow import Workflow
from workflows.feedback.texts import SUMMARY

__all__ = ["workflow"]

workflow = Workflow("feedback", summary=SUMMARY, aliases={"scorecard": "feedback"})
