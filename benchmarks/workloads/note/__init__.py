"""A command and a button that store a row and leave a job: what every durable act does at least."""

from bot.workflow import Workflow

workflow = Workflow("note", summary="Keeps a line of text.")
