"""What manifests say of Parley, on every platform."""

import pytest

from bot import manifest
from bot.errors import Invalid
from bot.routes import Routes
from tests.bot import toys

ROUTES = Routes([toys.workflow])


def test_help_comes_before_all_that_can_be_said() -> None:
    assert list(manifest.lines(ROUTES)) == [
        ("help", manifest.HELP),
        ("peek [HOW]", "See what is in the box."),
        ("toy NAME", "Look a toy up."),
        ("toys", "See how many toys there are."),
    ]


def test_the_description_names_all_that_can_be_said() -> None:
    text = manifest.described(ROUTES)

    assert text.startswith(manifest.DESCRIPTION)
    assert "\ntoy NAME: Look a toy up." in text


@pytest.mark.parametrize("content", ["a", "abc", [1, 2, 3]])
def test_what_fits_is_given_back(content: str | list[int]) -> None:
    assert manifest.within(3, "Three", content) == content


@pytest.mark.parametrize(("content", "size"), [("", 0), ("abcd", 4), ([], 0), ([1] * 5, 5)])
def test_what_does_not_fit_is_refused_with_its_name_and_size(
    content: str | list[int], size: int
) -> None:
    with pytest.raises(Invalid, match=f"Three: .* from 1 to 3, and there are {size}"):
        manifest.within(3, "Three", content)
