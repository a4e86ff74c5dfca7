"""One command that stores a domain row and leaves a job: what every durable act does at least."""

from bot.workflow import Workflow

workflow = Workflow("note", summary="Keeps a line of text.")
