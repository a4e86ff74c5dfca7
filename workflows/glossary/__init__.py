"""The glossary: two vocabularies, one place to look.

Security and talent acquisition each own what a term means to them, in expert words and in
plain words. Everybody looks up, everybody may suggest, and owners of the department approve:
two people for each change, and two departments for what they share.
The practice follows terminology management as libraries and standards bodies do it: one entry
for each concept of a subject field, a named owner, a review date, and a history.
"""

from bot.workflow import Workflow
from workflows.glossary.explaining import Explained, explain
from workflows.glossary.importing import apply_import, export, plan_import, seed
from workflows.glossary.texts import SUMMARY

__all__ = [
    "Explained",
    "apply_import",
    "explain",
    "export",
    "plan_import",
    "seed",
    "workflow",
]

workflow = Workflow("glossary", summary=SUMMARY)
