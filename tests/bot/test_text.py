"""How Parley reads what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import Ref, nearest, parse, split_verb, typed


class TestWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", ()),
            (" \t\n", ()),
            ("time to fill", ("time", "to", "fill")),
            ("time\u00a0to\u202ffill", ("time", "to", "fill")),
            ('add "legal hold"', ("add", "legal hold")),
            ("add “legal hold”", ("add", "legal hold")),
            ("add „legal hold“ «two words»", ("add", "legal hold", "two words")),
            ('add “legal hold"', ("add", "legal hold")),
            ('add ""', ("add", "")),
            ('"one""two"three', ("one", "two", "three")),
            ("don't it\u2019s 5\" 'a b'", ("don't", "it\u2019s", '5"', "'a", "b'")),
            ("-x - a-b", ("-x", "-", "a-b")),
            ("https://example.org/?a=b", ("https://example.org/?a=b",)),
            ("<@U1> :wave: 3>2", ("<@U1>", ":wave:", "3>2")),
        ],
    )
    def test_words_are_parted_by_blanks_and_held_together_by_quotes(
        self, text: str, words: tuple[str, ...]
    ) -> None:
        line = parse(text)

        assert line.words == words
        assert line.rest is None
        assert not line.flags
        assert not line.values

    @pytest.mark.parametrize(
        ("text", "words"),
        [('"', ('"',)), ('add "legal hold', ("add", '"legal', "hold")), ("“", ("“",))],
    )
    def test_a_quote_that_is_never_closed_is_taken_as_it_stands(
        self, text: str, words: tuple[str, ...]
    ) -> None:
        assert parse(text).words == words

    def test_controls_and_broken_characters_are_left_out_of_everything(self) -> None:
        line = parse("ED\x00RM\u200b \ud800= a\x1b[31m\nb\x7f --de\ufeffpt=t\x07a")

        assert line.text == "EDRM = a[31m\nb --dept=ta"
        assert line.words == ("EDRM",)
        assert line.rest == "a[31m\nb"
        assert line.flags == {"dept": "ta"}

    def test_letters_of_every_script_and_joined_emoji_are_kept(self) -> None:
        text = "名前 \u202b\u0633\u0644\u202c \u0645\u06cc\u200c\u062e 👩\u200d🚒 Ünïcode"

        assert typed(text) == text
        assert parse(text).text == text


class TestFlagsAndValues:
    @pytest.mark.parametrize(
        ("text", "flags"),
        [
            ("--page", {"page": ""}),
            ("--dept=", {"dept": ""}),
            ("--DEPT=ta", {"dept": "ta"}),
            ("—dept=ta \N{EN DASH}page", {"dept": "ta", "page": ""}),
            ('--expert="two words"', {"expert": "two words"}),
            ("--expert=“two words”", {"expert": "two words"}),
            ("--use=a=b", {"use": "a=b"}),
            ("--a=1 --a=2", {"a": "2"}),
            ("--dry-run", {"dry-run": ""}),
            ('--expert="two', {"expert": '"two'}),
        ],
    )
    def test_a_flag_may_have_a_value(self, text: str, flags: dict[str, str]) -> None:
        line = parse(text)

        assert line.flags == flags
        assert line.words == ()

    @pytest.mark.parametrize("text", ["--1", "---", "— dash", '"--quoted"', "a--b"])
    def test_what_only_looks_like_a_flag_is_none(self, text: str) -> None:
        assert not parse(text).flags

    def test_key_and_value_pieces_stand_beside_words_and_flags(self) -> None:
        line = parse('I-881 overall=yes Note="with care" --dept=ta done')

        assert line.values == {"overall": "yes", "note": "with care"}
        assert line.words == ("I-881", "done")
        assert line.flags == {"dept": "ta"}

    def test_what_was_read_cannot_be_changed(self) -> None:
        line = parse("--dept=ta")

        with pytest.raises(TypeError):
            line.flags["dept"] = "security"  # type: ignore[index]  # the refusal is the claim


class TestRest:
    @pytest.mark.parametrize(
        ("text", "words", "rest"),
        [
            ('add "legal hold" = Keep it all.', ("add", "legal hold"), "Keep it all."),
            ('add "legal hold"=Keep it.', ("add", "legal hold"), "Keep it."),
            ("add EDRM =Keep it.", ("add", "EDRM"), "Keep it."),
            ("add EDRM= Keep it.", ("add", "EDRM"), "Keep it."),
            ('alias LH = "legal hold"', ("alias", "LH"), "legal hold"),
            ("alias LH =“legal hold”", ("alias", "LH"), "legal hold"),
            ('add x = a "quoted" word', ("add", "x"), 'a "quoted" word'),
            ('add x = "one" and "two"', ("add", "x"), '"one" and "two"'),
            ("add x = a  line\nand don't   = stop", ("add", "x"), "a  line\nand don't   = stop"),
            ("add x = a -- b k=v", ("add", "x"), "a -- b k=v"),
            ("add x =", ("add", "x"), ""),
            ("=", (), ""),
            ("--", (), ""),
            ("V-7 -- it = was", ("V-7",), "it = was"),
        ],
    )
    def test_free_text_follows_a_sign_of_its_own_as_it_was_typed(
        self, text: str, words: tuple[str, ...], rest: str
    ) -> None:
        line = parse(text)

        assert line.words == words
        assert line.rest == rest
        assert not line.flags
        assert not line.values

    def test_flags_at_the_end_of_a_definition_are_flags(self) -> None:
        line = parse('add --kind=term x = Say —no— to --all. --expert="In full." --dept=legal')

        assert line.rest == "Say —no— to --all."
        assert line.flags == {"kind": "term", "expert": "In full.", "dept": "legal"}

    def test_a_definition_may_be_missing_before_its_flags(self) -> None:
        line = parse("add x = --dept=legal")

        assert line.rest == ""
        assert line.flags == {"dept": "legal"}

    def test_after_two_hyphens_nothing_is_a_flag(self) -> None:
        line = parse("V-7 --late -- I said --no")

        assert line.flags == {"late": ""}
        assert line.rest == "I said --no"


class TestRefs:
    @pytest.mark.parametrize(
        ("word", "ref"),
        [
            ("S-12", Ref("S", 12)),
            ("inc-042", Ref("INC", 42)),
            ("I\N{NON-BREAKING HYPHEN}881", Ref("I", 881)),
            ("C\N{EN DASH}104", Ref("C", 104)),
            ("S12", None),
            ("-12", None),
            ("S-", None),
            ("S-12x", None),
            ("WRONG-1", None),
            ("S-٣", None),
            ("S-1234567890", None),
        ],
    )
    def test_a_reference_is_a_kind_and_a_number(self, word: str, ref: Ref | None) -> None:
        assert Ref.parse(word) == ref

    def test_a_reference_is_written_as_people_say_it(self) -> None:
        assert str(Ref("INC", 42)) == "INC-42"

    def test_a_line_knows_its_references_and_keeps_them_as_words(self) -> None:
        line = parse("link a-33 to INC-42")

        assert line.refs == (Ref("A", 33), Ref("INC", 42))
        assert line.words == ("link", "a-33", "to", "INC-42")


class TestVerb:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ("", "")),
            ("HELP", ("help", "")),
            ("  Term\u00a0 EDRM  --dept=ta ", ("term", "EDRM  --dept=ta")),
            ("report It\nhappened", ("report", "It\nhappened")),
            ("\u200bterm x", ("term", "x")),
        ],
    )
    def test_the_verb_is_the_first_word_in_any_case(
        self, text: str, expected: tuple[str, str]
    ) -> None:
        assert split_verb(text) == expected


class TestNearest:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("term", "term"),
            ("TERM", "term"),
            ("tmer", "term"),
            ("trem", "term"),
            ("terms", "term"),
            ("agnda", "agenda"),
            ("agneda", "agenda"),
            ("agedna", "agenda"),
            ("hlep", "help"),
            ("ad", "add"),
            ("dad", "add"),
            ("zzz", None),
            ("a", None),
            ("", None),
            ("qoh", None),
            ("agenda" * 500, None),
        ],
    )
    def test_a_slip_finds_the_word_that_was_meant(self, word: str, expected: str | None) -> None:
        assert nearest(word, ["term", "agenda", "help", "add", "vote"]) == expected

    def test_among_equals_the_same_length_wins_and_then_the_earlier(self) -> None:
        assert nearest("vots", ["vot", "vote", "vets"]) == "vote"

    def test_no_candidates_give_no_answer(self) -> None:
        assert nearest("term", []) is None


anything = st.text(
    st.one_of(st.sampled_from(' \t\n"“”=-—a1\u00a0\x00'), st.characters(exclude_categories=[])),
    max_size=3000,
)


class TestHostileText:
    @given(text=anything)
    def test_the_words_of_a_line_are_the_same_beside_a_flag(self, text: str) -> None:
        line = parse(text)

        assert line.rest is not None or parse(f"--flag {text}").words == line.words

    @given(text=anything)
    def test_no_text_makes_reading_fail(self, text: str) -> None:
        line = parse(text)
        verb, after = split_verb(text)

        pieces = [*line.words, *line.flags.values(), *line.values.values(), line.rest or "", after]
        assert all(piece in typed(text) for piece in pieces)
        assert "\x00" not in line.text + verb
        assert (line.text + verb).encode().decode() == line.text + verb

    @pytest.mark.parametrize(
        "text",
        ['"' * 3001, "a" * 3000 + '"', '--a="' * 600, "a=" * 1500, "-" * 3000, "= " * 1500],
    )
    def test_long_lines_of_signs_are_read(self, text: str) -> None:
        assert parse(text).text == text.strip()
