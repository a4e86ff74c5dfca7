"""Who has the bot: installs for people and teams, and people who come and go."""

from adapters.simulator.line import Delivery
from adapters.simulator.teams.activities import selected
from adapters.simulator.teams.conversations import Team
from adapters.simulator.teams.outcomes import Played
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.stage import Json, Stage

ADDED, REMOVED = "membersAdded", "membersRemoved"
EVENTS = {ADDED: "teamMemberAdded", REMOVED: "teamMemberRemoved"}


class Installing(Stage):
    """The app menu, and the member list of a team."""

    async def install(self, person: str) -> Played:
        """Install the bot for oneself."""
        who, chat = self.person(person), self.own_chat(person)
        self.world.installed.add(who.id)
        self.world.blocked.discard(who.id)
        self.changed()
        both = [self.activities.bot(), _bare(who)]
        await self.tell(self.activities.members(ADDED, both, who, chat), "install", who)
        activity = self.activities.installation("add", who, chat)
        return self.done(Played(await self.tell(activity, "install", who)))

    async def uninstall(self, person: str) -> Played:
        """Remove the bot from one's own apps."""
        who, chat = self.person(person), self.own_chat(person)
        self.world.installed.discard(who.id)
        self.changed()
        activity = self.activities.installation("remove", who, chat)
        return self.done(Played(await self.tell(activity, "uninstall", who)))

    def block(self, person: str) -> None:
        """Block the bot in one's own chat with it; nobody tells the bot."""
        self.world.blocked.add(self.person(person).id)
        self.changed()

    async def install_in(self, person: str, team: str) -> Played:
        """Add the bot to a team."""
        who, where = self.person(person), self.team(team)
        where.has_bot = True
        return self.done(Played(await self._bot_moved(who, where, ADDED, "add")))

    async def uninstall_from(self, person: str, team: str) -> Played:
        """Remove the bot from a team."""
        who, where = self.person(person), self.team(team)
        where.has_bot = False
        return self.done(Played(await self._bot_moved(who, where, REMOVED, "remove")))

    async def join(self, person: str, team: str) -> Played:
        """Become a member of a team."""
        who, where = self.person(person), self.team(team)
        where.members.add(who.id)
        return self.done(Played(await self._member_moved(who, where, ADDED)))

    async def leave(self, person: str, team: str) -> Played:
        """Leave a team."""
        who, where = self.person(person), self.team(team)
        where.members.discard(who.id)
        return self.done(Played(await self._member_moved(who, where, REMOVED)))

    async def _bot_moved(self, who: Account, team: Team, field: str, action: str) -> Delivery:
        self.changed()
        general = self.world.conversations[team.id]
        bot = [{"id": self.world.bot_id}]
        update = self.activities.members(field, bot, who, general, EVENTS[field])
        await self.tell(selected(update, general), f"{action} {team.name}", who)
        installation = selected(self.activities.installation(action, who, general), general)
        return await self.tell(installation, f"{action} {team.name}", who)

    async def _member_moved(self, who: Account, team: Team, field: str) -> Delivery | None:
        self.changed()
        if not team.has_bot:
            return None
        general = self.world.conversations[team.id]
        update = self.activities.members(field, [_bare(who)], who, general, EVENTS[field])
        return await self.tell(update, f"{EVENTS[field]} {who.name}", who)


def _bare(account: Account) -> Json:
    """Return an account as a list of members that changed names it, without its name."""
    sender = account.as_sender()
    return {name: value for name, value in sender.items() if name != "name"}
