"""Marks on a tally: each is a row and a post, so that losing or doubling one is seen."""

from bot.workflow import Workflow

workflow = Workflow("tally", summary="Counts what must happen once.")
