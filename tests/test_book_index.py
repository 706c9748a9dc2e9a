"""The index of the handbook: what a reader would look for, in the order of letters."""
# ruff: noqa: RUF001 - letters of Turkish look like others

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.sheets import POPPLER, ask, deck, read, words

from triptych.render.settings import RenderSettings
from triptych.render.sheet import book_index
from triptych.render.sheet.book_index import Index, index_of
from triptych.render.sheet.render import render
from triptych.values.alphabet import initial, order
from triptych.values.deck import PrintSettings
from triptych.values.question import Question

USUAL = "The words of a book that all the questions have, such as data."


def questions(*texts: str, count: int = book_index.MIN_QUESTIONS) -> list[Question]:
    """Return `count` questions, the first ones with these texts."""
    some = [*texts, *[USUAL] * (count - len(texts))]
    return [ask(said, f"q{number}") for number, said in enumerate(some)]


def names(index: Index) -> list[str]:
    found: list[Any] = [entry["title"] for entry in index.entries]
    return [title for (title,) in found]


TAGGED = "---\nquestion: What is it?\ntags: [{}]\n---\n{}\n"


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("gradient-boosting", "Say gradient boosting.", "gradient boosting"),
        (
            "gradient-boosting",
            "Gradient boosting, or gradient boosting.",
            "gradient boosting",
        ),
        ("auc", "The AUC.", "AUC"),
        ("bayes", "As Bayes said.", "Bayes"),
        ("k-means", "So k-means it is.", "k-means"),
        ("batch-size", "Only `batch_size` of it.", "batch-size"),
        ("unsaid", "Nothing.", "unsaid"),
    ],
)
def test_a_tag_is_spelled_as_the_text_spells_it(tag: str, text: str, name: str) -> None:
    index = index_of(questions(TAGGED.format(tag, text)), "en")
    assert names(index) == [name]
    assert index.entries[0]["questions"] == ["q0"]


@pytest.mark.parametrize(
    ("bold", "other", "name"),
    [
        ("Feature store", "In a feature store.", "feature store"),
        ("NDCG", "And NDCG.", "NDCG"),
        ("recall", "---\nquestion: What is recall?\n---\nIt.", "recall"),
        # Not in a title, nor written like a name.
        ("Result", "The result.", None),
        # In no other question.
        ("Feature store", "", None),
        # The start of a line, or a sentence.
        ("Feature store.", "In a feature store.", None),
        ("Split, then fit", "Split, then fit.", None),
        ('"Feature store"', "In a feature store.", None),
        # Words that all questions have begin and end no term.
        ("The store", "And the store.", None),
        ("Store of", "The store of it.", None),
        ("data", "---\nquestion: What is data?\n---\nIt.", None),
        ("One two three four five", "One two three four five", None),
        ("$x$", "So $x$.", None),
        ("12", "And 12.", None),
        ("Electroencephalographs for magnetoencephalography",) * 2 + (None,),
    ],
)
def test_a_term_in_bold_is_one_that_others_mention(
    bold: str, other: str, name: str | None
) -> None:
    index = index_of(questions(f"**{bold}** is here.", other or USUAL), "en")
    assert names(index) == ([name] if name else [])


@pytest.mark.parametrize(("count", "known"), [(5, False), (6, True)])
def test_a_word_that_a_quarter_of_the_book_has_needs_no_index(
    count: int, *, known: bool
) -> None:
    title = "---\nquestion: What is a metric?\n---\nIt."
    some = ["A **metric**.", title, *["A metric."] * (count - 2)]
    assert names(index_of(questions(*some), "en")) == ([] if known else ["metric"])


@pytest.mark.parametrize("place", ["In depth", "Follow-ups", "Pitfalls"])
def test_a_term_may_be_in_bold_below_the_answer(place: str) -> None:
    part = "" if place == "In depth" else "### So it is. {#so}\n\n"
    below = f"It.\n\n## {place}\n\n{part}A **feature store**.\n"
    index = index_of(questions(below, "In a feature store."), "en")
    assert names(index) == ["feature store"]


def test_a_tag_and_a_term_are_one_entry() -> None:
    tagged = TAGGED.format("feature-store", "A **feature store**.")
    index = index_of(questions(tagged, "A **feature store** again."), "en")
    assert names(index) == ["feature store"]
    assert index.numbers == {"feature store": 0}


def test_a_new_letter_is_marked_but_for_the_first() -> None:
    texts = [TAGGED.format(tag, "It.") for tag in ("bat", "ant", "apple", "3d")]
    index = index_of(questions(*texts), "en")
    assert names(index) == ["3d", "ant", "apple", "bat"]
    reported = [entry["is-new-letter"] for entry in index.entries]
    assert reported == [False, True, False, True]


def test_a_small_book_has_no_index() -> None:
    few = questions(TAGGED.format("t", ""), count=book_index.MIN_QUESTIONS - 1)
    assert index_of(few, "en") == Index()


def test_a_term_is_on_the_page_where_an_answer_has_it_in_bold() -> None:
    long = "\n\n".join(f"Line {n}." for n in range(120))
    asked = questions(
        f"{long}\n\nHere **local minimum** is. **Local minimum** again.",
        f"A local minimum.\n\n{long}",
        TAGGED.format("other-tag", "**Local minimum**: the local minimum."),
    )
    catalog = deck(*asked, print=PrintSettings(products=("handbook",)))
    (artifact,) = render(catalog, RenderSettings())
    assert artifact.path == PurePosixPath("sheet/d-handbook.pdf")
    texts = (page.extract_text() for page in read(artifact.data).pages)
    *body, last = (re.sub(r"\s+", "", text) for text in texts)
    first, second = (
        next(number for number, text in enumerate(body, 1) if said in text)
        for said in ("Herelocal", "minimum:thelocal")
    )
    question = next(n for n, text in enumerate(body, 1) if "Line0." in text)
    assert len("12") < question < first
    assert f"localminimum{first},{second}" in last
    assert f"other-tag{second}" in last


def test_pages_are_after_a_name_of_latin_letters_where_words_run_to_the_left(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    asked = questions(TAGGED.format("latin", "نص"))
    printing = PrintSettings(products=("handbook",))
    (artifact,) = render(deck(*asked, language="ar", print=printing), RenderSettings())
    found = words(artifact.data, tmp_path)
    name = max(at for at, word in enumerate(found) if word.text == "latin")
    page = next(
        word for word in found if word.top == found[name].top and word.text == "3"
    )
    assert page.right < found[name].left


def test_pages_of_an_entry_are_in_their_order_and_letters_are_apart(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    long = "\n\n".join(f"Line {n}." for n in range(40))
    asked = questions(
        *(TAGGED.format("alpha", long) for _ in range(12)),
        TAGGED.format("beta, bravo", "It."),
    )
    catalog = deck(*asked, print=PrintSettings(products=("handbook",)))
    (artifact,) = render(catalog, RenderSettings())
    *_, last = (page.extract_text() for page in read(artifact.data).pages)
    found = re.search(r"alpha\s+([\d,\s]+?)\s*beta", last)
    assert found
    numbers = [int(number) for number in re.findall(r"\d+", found[1])]
    assert numbers == sorted(numbers)
    assert numbers[0] < 10 <= numbers[-1]
    tops = {word.text: word.top for word in words(artifact.data, tmp_path)}
    letter, line = (
        tops[b] - tops[a] for a, b in (("alpha", "beta"), ("beta", "bravo"))
    )
    assert letter > line + 4


@pytest.mark.parametrize(
    ("language", "sorted_"),
    [
        ("en", "16 2-d état Ethik fact"),
        ("de", "Arzt Ärzte Asche Zahl"),
        ("sv", "arm zon ål ärta öl"),
        ("da", "arm zone æble øl ål"),
        ("es", "nube nzz ñandú oso"),
        ("pl", "lato łaty mama"),
        ("tr", "ırmak iz jale"),
        ("tr", "Isı İl Jale"),
        ("ru", "ёж ель йод кот"),
        ("uk", "гай ґава дім"),
        ("fa", "اسب پدر تاب چشم گل نان"),
        ("ar", "أمل البيت تاج"),
        ("th", "กา เข คำ"),
        ("el", "άλφα βήτα"),
        ("ja", "あい かき 亜"),
    ],
)
def test_words_are_in_the_order_of_the_language(language: str, sorted_: str) -> None:
    words = sorted_.split()
    backwards = words[::-1]
    found = sorted(backwards, key=lambda word: order(word, language))
    assert found == words


def test_words_share_an_initial_whatever_its_accent() -> None:
    assert initial("état", "fr") == initial("Ethik", "fr") != initial("fact", "fr")
    assert initial("2-d", "fr") == initial("-x", "fr") == initial("", "fr")
    assert initial("öl", "sv") != initial("ol", "sv")
    assert initial("öl", "de") == initial("Ol", "de")
