"""Nothing that somebody reported becomes a link again, and what is no address stays readable."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.reports.defanging import defang


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See https://evil.example/a.html now", "See hxxps://evil[.]example/a[.]html now"),
        ("HTTP://EVIL.EXAMPLE", "HXXP://EVIL[.]EXAMPLE"),
        ("<https://evil.example|your bank>", "<hxxps://evil[.]example|your bank>"),
        ("pay at evil.example.", "pay at evil[.]example."),
        ("mail boss@evil.example", "mail boss@evil[.]example"),
        ("mailto:boss@evil.example", "mailto[:]boss@evil[.]example"),
        ("ftp://evil.example", "ftp[:]//evil[.]example"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("from 203.0.113.9:8080", "from 203[.]0[.]113[.]9:8080"),
        ("http://[2001:db8::1]/", "hxxp://[2001:db8::1]/"),
        ("ev\u0456l\u3002example", "ev\u0456l[.]example"),
        ("xn--e1awd7f.xn--p1ai", "xn--e1awd7f[.]xn--p1ai"),
        (
            "https://evil.example http://evil.example",
            "hxxps://evil[.]example hxxp://evil[.]example",
        ),
    ],
)
def test_an_address_is_written_so_that_it_is_no_link(text: str, shown: str) -> None:
    assert defang(text) == shown


@pytest.mark.parametrize(
    "text",
    ["It cost 3.50 EUR, e.g. at 10.30.", "Odd. Very odd...", "Data: two files", "tel. 112", ""],
)
def test_plain_words_and_figures_stay_as_they_are(text: str) -> None:
    assert defang(text) == text


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["http://", "a.", "evil.example", "1.2.3.4", "[.]", " ", "://"])))
def test_doing_so_twice_changes_nothing_more(parts: list[str]) -> None:
    once = defang("".join(parts))

    assert defang(once) == once
    assert not re.search(r"https?://|[a-z]\.example", once)
