"""What the manifests of both platforms are made from."""

import workflows
from bot.context import Context
from bot.inbound import Post, QuotedMessage
from bot.routes import Routes
from bot.ui import Reply, Results
from bot.workflow import Workflow, discover


def product() -> Routes:
    """Return the routes of Parley itself."""
    return Routes(discover(workflows))


def offering(
    *, title: str = "Keep", help: str = "Keep it.", verb: str = "keep", usage: str = ""
) -> Routes:
    """Return routes with one command, one shortcut and one search."""
    workflow = Workflow("kept", summary="Keeps.")
    workflow.command(verb, help=help, usage=usage)(said)
    workflow.shortcut("keep", title=title, help="Keep it.")(quoted)
    workflow.search("find", title=title, help="Find it.")(_typed)
    return Routes([workflow])


def listening() -> Routes:
    """Return routes of a workflow that listens in a room."""
    workflow = Workflow("ears", summary="Listens.")
    workflow.post("triage")(_heard)
    return Routes([workflow])


def said(_ctx: Context, _text: str) -> Reply:
    """Answer a command with nothing."""
    return None


def quoted(_ctx: Context, _quoted: QuotedMessage) -> Reply:
    """Answer a shortcut with nothing."""
    return None


def _typed(_ctx: Context, _text: str) -> Results:
    return Results(text="Nothing.")


def _heard(_ctx: Context, _post: Post) -> Reply:
    return None
