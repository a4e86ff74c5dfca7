"""Slack's published limits for manifests of version 2, as far as ours uses its fields."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Address = Annotated[str, Field(pattern=r"^https://", max_length=3000)]
Name = Annotated[str, Field(max_length=50)]


class Part(BaseModel):
    """A part of a manifest; Slack refuses fields that it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Version(Part):
    major_version: Literal[2]
    minor_version: int


class Display(Part):
    name: Annotated[str, Field(min_length=1, max_length=35)]
    description: Annotated[str, Field(min_length=1, max_length=140)]
    long_description: Annotated[str, Field(min_length=175, max_length=4000)]
    background_color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$")]


class Home(Part):
    home_tab_enabled: bool
    messages_tab_enabled: bool
    messages_tab_read_only_enabled: bool


class BotUser(Part):
    display_name: Annotated[str, Field(pattern=r"^[\w.-]{1,80}$")]
    always_online: bool


class SlashCommand(Part):
    command: Annotated[str, Field(pattern=r"^/\S+$", min_length=2, max_length=32)]
    description: Annotated[str, Field(min_length=1, max_length=2000)]
    usage_hint: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    should_escape: bool
    url: Address | None = None


class Shortcut(Part):
    name: Annotated[str, Field(min_length=1, max_length=24)]
    type: Literal["message", "global"]
    callback_id: Annotated[str, Field(min_length=1, max_length=255)]
    description: Annotated[str, Field(min_length=1, max_length=150)]


class Features(Part):
    app_home: Home
    bot_user: BotUser
    slash_commands: Annotated[list[SlashCommand], Field(min_length=1, max_length=50)]
    shortcuts: Annotated[list[Shortcut], Field(min_length=1, max_length=10)] | None = None


class Scopes(Part):
    bot: Annotated[list[Name], Field(max_length=255)]
    bot_optional: Annotated[list[Name], Field(max_length=255)] | None = None


class OAuth(Part):
    scopes: Scopes


class Subscriptions(Part):
    request_url: Address | None = None
    bot_events: Annotated[list[Name], Field(max_length=100)]


class Interactivity(Part):
    is_enabled: bool
    request_url: Address | None = None


class Switches(Part):
    event_subscriptions: Subscriptions
    interactivity: Interactivity
    org_deploy_enabled: bool
    socket_mode_enabled: bool
    token_rotation_enabled: bool


class Manifest(Part):
    metadata: Annotated[Version, Field(alias="_metadata")]
    display_information: Display
    features: Features
    oauth_config: OAuth
    settings: Switches
