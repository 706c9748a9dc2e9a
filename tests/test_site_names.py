"""File names for labels in any script, and the direction of texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.render.site.licenses import license_url
from triptych.values.addresses import file_name
from triptych.values.language import language_direction, text_direction


@pytest.mark.parametrize("label", ["numpy", "k-means", "a1-b2"])
def test_a_plain_label_is_its_own_name(label: str) -> None:
    assert file_name(label) == label


@pytest.mark.parametrize(
    ("label", "start"),
    [
        ("C++", "c--"),
        ("Größe", "grosse--"),
        ("機械学習", "x--"),
        ("con", "con--"),
        ("a/../b", "a-b--"),
        ("NumPy", "numpy--"),
        ("a--b", "a-b--"),
        ("", "x--"),
        ("w" * 300, "w" * 40 + "--"),
    ],
)
def test_other_labels_get_a_hash(label: str, start: str) -> None:
    assert re.fullmatch(re.escape(start) + "[0-9a-f]{16}", file_name(label))


@given(st.lists(st.text(max_size=20), unique=True, max_size=20))
def test_no_two_labels_share_a_name(labels: list[str]) -> None:
    names = [file_name(label) for label in labels]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{1,64}", name) for name in names)


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("ur-PK", "rtl"),
        ("az-Arab", "rtl"),
        ("pa_Arab_PK", "rtl"),
        ("ks-Deva", "ltr"),
        ("zh-Hans", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_language_runs_as_it_is_written(language: str, direction: str) -> None:
    assert language_direction(language) == direction


@pytest.mark.parametrize(
    ("text", "usual", "direction"),
    [
        ("What is overfitting?", "ltr", "ltr"),
        ("What is overfitting?", "rtl", "ltr"),
        ("42", "rtl", "rtl"),
        ("ما هو overfitting؟", "ltr", "rtl"),
        ("The word سلام means peace in Arabic", "ltr", "ltr"),
        ("Что такое переобучение?", "rtl", "ltr"),
    ],
)
def test_a_text_runs_as_most_of_it_does(text: str, usual: str, direction: str) -> None:
    assert text_direction(text, usual) == direction


def test_only_creative_commons_licences_have_a_known_address() -> None:
    url = "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    assert license_url("CC-BY-NC-SA-4.0") == url
    assert license_url("MIT") == license_url("") == ""
