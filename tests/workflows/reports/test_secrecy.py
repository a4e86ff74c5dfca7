"""What looks like a password or a key, and what does not."""

import pytest

from workflows.reports import secrecy


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("password: swordfish", "password: [hidden]"),
        ("My Password is hunter2, sorry", "My Password is [hidden] sorry"),
        ("api_key=abcd1234", "api_key=[hidden]"),
        ("secret: https://hooks.example/T1/abcd", "secret: [hidden]"),
        ("AKIAIOSFODNN7EXAMPLE is public", "[hidden] is public"),
        ("xoxb-1234567890-abcdef here", "[hidden] here"),
        ("eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4", "[hidden]"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----", "[hidden]"),
        ("-----BEGIN PRIVATE KEY-----\nMIIB and the end is cut", "[hidden]"),
    ],
)
def test_a_secret_is_hidden_and_the_words_around_it_stay(text: str, shown: str) -> None:
    assert secrecy.hidden(text) == shown
    assert secrecy.has_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "He asked for my password.",
        "My password is compromised.",
        "The page wanted a PIN: I left",
        "A token economy, they said",
        "https://evil.example/login?next=/home",
        "A page asks for my password: https://evil.example/login",
    ],
)
def test_plain_words_are_no_secret(text: str) -> None:
    assert not secrecy.has_secret(text)
    assert secrecy.hidden(text) == text
