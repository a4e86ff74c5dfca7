"""By what the same attack is recognised, however it is written."""

import pytest

from workflows.reports.indicators import Found, Trace, indicators, subject

MD5 = "d41d8cd98f00b204e9800998ecf8427e"


@pytest.mark.parametrize(
    ("text", "trace", "value"),
    [
        ("see https://Evil.example/a?x=1.", Trace.URL, "https://evil.example/a"),
        ("hxxps://bad[.]example/login", Trace.URL, "https://bad.example/login"),
        ("at evil.example today", Trace.DOMAIN, "evil.example"),
        ("http://203.0.113.9/x", Trace.IPV4, "203.0.113.9"),
        ("from 203[.]0[.]113[.]9", Trace.IPV4, "203.0.113.9"),
        ("from 2001:0db8::1", Trace.IPV6, "2001:db8::1"),
        ("Boss[at]Evil.example wrote", Trace.EMAIL, "boss@evil.example"),
        (MD5.upper(), Trace.MD5, MD5),
        ("a" * 40, Trace.SHA1, "a" * 40),
        ("b" * 64, Trace.SHA256, "b" * 64),
        ("call +49 (30) 1234-567", Trace.PHONE, "+49301234567"),
        ("call 0049 30 1234567", Trace.PHONE, "+49301234567"),
    ],
)
def test_each_is_found_and_written_in_one_way(text: str, trace: Trace, value: str) -> None:
    assert Found(trace, value) in indicators(text)


@pytest.mark.parametrize(
    "text",
    ["At 10:30, e.g. in 12:30:45", "invoice.pdf and cv.docx", "3.50 EUR", "version 1.2.3", "112"],
)
def test_plain_words_and_figures_are_none(text: str) -> None:
    assert indicators(text) == []


@pytest.mark.parametrize(
    "text", ["https://mail.own.example/x", "me@own.example", "own.example", "OWN[.]example"]
)
def test_what_is_the_companys_own_is_none(text: str) -> None:
    assert indicators(text, harmless={"own.example"}) == []


def test_what_only_ends_like_the_companys_own_is_one() -> None:
    assert indicators("notown.example", harmless={"own.example"})


def test_answers_have_the_subject_of_what_they_answer() -> None:
    assert subject("Look:\nSubject: RE: Fwd: Your  Parcel\n") == subject("subject: your parcel")
    assert subject("Your parcel") is None
