"""Teams' published limits for manifests of version 1.19, as far as ours uses its fields."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Guid = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$")]
Page = Annotated[str, Field(pattern=r"^https://", max_length=2048)]
File = Annotated[str, Field(max_length=2048)]
Scope = Literal["personal", "team", "groupChat"]


class Part(BaseModel):
    """A part of a manifest; Teams refuses fields that it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class Developer(Part):
    name: Annotated[str, Field(max_length=32)]
    website_url: Page
    privacy_url: Page
    terms_of_use_url: Page


class Name(Part):
    short: Annotated[str, Field(max_length=30)]
    full: Annotated[str, Field(max_length=100)]


class Description(Part):
    short: Annotated[str, Field(max_length=80)]
    full: Annotated[str, Field(max_length=4000)]


class Icons(Part):
    color: File
    outline: File


class BotCommand(Part):
    title: Annotated[str, Field(max_length=32)]
    description: Annotated[str, Field(max_length=128)]


class CommandList(Part):
    scopes: Annotated[list[Scope], Field(max_length=3)]
    commands: Annotated[list[BotCommand], Field(max_length=10)]


class Bot(Part):
    bot_id: Guid
    scopes: Annotated[list[Scope], Field(max_length=3)]
    supports_files: bool
    is_notification_only: bool
    command_lists: Annotated[list[CommandList], Field(max_length=3)]


class Parameter(Part):
    name: Annotated[str, Field(max_length=64)]
    title: Annotated[str, Field(max_length=32)]
    input_type: Literal["text"]


class Command(Part):
    id: Annotated[str, Field(max_length=64)]
    type: Literal["query", "action"]
    title: Annotated[str, Field(max_length=32)]
    description: Annotated[str, Field(max_length=128)]
    context: Annotated[list[Literal["compose", "commandBox", "message"]], Field(max_length=3)]
    initial_run: bool = False
    fetch_task: bool = False
    parameters: Annotated[list[Parameter], Field(min_length=1, max_length=5)] | None = None


class ComposeExtension(Part):
    bot_id: Guid
    commands: Annotated[list[Command], Field(max_length=10)]


class ResourceSpecific(Part):
    name: Annotated[str, Field(max_length=128)]
    type: Literal["Application", "Delegated"]


class Granted(Part):
    resource_specific: Annotated[list[ResourceSpecific], Field(max_length=16)]


class Authorization(Part):
    permissions: Granted


class WebApplication(Part):
    id: Guid
    resource: Annotated[str, Field(max_length=2048)]


class Manifest(Part):
    schema_: Annotated[str, Field(alias="$schema")]
    manifest_version: Literal["1.19"]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$", max_length=256)]
    id: Guid
    developer: Developer
    name: Name
    description: Description
    icons: Icons
    accent_color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
    default_install_scope: Scope
    bots: Annotated[list[Bot], Field(max_length=1)]
    compose_extensions: Annotated[list[ComposeExtension], Field(max_length=1)] | None = None
    permissions: Annotated[list[Literal["identity", "messageTeamMembers"]], Field(max_length=2)]
    authorization: Authorization | None = None
    valid_domains: Annotated[list[Annotated[str, Field(max_length=2048)]], Field(max_length=16)]
    web_application_info: WebApplication
