"""Settings: whole or refused, and never a value in what is said about them."""

from base64 import b64encode
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot import outside
from bot.inbound import UserRef
from bot.settings import Settings, explain
from console import outlets

KEY = "k" * 48
SLACK = {
    "PARLEY_SLACK_SIGNING_SECRET": "signing-secret",
    "PARLEY_SLACK_BOT_TOKEN": "xoxb-token",
    "PARLEY_SECRET_KEY": KEY,
}


TEAMS = {
    "PARLEY_TEAMS_APP_ID": "8F2D1C7E-0000-4A4A-9B9B-0123456789AB",
    "PARLEY_TEAMS_APP_PASSWORD": "app-password",
    "PARLEY_TEAMS_TENANT_ID": "11111111-2222-3333-4444-555555555555",
    "PARLEY_SECRET_KEY": KEY,
}


@pytest.fixture(autouse=True)
def _an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PARLEY_{name.upper()}", raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings()


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    with pytest.raises(ValidationError) as refused:
        given(monkeypatch, **environment)
    return explain(refused.value)


def test_nothing_set_is_a_house_without_a_platform() -> None:
    settings = Settings()

    assert not settings.slack_on
    assert settings.database_url == "sqlite:///parley.db"
    assert settings.admin_accounts() == frozenset()
    assert settings.slack_command_names() == {}


def test_all_of_slack_is_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, **SLACK)

    assert settings.slack_on
    assert "signing-secret" not in repr(settings)


def test_all_of_teams_is_teams_with_its_vendors_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, **TEAMS)

    assert (settings.teams_on, settings.slack_on) == (True, False)
    assert "app-password" not in repr(settings)
    assert settings.teams_app_id == TEAMS["PARLEY_TEAMS_APP_ID"].lower()
    assert settings.teams_hosts() == {"smba.trafficmanager.net"}
    assert settings.teams_token_address() == (
        "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token"
    )


@pytest.mark.parametrize(
    ("whole", "missing"),
    [(whole, missing) for whole in (SLACK, TEAMS) for missing in sorted(whole)],
    ids=lambda given: given if isinstance(given, str) else "",
)
@pytest.mark.parametrize("blank", [None, "", "   ", "\t"], ids=repr)
def test_half_a_platform_is_refused_by_the_name_of_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, whole: dict[str, str], missing: str, blank: str | None
) -> None:
    environment = {name: value for name, value in whole.items() if name != missing}
    if blank is not None:
        environment[missing] = blank

    text = refusal(monkeypatch, **environment)

    assert missing in text
    assert not any(value in text for value in whole.values())


def test_half_of_one_platform_beside_the_whole_other_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = refusal(monkeypatch, **SLACK, PARLEY_TEAMS_APP_ID=TEAMS["PARLEY_TEAMS_APP_ID"])

    assert text == (
        "Microsoft Teams is only half set up: "
        "PARLEY_TEAMS_APP_PASSWORD and PARLEY_TEAMS_TENANT_ID are missing."
    )


@pytest.mark.parametrize("id", ["common", "organizations", "example.onmicrosoft.com", "8f2d1c7e"])
@pytest.mark.parametrize("name", ["PARLEY_TEAMS_APP_ID", "PARLEY_TEAMS_TENANT_ID"])
def test_an_app_or_a_tenant_that_is_no_id_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, id: str
) -> None:
    text = refusal(monkeypatch, **TEAMS | {name: id})

    assert text.startswith(f"{name}: ")


@pytest.mark.parametrize("url", ["http://login.example/x", "login.example", "file:///etc/keys"])
@pytest.mark.parametrize("name", ["OPENID_METADATA_URL", "TOKEN_URL", "SERVICE_URL"])
def test_an_address_where_others_can_listen_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    text = refusal(monkeypatch, **TEAMS, **{f"PARLEY_TEAMS_{name}": url})

    assert text.startswith(f"PARLEY_TEAMS_{name}: ")


def test_addresses_of_teams_can_be_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = {
        "PARLEY_TEAMS_TOKEN_URL": "http://127.0.0.1:8000/token",
        "PARLEY_TEAMS_SERVICE_HOSTS": "SMBA.infra.gcc.teams.microsoft.com, 127.0.0.1:8000,",
    }

    settings = given(monkeypatch, **TEAMS, **moved)

    assert settings.teams_token_address() == "http://127.0.0.1:8000/token"
    assert settings.teams_hosts() == {"smba.infra.gcc.teams.microsoft.com", "127.0.0.1:8000"}


@pytest.mark.parametrize("host", ["*.trafficmanager.net", "https://smba.net/", ".net", "a b@c"])
def test_a_host_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    text = refusal(monkeypatch, **TEAMS, PARLEY_TEAMS_SERVICE_HOSTS=host)

    assert text.startswith("PARLEY_TEAMS_SERVICE_HOSTS: write ")


def test_settings_that_are_blank_count_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, **dict.fromkeys(SLACK, " "), PARLEY_PORT="", PARLEY_HOST=" ")

    assert not settings.slack_on
    assert (settings.port, settings.host) == (3978, "127.0.0.1")


def test_blanks_around_a_pasted_secret_are_no_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, **SLACK | {"PARLEY_SLACK_BOT_TOKEN": " xoxb-token\n"})

    assert settings.slack_bot_token == SecretStr("xoxb-token")


def test_a_key_that_could_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = refusal(monkeypatch, PARLEY_SECRET_KEY="hunter2")

    assert text == "PARLEY_SECRET_KEY needs at least 32 characters."


def test_a_signature_key_that_was_cut_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = refusal(monkeypatch, PARLEY_ATS_SECRET="MQyJ")

    assert text.startswith("PARLEY_ATS_SECRET needs at least 16 characters")
    assert "MQyJ" not in text


def test_a_number_that_is_none_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    text = refusal(monkeypatch, PARLEY_PORT="http")

    assert text.startswith("PARLEY_PORT: ")


@pytest.mark.parametrize("address", ["parley.db", "mysql://here", "sqlite://"])
def test_an_address_of_no_database_of_ours_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    text = refusal(monkeypatch, PARLEY_DATABASE_URL=address)

    assert "PARLEY_DATABASE_URL" in text
    assert "Write" in text


def test_a_time_zone_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = refusal(monkeypatch, PARLEY_TIMEZONE="Atlantis/Centre")

    assert (
        text
        == "PARLEY_TIMEZONE: There is no time zone of that name. Write one such as Europe/London."
    )


def test_admins_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, PARLEY_ADMINS="slack:T1:U1, teams:T2:U2,")

    assert settings.admin_accounts() == {
        UserRef("slack", "T1", "U1"),
        UserRef("teams", "T2", "U2"),
    }


@pytest.mark.parametrize("admins", ["ada", "slack:U1", "slack:T1:U1:x", "slack::U1", "::"])
def test_an_admin_that_is_no_account_is_refused(
    monkeypatch: pytest.MonkeyPatch, admins: str
) -> None:
    text = refusal(monkeypatch, PARLEY_ADMINS=admins)

    assert text == f"PARLEY_ADMINS: write {admins!r} as slack:T1:U1."


def test_commands_may_have_other_names_here(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, PARLEY_SLACK_COMMANDS="term=jargon, /parley = /bot,nonsense")

    assert settings.slack_command_names() == {"jargon": "term", "bot": "parley"}


def test_settings_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PARLEY_PORT=4000\nOTHER=1\n")

    assert Settings().port == 4000


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_public_address_stands_without_a_slash_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = given(monkeypatch, PARLEY_PUBLIC_URL="https://Parley.example.com:8443/chat/")

    assert settings.public_url == "https://Parley.example.com:8443/chat"


@pytest.mark.parametrize(
    "url",
    [
        *("http://parley.example.com", "parley.example.com", "https://parley", "https://"),
        *("https://parley.example.com?x=1", "https://a@parley.example.com", "https://a b.example"),
    ],
)
def test_an_address_that_no_platform_could_reach_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    text = refusal(monkeypatch, PARLEY_PUBLIC_URL=url)

    assert text == "PARLEY_PUBLIC_URL: write the address as https://parley.example.com."


def test_older_keys_follow_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    older = f" {'b' * 32} , {'a' * 32},"

    settings = given(monkeypatch, PARLEY_SECRET_KEY=KEY, PARLEY_OLDER_SECRET_KEYS=older)

    assert settings.secret_keys() == (KEY, "b" * 32, "a" * 32)
    assert "bbb" not in repr(settings)
    assert Settings(secret_key=None, older_secret_keys=None).secret_keys() == ()


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PARLEY_OLDER_SECRET_KEYS": "a" * 32}, "needs the key of now, in PARLEY_SECRET_KEY"),
        (
            {"PARLEY_SECRET_KEY": KEY, "PARLEY_OLDER_SECRET_KEYS": f"{'a' * 32},secret"},
            "PARLEY_OLDER_SECRET_KEYS: each key has at least 32 characters",
        ),
        ({"PARLEY_SECRET_KEY": f"{KEY},{KEY}"}, "PARLEY_SECRET_KEY: a comma stands between"),
    ],
)
def test_keys_that_cannot_be_keys_are_refused(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], named: str
) -> None:
    said = refusal(monkeypatch, **environment)

    assert named in said
    assert "aaa" not in said
    assert KEY not in said


WEBHOOK_SECRET = "whsec_" + b64encode(b"x" * 32).decode()
WEBHOOK = {
    "PARLEY_WEBHOOK_URL": "https://alerts.example.com/parley",
    "PARLEY_WEBHOOK_SECRET": WEBHOOK_SECRET,
}
MAIL = {
    "PARLEY_MAIL_SERVER": "smtp://mail.example.com",
    "PARLEY_MAIL_FROM": "parley@example.com",
    "PARLEY_MAIL_TO": "oncall@example.com, head@example.com",
}


def test_ways_out_are_off_unless_they_are_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outlets.of(Settings()) == {}
    assert outlets.of(given(monkeypatch, **WEBHOOK, **MAIL)).keys() == {"webhook", "mail"}


@pytest.mark.parametrize("missing", sorted(WEBHOOK | MAIL))
def test_half_a_way_out_names_the_other_half(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    whole = WEBHOOK if missing in WEBHOOK else MAIL
    half = {name: value for name, value in whole.items() if name != missing}

    said = refusal(monkeypatch, **half)

    assert f"only half set up: {missing} is missing." in said


def test_a_name_at_the_mail_server_needs_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, **MAIL, PARLEY_MAIL_USER="parley")

    assert "Signing in to the mail server is only half set up: PARLEY_MAIL_PASSWORD" in said


@pytest.mark.parametrize(
    "secret",
    [
        b64encode(b"x" * 32).decode(),
        "whsec_" + b64encode(b"x" * 23).decode(),
        "whsec_" + b64encode(b"x" * 65).decode(),
        "whsec_not base64 at all, but long enough to be some",
    ],
)
def test_what_no_receiver_could_verify_with_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    said = refusal(monkeypatch, **(WEBHOOK | {"PARLEY_WEBHOOK_SECRET": secret}))

    assert "24 to 64 random bytes in base64" in said
    assert secret not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEY_WEBHOOK_URL", "http://alerts.example.com/parley"),
        ("PARLEY_WEBHOOK_NETWORKS", "10.20.0.1/16"),
        ("PARLEY_MAIL_SERVER", "mail.example.com"),
        ("PARLEY_MAIL_SERVER", "http://mail.example.com"),
        ("PARLEY_MAIL_TO", "oncall"),
        ("PARLEY_MAIL_FROM", "Parley <parley@example.com>"),
    ],
)
def test_a_way_out_that_leads_nowhere_safe_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    said = refusal(monkeypatch, **(WEBHOOK | MAIL | {name: value}))

    assert said.startswith(f"{name}: write ")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("smtp://mail.example.com", ("smtp", "mail.example.com", 587)),
        ("SMTPS://Mail.example.com", ("smtps", "mail.example.com", 465)),
        ("smtp://mail.example.com:2525", ("smtp", "mail.example.com", 2525)),
    ],
)
def test_a_mail_server_has_its_usual_port(written: str, meant: tuple[str, str, int]) -> None:
    assert outside.mail_server(written) == meant
