"""Counting: one card that a whole room reads and presses."""

from bot.workflow import Workflow

workflow = Workflow("counting", summary="For tests.")
