"""Messages and forms that show every block and every input the page draws."""

import base64
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]

#: Monday 2026-11-23 09:30 UTC.
MONDAY = 1795426200
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mOorwcAAYUBBNPhK3oAAAAASUVORK5CYII="
)
HOSTILE = (
    "<img src=x onerror=document.title='taken'></script><script>document.title='taken'</script>"
    " \u202egnp.exe *bold* [x](javascript:alert(1))"
)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def line(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def option(text: str, value: str, hint: str = "") -> Json:
    return {"text": plain(text), "value": value} | ({"description": plain(hint)} if hint else {})


def button(label: str, action_id: str, **more: Any) -> Json:
    return {
        "type": "button",
        "text": plain(label),
        "action_id": action_id,
        "value": "1",
        **more,
    }


def question(label: str, block_id: str, element: Json, **more: Any) -> Json:
    element = element | {"action_id": f"{block_id}_answer"}
    named = {"type": "input", "block_id": block_id, "label": plain(label)}
    return {**named, "element": element, **more}


CONFIRM = {
    "title": plain("Close the vote?"),
    "text": plain("The ballots cast so far are counted."),
    "confirm": plain("Close it"),
    "deny": plain("Keep it open"),
    "style": "danger",
}
DEPARTMENTS = [option("Security", "security"), option("Talent acquisition", "ta")]


def definition(term: str) -> Json:
    """Return the private answer to a look-up."""
    share = button("Share here", "share", style="primary")
    return {
        "text": f"{term}: Electronic Discovery Reference Model",
        "blocks": [
            {"type": "header", "text": plain(term or "EDRM")},
            {"type": "section", "text": plain("Electronic Discovery Reference Model")},
            {"type": "actions", "elements": [share]},
        ],
    }


def request() -> Json:
    """Return what an approver gets by direct message."""
    approve = {"type": "actions", "elements": [button("Approve", "approve")]}
    return {"text": "Ada suggests a meaning.", "blocks": [approve]}


def shared() -> Json:
    """Return what stands in the channel after sharing."""
    return {"text": "EDRM means Electronic Discovery Reference Model."}


async def everything(client: AsyncWebClient) -> Json:
    """Return a message with every block that the bot may send."""
    uploaded = await client.files_upload_v2(content=PIXEL, filename="bars.png", title="Bars")
    file_id = uploaded["files"][0]["id"]
    return {"text": "Vote V-3 is open.", "blocks": [*_prose(), *_figures(file_id), *_controls()]}


def _prose() -> list[Json]:
    date = {"type": "date", "timestamp": MONDAY, "fallback": "2026-11-23 09:30 UTC"}
    return [
        {"type": "header", "text": plain("Vote V-3")},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "The *panel* is `split`: <@U0ADA> &lt;no&gt;"},
            "fields": [plain("Search: Berlin"), plain("Decider: Imani")],
        },
        {
            "type": "rich_text",
            "elements": [
                line(words("Closes ", bold=True), date | {"format": "{date_long} {time}"}),
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [line(words("Read the scorecards.")), line(words("Vote once."))],
                },
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "indent": 1,
                    "elements": [line(words("Yes: 2", italic=True))],
                },
                {"type": "rich_text_quote", "elements": [words("Strong on detection.")]},
                {"type": "rich_text_preformatted", "elements": [words("a  b\n1  2")]},
            ],
        },
    ]


def _figures(file_id: str) -> list[Json]:
    def row(*cells: str) -> list[Json]:
        return [{"type": "raw_text", "text": cell} for cell in cells]

    return [
        {"type": "table", "rows": [row("Criterion", "Lowest"), row("Writing", "3")]},
        {"type": "divider"},
        {
            "type": "image",
            "slack_file": {"id": file_id},
            "alt_text": "Bars: writing 3.",
            "title": plain("Ratings"),
        },
        {"type": "context", "elements": [plain("Opened by Ada.")]},
    ]


def _controls() -> list[Json]:
    menu = {"type": "overflow", "action_id": "menu", "options": [option("Withdraw", "withdraw")]}
    pick = {"type": "static_select", "action_id": "pick", "placeholder": plain("Department")}
    return [
        {"type": "section", "text": plain("Anything else?"), "accessory": menu},
        {
            "type": "actions",
            "elements": [
                button("Vote yes", "yes", style="primary"),
                button("Close the vote", "close", style="danger", confirm=CONFIRM),
                pick | {"options": DEPARTMENTS},
            ],
        },
    ]


def form() -> Json:
    """Return a modal with every input."""
    text, many = {"type": "plain_text_input"}, {"type": "multi_static_select"}
    return {
        **_modal("Every question"),
        "blocks": [
            {"type": "section", "text": plain("4 means: finds what others miss.")},
            question("Headline", "headline", text | {"max_length": 40}, hint=plain("One line.")),
            question("Evidence", "evidence", text | {"multiline": True}, optional=True),
            question(
                "Years",
                "years",
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "0",
                    "max_value": "60",
                },
            ),
            question("Country", "country", {"type": "static_select", "options": DEPARTMENTS}),
            question("Sites", "sites", many | {"options": DEPARTMENTS}),
            question("Rating", "rating", {"type": "radio_buttons", "options": _ratings()}),
            question("Tools", "tools", {"type": "checkboxes", "options": DEPARTMENTS}),
            question("Day", "day", {"type": "datepicker", "initial_date": "2026-11-20"}),
            question("Hour", "hour", {"type": "timepicker", "initial_time": "09:30"}),
            question("Call", "call", {"type": "datetimepicker", "initial_date_time": MONDAY}),
            question("Second", "second", {"type": "users_select"}),
            question("Panel", "panel", {"type": "multi_users_select"}, optional=True),
            question("Room", "room", {"type": "conversations_select"}),
            question("Channel", "channel", {"type": "channels_select"}, optional=True),
        ],
    }


def _ratings() -> list[Json]:
    return [option("Below", "1", "Could not start."), option("Meets", "3")]


def short_form() -> Json:
    """Return a modal with one question and a way to a second window."""
    note = question("What happened?", "what", {"type": "plain_text_input"})
    more = {"type": "actions", "block_id": "further", "elements": [button("Show rules", "more")]}
    return {**_modal("Tell us"), "notify_on_close": True, "blocks": [note, more]}


def deeper() -> Json:
    """Return the second window."""
    return {
        "type": "modal",
        "title": plain("The rules"),
        "blocks": [{"type": "section", "text": plain("Be kind.")}],
    }


def _modal(title: str) -> Json:
    return {"type": "modal", "callback_id": "t", "title": plain(title), "submit": plain("Send")}


def home() -> Json:
    """Return the Home tab."""
    waiting = {"type": "header", "text": plain("Waiting for you")}
    return {
        "type": "home",
        "blocks": [waiting, {"type": "actions", "elements": [button("Start", "start")]}],
    }
