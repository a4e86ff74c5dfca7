"""What a department sees of an incident that it has a part in."""

from collections.abc import Sequence

from bot.ui import Block, Button, Facts, Message, Text, When
from workflows.incidents import engaging_texts as said
from workflows.incidents.rules import Part
from workflows.incidents.tables import Engagement, Incident
from workflows.reports.views import with_buttons


def card(
    code: str, incident: Incident, engagement: Engagement, buttons: Sequence[Button]
) -> Message:
    """Tell a department what happened, what is asked of it, and by when."""
    happened = said.happened(code, incident.category, incident.severity)
    if engagement.acknowledged_at is not None:
        return with_buttons(f"{happened} {said.IS_ON_IT}", buttons)
    blocks: list[Block] = [Text(text=said.ASKS[engagement.part])]
    if engagement.due_at is not None and engagement.part is Part.RESPONDS:
        blocks.append(Facts(facts=((said.BY, (When(at=engagement.due_at),)),)))
    message = with_buttons(happened, buttons, *blocks)
    return message.model_copy(update={"text": f"{happened} {said.ASKS[engagement.part]}"})


def held_back(code: str, titles: Sequence[str], buttons: Sequence[Button]) -> Message:
    """Tell the lead which departments were not asked."""
    return with_buttons(said.held_back(code, titles), buttons)
