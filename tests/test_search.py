"""The index of the search, asked by its reference in Python."""

import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.pages import Site, ask, catalog, print_site, prose
from tests.search_reference import ReferenceSearch, near

from triptych.render.site.search import index
from triptych.render.site.search.coding import base_36, encoded_terms, shards, steps
from triptych.render.site.search.terms import terms
from triptych.render.site.search.weights import Page, weigh
from triptych.render.site.shorten import shortened
from triptych.values.question import Part

SCRIPTS = Path(__file__).parents[1] / "templates/site/scripts"


def reference(site: Site) -> ReferenceSearch:
    return ReferenceSearch(site.files)


def deck() -> Site:
    return print_site(
        catalog(
            ask("bias", prompt=prose("What is bias?"), tags=("statistics", "C++")),
            ask("tradeoff", prompt=prose("What is the bias-variance trade-off?")),
            ask("k-means", "more", prompt=prose("How does k-means work?")),
            ask("kokoro", "more", prompt=prose("機械学習とは何ですか")),
            ask("salam", "more", prompt=prose("ما هو التعلّم الآلي؟")),
            ask("hindi", "more", prompt=prose("मशीन लर्निंग क्या है?")),
            ask("gone", "more", prompt=prose("What has left?"), retired=True),
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Naïve Bayes", "naive bayes"),
        ("k-means", "k means kmeans"),
        ("don\u2019t", "don t dont"),
        ("機械学習", "機械 械学 学習"),
        ("木", "木"),
        ("GPT2を使う", "gpt2 を使 使う"),
        ("التعلُّم", "التعلم"),
        ("लर्निंग", "लर्निंग"),
        ("a-b-c-d", "a b c d"),
        (" _-' ", ""),
    ],
)
def test_text_becomes_terms(text: str, expected: str) -> None:
    assert " ".join(terms(text)) == expected


def test_each_question_is_first_for_its_own_title() -> None:
    found = reference(deck())
    rows = [found.row(number) for number in range(found.root["questions"])]
    assert len(rows) == 6
    assert [found.questions(row[0])[0] for row in rows] == [row[1] for row in rows]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("bais variance", "tradeoff"),
        ("varaince", "tradeoff"),
        ("varian", "tradeoff"),
        ("kmeans", "k-means"),
        ("学習", "kokoro"),
        ("学", "kokoro"),
        ("التعلم", "salam"),
        ("लर्निंग", "hindi"),
        ("statistics", "bias"),
    ],
)
def test_a_search_allows_typing_mistakes_and_completes_words(
    query: str, first: str
) -> None:
    assert reference(deck()).questions(query)[0] == first


def test_commands_of_latex_are_no_words() -> None:
    formula = prose(r"What is \frac{gain}{loss}?")
    found = reference(print_site(catalog(ask("ratio", prompt=formula))))
    assert found.questions("gain loss") == ["ratio"]
    assert found.questions("frac") == []


@pytest.mark.parametrize(
    ("place", "text"),
    {
        "prompt": prose("Zebra?"),
        "summary": prose("Zebra."),
        "answer": prose("Zebra."),
        "rubric": (prose("Zebra."),),
        "tags": ("zebra",),
        "asked_at": ("Zebra",),
        "follow_ups": (Part("why", prose("Zebra?"), prose("Why."), 1),),
        "pitfalls": (Part("trap", prose("Zebra."), prose("No."), 1),),
        "cards": (Part("card", prose("One."), prose("Zebra."), 1),),
    }.items(),
)
def test_a_question_is_found_by_a_word_of_any_of_its_texts(
    place: str,
    text: Any,  # noqa: ANN401 - of any field
) -> None:
    found = reference(print_site(catalog(ask("other"), ask("one", **{place: text}))))
    assert found.questions("zebra") == ["one"]


def test_lists_are_found_and_what_has_left_is_not() -> None:
    found = reference(deck())
    assert "statistics" in found.places("statist")
    assert "C++" in found.places("c++")
    assert "More" in found.places("more")
    assert "gone" not in found.questions("what has left")
    assert found.questions("zzzz") == []


def test_shards_say_the_same_and_little_is_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions = [
        ask(f"q{n}", prompt=prose(f"What is term{n} of group{n % 7}?"))
        for n in range(200)
    ]
    whole = reference(print_site(catalog(*questions)))
    monkeypatch.setattr(index, "MAX_QUESTIONS_IN_ONE_FILE", 10)
    monkeypatch.setattr(index, "_SHARD_BYTES", 400)
    site = print_site(catalog(*questions))
    parts = reference(site)
    assert len([name for name in site.files if "terms-" in name]) > 5
    for query in ("term17", "group3", "what is term199", "term1 group1"):
        found = parts.questions(query)
        assert found == whole.questions(query)[: len(found)] != [], query
    parts.fetched.clear()
    parts.questions("term17")
    assert len(parts.fetched) < 13


@pytest.mark.parametrize("most", [10, 1000])
def test_signs_of_two_units_are_in_the_order_of_units(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mix them with signs that have the higher units and the lower numbers."""
    monkeypatch.setattr(index, "MAX_QUESTIONS_IN_ONE_FILE", most)
    monkeypatch.setattr(index, "_SHARD_BYTES", 30)
    numbers = [*range(0x20000, 0x20010), 0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14]
    questions = [ask(f"q{n:x}", prompt=prose(chr(n))) for n in numbers]
    found = reference(print_site(catalog(*questions)))
    assert [found.questions(chr(n)) for n in numbers] == [[f"q{n:x}"] for n in numbers]


def test_in_shards_each_question_is_first_for_its_own_title_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Let most terms be on so many pages that their lists are cut."""
    monkeypatch.setattr(index, "MAX_QUESTIONS_IN_ONE_FILE", 10)
    monkeypatch.setattr(index, "_MAX_POSTINGS", 8)
    words = [
        f"{one}{other}" for one in "bcdfg" for other in ("ale", "ine", "ord", "une")
    ]
    chance = Random(12)  # noqa: S311 - the same titles each time
    titles = [
        f"What is the {' '.join(chance.sample(words, 4))} of {number}?"
        for number in range(1000, 1200)
    ]
    questions = [ask(f"q{n}", prompt=prose(title)) for n, title in enumerate(titles)]
    parts = reference(print_site(catalog(*questions)))
    assert all(parts.questions(title)[0] == f"q{n}" for n, title in enumerate(titles))
    assert {"is", "of", "the", "what"} <= {*parts.root["common"]}
    assert parts.questions("what is the")
    assert parts.questions("what is zzzz")
    parts.fetched.clear()
    parts.questions(titles[0])
    assert len([name for name in parts.fetched if "terms-" in name]) <= 5


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters=" \n"), min_size=1),
        st.dictionaries(st.integers(0, 9999), st.integers(1, 25), min_size=1),
    )
)
@example({"\U00020000a": {1: 1}, "\U00020000b": {2: 2}})
def test_what_is_coded_can_be_read(found: Mapping[str, Mapping[int, int]]) -> None:
    lines = [(term, sorted(own.items())) for term, own in found.items()]
    lines.sort(key=lambda line: line[0].encode("utf-16-be"))
    from tests.search_reference import _decoded  # noqa: PLC0415 - the other side of it

    assert not lines or list(_decoded(encoded_terms(lines))) == lines
    joined = [line for shard in shards(lines, 50) for line in shard]
    assert joined == lines


@given(st.integers(0, 10**9))
def test_numbers_are_written_in_base_36(number: int) -> None:
    assert int(base_36(number), 36) == number


def test_of_words_that_say_as_much_those_with_the_last_names_stay() -> None:
    words = [f"word{letter}" for letter in "qwertyuiopasdfghjklzxcvbnm"]
    found = weigh([Page(("title", "", "", " ".join(words)))])
    assert sorted(found) == ["title", *sorted(words)[-11:]]


def test_steps_lead_from_number_to_number() -> None:
    assert steps([3, 4, 40]) == "3.1.10"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("mean", "maen", True),
        ("mean", "mea", True),
        ("mean", "meant", True),
        ("mean", "moan", True),
        ("mean", "naem", False),
        ("mean", "moon", False),
        ("mean", "me", False),
    ],
)
def test_one_letter_may_be_wrong(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert near(one, other) is near(other, one) is expected


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("a = 1; // one\nb = 2;\n", "a=1;b=2;\n"),
        ("const url = 'a // b';\n", "const url='a // b';\n"),
        ("x = /[/'\"]+ /g.test(y) / 2;", "x=/[/'\"]+ /g.test(y)/2;\n"),
        ("a\nb", "a\nb\n"),
        ("a++\nb", "a++\nb\n"),
        ("a + +b - -c", "a+ +b- -c\n"),
        ("return x ? /* why */ y : z", "return x?y:z\n"),
        ("f = () => {\n}\n(g)()", "f=()=>{}\n(g)()\n"),
        ("`a  ${b}\n c`", "`a  ${b}\n c`\n"),
    ],
)
def test_scripts_lose_only_what_no_browser_needs(code: str, short: str) -> None:
    assert shortened(code) == short
    assert shortened(short) == short


def test_the_script_folds_the_same_signs_as_python() -> None:
    from triptych.render.site.search.terms import ACCENTS, UNSPACED  # noqa: PLC0415

    script = (SCRIPTS / "search/terms.js").read_text("utf-8")
    spelled = re.sub(
        r"\\?\\u\{?([0-9a-f]{4,5})\}?", lambda m: chr(int(m[1], 16)), script
    )
    assert f"[{ACCENTS}]" in spelled
    assert f"[{UNSPACED}]" in spelled
