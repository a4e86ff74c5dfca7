"""auth, users, bots and team: who is who."""

from adapters.simulator.api.calls import Call, Json, method, page
from adapters.simulator.api.conversations import described
from adapters.simulator.channels import Kind
from adapters.simulator.errors import Refusal


@method("auth.test", tier="special")
def test_auth(call: Call) -> Json:
    """Say whose token it is."""
    workspace = call.workspace
    return {
        "url": "https://parley.slack.com/",
        "team": workspace.sample.team_name,
        "team_id": workspace.team_id,
        "user": workspace.bot.handle,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


@method("users.info", tier=4, scope="users:read")
def user_info(call: Call) -> Json:
    """Describe one account."""
    return {"user": call.workspace.people.get(call.text("user")).as_json()}


@method("users.list", tier=2, scope="users:read")
def list_users(call: Call) -> Json:
    """List every account, those who left too."""
    return page(call, [member.as_json() for member in call.workspace.people], "members")


@method("users.lookupByEmail", tier=3, scope="users:read.email")
def lookup_by_email(call: Call) -> Json:
    """Find the account with an e-mail."""
    return {"user": call.workspace.people.by_email(call.text("email")).as_json()}


@method("users.conversations", tier=3, scope="channels:read")
def user_conversations(call: Call) -> Json:
    """List the conversations somebody is in, as far as the bot may know."""
    user = call.optional("user") or call.workspace.bot.id
    call.workspace.people.get(user)
    bot = call.workspace.bot.id
    found = [
        described(call, channel)
        for channel in call.workspace.memberships(user)
        if channel.name and (channel.kind is Kind.PUBLIC or bot in channel.members)
    ]
    return page(call, found, "channels")


@method("bots.info", tier=3, scope="users:read")
def bot_info(call: Call) -> Json:
    """Describe the bot."""
    workspace = call.workspace
    wanted = call.optional("bot") or workspace.bot.bot_id
    if wanted != workspace.bot.bot_id:
        raise Refusal("bot_not_found")
    return {
        "bot": {
            "id": wanted,
            "deleted": False,
            "name": workspace.bot.name,
            "app_id": workspace.sample.app_id,
            "user_id": workspace.bot.id,
        }
    }


@method("team.info", tier=3, scope="team:read")
def team_info(call: Call) -> Json:
    """Describe the workspace."""
    sample = call.workspace.sample
    return {"team": {"id": sample.team_id, "name": sample.team_name, "domain": "parley"}}


@method("apps.connections.open", tier="special", token="app")  # noqa: S106  # a kind, no token
def open_connection(call: Call) -> Json:
    """Hand out the address of a websocket for Socket Mode."""
    return {"url": call.slack.open_socket()}
