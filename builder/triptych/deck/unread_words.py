"""Find the words that a deck says in `strings.toml` and that nothing reads."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from triptych.deck.read import source
from triptych.deck.strings import DECK_FILES, built_in, has_plural_forms
from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.parse.settings import Address, setting_spans, table
from triptych.values.diagnostics import Span
from triptych.values.language import PLURALS, is_language_tag, normalized_tag
from triptych.values.ui_strings import FALLBACK, SHARED, UnreadString


def unread_words(
    root: Path, files: Iterable[PurePosixPath]
) -> tuple[UnreadString, ...]:
    """Return the words, sections and languages of the deck at `root` without effect.

    `files` are the files of the deck: what a template of its own names is read.
    """
    found = [word for name in DECK_FILES for word in _unread_in(root, name)]
    if not found:
        return ()
    own = [path for path in sorted(files) if path.parts[0] == TEMPLATES_FOLDER]
    texts = [(root / p).read_bytes() for p in own if str(p) not in DECK_FILES]
    return tuple(
        word
        for word in found
        if not word.is_string or not any(map(_naming(word.name).search, texts))
    )


def _naming(word: str) -> re.Pattern[bytes]:
    """Return a pattern for what names `word`: `t.word`, `t["word"]` or `%word%`."""
    return re.compile(rb"""[.%"']""" + re.escape(word.encode()) + rb"(?![\w-])")


def _unread_in(root: Path, name: str) -> Iterator[UnreadString]:
    if not (root / name).is_file():
        return
    file = source(root, PurePosixPath(name))
    spans = setting_spans(file)
    for found in _unread(table(file) or {}, DECK_FILES[name]):
        *above, word = map(str, found.address)
        yield UnreadString(
            spans.get(found.address, Span(file.path)),
            word,
            f"[{'.'.join(above)}]" if above else "",
            tuple(found.known),
            found.is_string,
            found.right_heading,
        )


class _Unread(NamedTuple):
    """A name that nothing reads, before its place is known."""

    address: Address
    known: Iterable[str]
    is_string: bool = False
    right_heading: str = ""


def _unread(data: Mapping[str, object], default: str) -> Iterator[_Unread]:
    """Yield what nothing reads; `default` is the section of words outside of any."""
    sections = [name for name in built_in().tables[FALLBACK] if name]
    for language, entries in data.items():
        if not is_language_tag(normalized_tag(language)):
            yield _Unread((language,), built_in().tables)
        if not isinstance(entries, dict):
            continue
        for key, value in entries.items():
            if not isinstance(value, dict) or has_plural_forms(value):
                yield from _unread_word((language, key), value, default)
            elif key not in sections:
                yield _Unread((language, key), sections)
            else:
                for word, forms in value.items():
                    yield from _unread_word((language, key, word), forms, key)


def _unread_word(address: Address, forms: object, section: str) -> Iterator[_Unread]:
    language, *_, word = map(str, address)
    known = _words_read(section)
    if word not in known:
        others = (name for name in built_in().tables[FALLBACK] if name)
        right = next((name for name in others if word in _words_read(name)), "")
        heading = f"[{language}.{right}]" if right else ""
        yield _Unread(address, sorted(known), is_string=True, right_heading=heading)
    elif isinstance(forms, dict):
        for form in forms:
            if form not in PLURALS:
                yield _Unread((*address, form), sorted(PLURALS))


def _words_read(section: str) -> frozenset[str]:
    """Return the words that triptych reads in `section`; what is shared is in any."""
    english = built_in().tables[FALLBACK]
    parts = (
        english.values() if section == SHARED else (english[section], english[SHARED])
    )
    return frozenset(word for words in parts for word in words)
