"""Where our token goes: to the hosts that are listed, and to nothing that looks like them."""

import pytest

from adapters.teams.hosts import is_allowed, is_file

HOSTS = {"smba.trafficmanager.net", "127.0.0.1:8000"}


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net",
        "https://SMBA.TrafficManager.net/amer/8f2d1c7e-0000/",
        "http://127.0.0.1:8000/emea/",
        "https://127.0.0.1:8000/",
    ],
)
def test_listed_hosts_are_allowed(url: str) -> None:
    assert is_allowed(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.trafficmanager.net",
        "//smba.trafficmanager.net/",
        "http://smba.trafficmanager.net/emea/",
        "ftp://smba.trafficmanager.net/",
        "https://evil.trafficmanager.net/",
        "https://evil.smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://xsmba.trafficmanager.net/",
        "https://trafficmanager.net/",
        "https://smba.trafficmanager.net./",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example/smba.trafficmanager.net",
        "https://evil.example?smba.trafficmanager.net/",
        "https://evil.example#smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\\@evil.example/",
        "https://smba.trafficmanager.net/%2e%2e/",
        "https://smba.trafficmanager.net/?to=https://evil.example",
        "https://smba\u3002trafficmanager.net/",
        "https://smba.trafficmanager.n\u212aet/",
        "https://smba.trafficmanager.net/\n",
        "\thttps://smba.trafficmanager.net/",
        "https://smba.\ttrafficmanager.net/",
        "https://smba.trafficmanager.net/\r\nHost: evil.example",
        "https://[::1]/",
        "http://127.0.0.1:8001/",
        "http://127.0.0.1/",
        "http://127.0.0.1.nip.example:8000/",
        "https://smba.trafficmanager.net/" + "a" * 2048,
    ],
)
def test_what_only_looks_like_a_listed_host_is_not(url: str) -> None:
    assert not is_allowed(url, HOSTS)


def test_a_listed_host_that_is_not_this_machine_is_never_spoken_to_unencrypted() -> None:
    assert not is_allowed("http://10.0.0.1:8000/", {"10.0.0.1:8000"})
    assert is_allowed("http://127.0.0.2:8000/", {"127.0.0.2:8000"})


@pytest.mark.parametrize(
    "url",
    [
        "https://contoso-my.sharepoint.com/personal/a_b/_layouts/15/download.aspx?UniqueId=1&tempauth=x",
        "https://agency.sharepoint.us/sites/a/b%20c.pdf",
        "http://127.0.0.1:8000/files/abc?tempauth=x",
    ],
)
def test_a_file_is_fetched_from_where_teams_keeps_files(url: str) -> None:
    assert is_file(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://contoso.sharepoint.com/a",
        "https://sharepoint.com/a",
        "https://contoso.sharepoint.com.evil.example/a",
        "https://evil.example/contoso.sharepoint.com/",
        "https://contoso.sharepoint.com@evil.example/",
        "https://contoso.sharepoint.com:8443/a",
        "https://a.b.sharepoint.com/a",
        "https://smba.trafficmanager.net/files/a",
        "http://127.0.0.1:8001/files/a",
        "http://169.254.169.254/latest/meta-data/",
        "https://contoso.sharepoint.com/" + "a" * 2048,
    ],
)
def test_a_file_is_fetched_from_nowhere_else(url: str) -> None:
    assert not is_file(url, HOSTS)
