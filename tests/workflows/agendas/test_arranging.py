"""An agenda in order: what owners changed, what a part shows, what time is there for."""

import pytest

from workflows.agendas import arranging
from workflows.agendas.arranging import Agenda, Changes, Move, arranged
from workflows.agendas.calls import Item
from workflows.agendas.rules import Part


def listed(*keys: str, minutes: int | None = None) -> list[Item]:
    return [Item(key=key, line=f"about {key}", minutes=minutes) for key in keys]


def keys(agenda: Agenda) -> list[list[str]]:
    return [[item.key for item in section.items] for section in agenda.sections]


def test_parts_stand_in_the_order_of_their_risk_and_empty_ones_are_left_out() -> None:
    found = {Part.CARRIED: [], Part.ESCALATIONS: listed("vote:7"), Part.WORDS: listed("term:1")}

    agenda = arranged(found, Changes(), 45)

    assert [section.part for section in agenda.sections] == [Part.ESCALATIONS, Part.WORDS]
    assert agenda.minutes == 8 + 2


def test_a_part_shows_its_first_items_and_counts_the_others() -> None:
    [section] = arranged({Part.WORDS: listed(*"abcde")}, Changes(), 45).sections

    assert ([item.key for item in section.items], section.more) == (["a", "b", "c"], 2)


def test_what_is_dropped_makes_room_for_the_next() -> None:
    agenda = arranged({Part.WORDS: listed(*"abcd")}, Changes(dropped=frozenset("b")), 45)

    assert keys(agenda) == [["a", "c", "d"]]
    assert agenda.sections[0].more == 0


def test_a_whole_part_can_be_dropped() -> None:
    changes = Changes(dropped=frozenset({"words"}))

    assert arranged({Part.WORDS: listed("a")}, changes, 45).is_empty


def test_an_owners_words_stand_for_what_parley_wrote() -> None:
    agenda = arranged({Part.WORDS: listed(*"ab")}, Changes(words={"b": "Say it so"}), 45)

    assert [item.line for item in agenda.sections[0].items] == ["about a", "Say it so"]


@pytest.mark.parametrize(
    ("natural", "places", "wanted"),
    [
        ("abc", {}, "abc"),
        ("abc", {"c": 0, "a": 1, "b": 2}, "cab"),
        ("nabc", {"c": 0, "a": 1, "b": 2}, "ncab"),
        ("anbc", {"c": 0, "a": 1, "b": 2}, "canb"),
        ("ac", {"c": 0, "a": 1, "b": 2}, "ca"),
        ("abcn", {"c": 0, "a": 1, "b": 2}, "cnab"),
    ],
)
def test_what_is_new_stands_where_its_neighbour_was_placed(
    natural: str, places: dict[str, int], wanted: str
) -> None:
    assert "".join(arranging.in_place(natural, places)) == wanted


@pytest.mark.parametrize(
    ("key", "to", "wanted"),
    [
        ("c", Move.FIRST, "cabd"),
        ("c", Move.EARLIER, "acbd"),
        ("a", Move.EARLIER, "abcd"),
        ("b", Move.LATER, "acbd"),
        ("d", Move.LATER, "abcd"),
        ("a", Move.LAST, "bcda"),
    ],
)
def test_one_thing_moves_among_those_it_stands_with(key: str, to: Move, wanted: str) -> None:
    assert "".join(arranging.moved("abcd", key, to)) == wanted


def test_the_lowest_parts_are_folded_when_time_is_short() -> None:
    found = {part: listed(f"{part}:1") for part in (Part.CARRIED, Part.ESCALATIONS, Part.WORDS)}

    agenda = arranged(found, Changes(), 13)

    assert [section.part for section in agenda.sections] == [Part.CARRIED, Part.ESCALATIONS]
    assert [section.part for section in agenda.folded] == [Part.WORDS]
    assert agenda.minutes == 13


def test_added_items_take_what_is_left_and_are_folded_one_by_one() -> None:
    found = {Part.SEARCHES: listed("search:1"), Part.ADDED: listed("a", "b", "c", minutes=4)}

    agenda = arranged(found, Changes(), 20)

    assert keys(agenda) == [["search:1"], ["a", "b"]]
    assert [[item.key for item in row.items] for row in agenda.folded] == [["c"]]
    assert agenda.minutes == 18


def test_what_an_owner_moves_up_is_folded_last() -> None:
    found = {Part.SEARCHES: listed("search:1"), Part.ADDED: listed("a", minutes=10)}

    agenda = arranged(found, Changes(places={"added": 0, "searches": 1}), 10)

    assert [section.part for section in agenda.sections] == [Part.ADDED]
    assert [section.part for section in agenda.folded] == [Part.SEARCHES]


def test_a_meeting_without_time_for_anything_still_says_what_is_folded() -> None:
    agenda = arranged({Part.SEARCHES: listed("search:1")}, Changes(), 5)

    assert (agenda.sections, len(agenda.folded), agenda.is_empty) == ((), 1, False)
