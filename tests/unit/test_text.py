"""Text is safe after `clean`, and `fold` finds what a person means."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.text import SearchWords, ascii_digits, clean, fold, one_line, search_words, words_of

ANY_TEXT = st.text(st.characters())  # lone surrogates included


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\x85d\u2028e\u2029f\x0cg", "a\nb\nc\nd\ne\nf\ng"),
        ("a\tb", "a    b"),
        ("\x1b[2Jx\x9b31m", "\ufffd[2Jx\ufffd31m"),
        ("\x1b]52;c;eA==\x07", "\ufffd]52;c;eA==\ufffd"),
        ("nul\x00 del\x7f", "nul\ufffd del\ufffd"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("ad\u200bmin \ufeffx", "admin x"),
        ("ok\U000e0065\U000e0076", "ok"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("می\u200cروم", "می\u200cروم"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("cafe\u0301", "café"),
        ("trailing  \nspaces ", "trailing\nspaces"),
        ("[bold]kept[/] =1+1", "[bold]kept[/] =1+1"),
    ],
)
def test_clean_keeps_words_and_marks_codes(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_single_line_field_gets_no_line_breaks_or_wide_gaps() -> None:
    assert clean("a\r\nb\tc\x85d", lines=False) == "a b c d"


@given(ANY_TEXT, st.booleans())
def test_cleaned_text_is_plain_storable_and_stays_as_it_is(typed: str, lines: bool) -> None:
    kept = clean(typed, lines=lines)
    kept.encode()
    assert clean(kept, lines=lines) == kept
    controls = {c for c in kept if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}}
    assert controls <= ({"\n"} if lines else set())
    assert not {"\u202e", "\u2066", "\ufeff", "\u200f"} & set(kept)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zorić", "zoric"),
        ("ĐURĐEVAC Łódź Ærø", "durdevac lodz aero"),
        ("STRASSE straße ẞ", "strasse strasse ss"),
        ("İSTANBUL ısı", "istanbul isi"),
        ("café cafe\u0301", "cafe cafe"),
        ("ﬁnance Ｆｕｌｌ", "finance full"),
        ("Ёлка ёлка", "елка елка"),
        ("علي كتاب", "علی کتاب"),
        ("می\u200cروم أحمد ـة", "میروم احمد ه"),
        ("۱۲۳ ٤٥٦ ７", "123 456 7"),
    ],
)
def test_fold_ignores_accents_case_and_keyboards(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


@given(ANY_TEXT)
def test_case_and_composition_never_matter(typed: str) -> None:
    assert fold(unicodedata.normalize("NFD", typed)) == fold(unicodedata.normalize("NFC", typed))


@given(ANY_TEXT)
def test_what_was_stored_is_found_by_typing_it(stored: str) -> None:
    query = search_words(stored[:400])
    assert [*query.whole, *filter(None, [query.unfinished])] == words_of(stored[:400])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", SearchWords((), None)),
        ("zor", SearchWords((), "zor")),
        ("Zorić ", SearchWords(("zoric",), None)),
        ("late-delivery Šib", SearchWords(("late", "delivery"), "sib")),
        ("a_b \"c* OR'", SearchWords(("a", "b", "c", "or"), None)),
        ("C26-004517", SearchWords(("c26",), "004517")),
    ],
)
def test_only_a_last_word_still_being_typed_is_unfinished(query: str, words: SearchWords) -> None:
    assert search_words(query) == words


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("two\n  lines", 20, "two lines"),
        ("exactly", 7, "exactly"),
        ("too long here", 9, "too long…"),
        ("cut", 1, "…"),
        ("cut", 0, ""),
    ],
)
def test_one_line(text: str, width: int, line: str) -> None:
    assert one_line(text, width) == line


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_make_the_same_words_beside_accents(text: str) -> None:
    assert words_of(text, "č") == words_of(f"{text} č") == [*words_of(text), "c"]


@given(ANY_TEXT, st.integers(-1, 30))
def test_one_line_never_exceeds_its_width(text: str, width: int) -> None:
    assert len(one_line(text, width)) <= max(width, 0)


def test_digits_of_any_script_become_ascii() -> None:
    assert ascii_digits("۰۹۱ ２ ३ x²") == "091 2 3 x²"
