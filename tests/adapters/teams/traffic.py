"""One activity of each kind that Teams sends, and true or forged tokens for it."""

from __future__ import annotations

import json
from typing import Any

from adapters.simulator.teams.issuer import Issuer
from adapters.simulator.teams.keys import Signature

Json = dict[str, Any]

JSON = "application/json; charset=utf-8"
#: Words that must never show up in a log.
WORDS = "words-of-a-candidate"

TENANT = "11111111-2222-3333-4444-555555555555"
ADA = "aaaaaaaa-0000-4000-8000-000000000001"
BOT = {"id": "28:parley", "name": "Parley"}
CHANNEL = "19:general@thread.tacv2"
CHAT = "a:ada-and-parley"
MENTION = {"type": "mention", "mentioned": BOT, "text": "<at>Parley</at>"}
CLIENT = {"type": "clientInfo", "locale": "en-GB", "timezone": "Europe/London"}

PRESS = {"parley": {"route": "toy.count", "ids": {"number": 4}}}
DIALOG_PRESS = {"parley": {"route": "toy.count", "ids": {"number": 4}, "instance": "i1"}}
FORM = {
    "parley": {
        "route": "toy.note",
        "ids": {"number": 7, "size": 0},
        "is_form": True,
        "instance": "i2",
    },
    "short_text#words": WORDS,
}
PAYLOAD = {
    "id": "1485983408511",
    "createdDateTime": "2026-11-22T06:00:00.000Z",
    "from": {"user": {"id": ADA, "displayName": "Ada"}, "application": None},
    "body": {"contentType": "html", "content": f"<div><div>{WORDS}</div></div>"},
    "linkToMessage": "https://teams.microsoft.com/l/message/19:general/1485983408511",
}


def activity(kind: str, *, where: str = CHANNEL, **more: Any) -> Json:
    """Return an activity of Ada's, without the address it came from."""
    scope = "personal" if where.startswith("a:") else "channel"
    return {
        "type": kind,
        "id": "f:0001",
        "timestamp": "2026-11-22T06:51:14.000Z",
        "localTimestamp": "2026-11-22T06:51:14.000+00:00",
        "localTimezone": "Europe/London",
        "channelId": "msteams",
        "from": {"id": "29:ada", "name": "Ada", "aadObjectId": ADA},
        "recipient": BOT,
        "conversation": {"id": where, "conversationType": scope, "tenantId": TENANT},
        "entities": [CLIENT],
        "channelData": {"tenant": {"id": TENANT}},
        **more,
    }


def invoke(name: str, value: Json, **more: Any) -> Json:
    """Return an invoke."""
    return activity("invoke", name=name, value=value, **more)


def said(text: str, *entities: Json, where: str = CHANNEL) -> Json:
    """Return a message."""
    return activity("message", where=where, text=text, entities=[*entities, CLIENT])


ACTIVITIES: dict[str, Json] = {
    "mention": said(f"<at>Parley</at> term {WORDS}", MENTION, where=f"{CHANNEL};messageid=1"),
    "direct message": said(f"term {WORDS}", where=CHAT),
    "post": said(WORDS),
    "press": invoke(
        "adaptiveCard/action",
        {"action": {"type": "Action.Execute", "verb": "toy.count", "data": PRESS}},
        replyToId="1485983408511",
    ),
    "opening": invoke("task/fetch", {"data": {"type": "task/fetch", **PRESS}}),
    "press in a dialog": invoke("task/submit", {"data": DIALOG_PRESS}),
    "submission": invoke("task/submit", {"data": FORM}),
    "shortcut": invoke(
        "composeExtension/fetchTask",
        {"commandId": "toy.explain", "commandContext": "message", "messagePayload": PAYLOAD},
    ),
    "submission of a shortcut": invoke(
        "composeExtension/submitAction", {"commandId": "toy.explain", "data": FORM}
    ),
    "search": invoke(
        "composeExtension/query",
        {"commandId": "toy.find", "parameters": [{"name": "query", "value": WORDS}]},
    ),
    "arrival": activity("conversationUpdate", membersAdded=[BOT]),
    "newcomer": activity("conversationUpdate", membersAdded=[{"id": "29:ada", "aadObjectId": ADA}]),
    "installation": activity("installationUpdate", action="add", where=CHAT),
    # What follows is not listened to.
    "removal": activity("installationUpdate", action="remove", where=CHAT),
    "departure": activity("conversationUpdate", membersRemoved=[{"id": "29:ada"}]),
    "renaming": activity("conversationUpdate", channelData={"tenant": {"id": TENANT}}),
    "edit": activity("messageUpdate", text=WORDS),
    "deletion": activity("messageDelete"),
    "reaction": activity("messageReaction", reactionsAdded=[{"type": "like"}]),
    "typing": activity("typing"),
    "another invoke": invoke("signin/verifyState", {"state": WORDS}),
}


def encoded(kind_or_activity: str | Json, service_url: str, tenant: str = TENANT) -> bytes:
    """Return an activity as it is sent from *service_url* in *tenant*."""
    found = ACTIVITIES[kind_or_activity] if isinstance(kind_or_activity, str) else kind_or_activity
    text = json.dumps({"serviceUrl": service_url, **found})
    return text.replace(TENANT, tenant).encode()


def headers(token: str) -> dict[str, str]:
    """Return the headers of Teams."""
    return {"Content-Type": JSON, "Authorization": f"Bearer {token}"}


def forgeries(issuer: Issuer, service_url: str, outbound: str) -> dict[str, dict[str, str]]:
    """Return headers that nobody should believe, by what is wrong with them."""
    now = int(issuer.claims(service_url)["nbf"])
    true = issuer.token(service_url)
    head, claims, signature = true.split(".")
    changes: dict[str, Json] = {
        "no issuer": {"iss": None},
        "no audience": {"aud": None},
        "no end": {"exp": None},
        "no beginning": {"nbf": None},
        "no service": {"serviceurl": None},
        "expired": {"exp": now - 301},
        "early": {"nbf": now + 900},
        "a text for its end": {"exp": str(now + 3600)},
        "an endless end": {"exp": True},
        "several audiences": {"aud": [issuer.bot.app_id, "another"]},
        "another audience": {"aud": "00000000-0000-0000-0000-000000000000"},
        "an empty audience": {"aud": ""},
        "another service": {"serviceurl": "https://smba.trafficmanager.net/emea/"},
        "its service in capitals": {"serviceurl": service_url.upper()},
        "the government's issuer": {"iss": "https://api.botframework.us"},
        "an issuer with a slash": {"iss": "https://api.botframework.com/"},
        "the tenant's directory": {"iss": f"https://sts.windows.net/{issuer.bot.tenant_id}/"},
        "the emulator, version 1": {
            "iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
        },
        "the emulator, version 2": {
            "iss": "https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0",
            "appid": issuer.bot.app_id,
        },
    }
    tokens = {
        name: issuer.sign(issuer.claims(service_url, **change)) for name, change in changes.items()
    }
    for how in Signature:
        if how is not Signature.TRUE:
            tokens[f"signed: {how}"] = issuer.sign(issuer.claims(service_url), how)
    tokens |= {
        "our own, bought for sending": outbound,
        "no signature": f"{head}.{claims}.",
        "another signature": f"{head}.{claims}.{signature[::-1]}",
        "two parts": f"{head}.{claims}",
        "four parts": f"{true}.{signature}",
        "five parts": f"{true}.{signature}.{signature}",
        "junk": "junk",
        "junk in three parts": "a.b.c",
        "dots": "..",
        "padding": f"{true}=",
        "letters": "é.é.é",
        "a long one": f"{head}.{'A' * 6000}.{signature}",
    }
    believed = {name: headers(token) for name, token in tokens.items()}
    bare = {"Content-Type": JSON}
    return believed | {
        "nothing": bare,
        "an empty header": bare | {"Authorization": ""},
        "only the scheme": bare | {"Authorization": "Bearer "},
        "another scheme": bare | {"Authorization": f"Basic {true}"},
        "no scheme": bare | {"Authorization": true},
        "a list": bare | {"Authorization": f"Bearer {true}, Bearer {true}"},
    }
