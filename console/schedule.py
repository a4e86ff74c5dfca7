"""`schedule`: what comes back by itself, and when."""

from datetime import datetime
from typing import Any

import typer

from bot.clock import zone_named
from bot.interval import Rule, read_rule
from console import rows, terminal
from console.terminal import AsJson
from storage import schedules
from storage.schedules import Schedule

app = typer.Typer(name="schedule", help="What comes back by itself.", no_args_is_help=True)

_SHOWN = 3


@app.callback()
def main() -> None:
    """Keep `next` a word of its own: typer would otherwise drop the only one."""


@app.command("next")
def show_next(*, as_json: AsJson = False) -> None:
    """Show each recurring timer with its next three local dates."""
    found = [_entry(schedule) for schedule in rows.read(schedules.listing)]
    if as_json:
        terminal.show_json(found)
        return
    if not found:
        terminal.say("Nothing comes back by itself yet; the bot writes its timers when it starts.")
        return
    terminal.show_table(
        ("what", "for", "rule", "next"),
        (
            (
                entry["what"],
                entry["for"],
                f"{entry['rule']} ({entry['timezone']})",
                entry["next"] or "switched off",
            )
            for entry in found
        ),
    )


def _entry(schedule: Schedule) -> dict[str, Any]:
    rule = read_rule(schedule.rule, schedule.tz)
    return {
        "what": schedule.kind,
        "for": schedule.owner,
        "rule": schedule.rule,
        "timezone": schedule.tz,
        "next": [_in_words(slot, rule) for slot in _slots(schedule, rule)],
    }


def _slots(schedule: Schedule, rule: Rule) -> list[datetime]:
    """Return the slot that is to fire next, and those after it."""
    if not schedule.enabled:
        return []
    slots = [schedule.next_at]
    while len(slots) < _SHOWN:
        slots.append(rule.next_after(max(slots[-1], rows.now())))
    return slots


def _in_words(slot: datetime, rule: Rule) -> str:
    local = slot.astimezone(zone_named(rule.timezone))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"
