"""What can be shown is checked where it is made, not where it is rendered."""

import pytest
from pydantic import ValidationError

from bot.errors import DeliveryError, Invalid
from bot.ui import Form, Image, Link, Message, Note, ShortText, Table, Text


def test_a_message_survives_the_way_through_a_row() -> None:
    message = Message(text="Hello", blocks=(Text(text=("a ", Link(label="b", url="https://c"))),))

    assert Message.model_validate_json(message.model_dump_json()) == message


def test_a_picture_survives_it_too() -> None:
    message = Message(text="A chart", blocks=(Image(alt="Seven of nine", png=b"\x89PNG\xff"),))

    assert Message.model_validate_json(message.model_dump_json()) == message


def test_a_table_is_rectangular() -> None:
    assert Table(header=("Term", "Meaning"), rows=(("EDRM", "A model."),)).rows

    with pytest.raises(ValidationError, match="as many cells"):
        Table(header=("Term", "Meaning"), rows=(("EDRM",),))


def test_the_inputs_of_a_form_have_names_of_their_own() -> None:
    question = ShortText(name="term", label="Term")

    with pytest.raises(ValidationError, match="the same name"):
        Form(title="Propose", inputs=(question, Note(text="and"), question))


@pytest.mark.parametrize("url", ["http://a.example", "javascript:alert(1)", "//a.example", ""])
def test_a_link_is_secure(url: str) -> None:
    with pytest.raises(ValidationError):
        Link(label="Look", url=url)


def test_values_are_frozen_and_know_their_fields() -> None:
    with pytest.raises(ValidationError):
        Message(text="Hello").text = "Bye"  # type: ignore[misc]  # the refusal is the claim
    with pytest.raises(ValidationError):
        Message.model_validate({"text": "Hello", "html": "<b>"})


def test_problems_without_a_text_of_their_own_are_the_text() -> None:
    assert str(Invalid(fields={"a": "Too long.", "b": "Too short."})) == "Too long. Too short."


def test_a_delivery_error_is_its_code() -> None:
    assert str(DeliveryError("channel_archived", permanent=True)) == "channel_archived"
