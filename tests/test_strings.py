"""The string table: one place for every word that triptych adds to a deck's own."""

import re
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.cases import write_deck
from tests.pages import VOID

from triptych.build.build import build, check_and_typeset, settings_of
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.deck.strings import built_in, strings
from triptych.dialect.rounds import ROUNDS
from triptych.errors import TriptychError
from triptych.notes.plan import Plan
from triptych.notes.shape import FIELDS
from triptych.render.outputs import OUTPUTS
from triptych.render.site import listings
from triptych.typeset.context import ProseStrings
from triptych.values.language import PLURALS, plural, plurals
from triptych.values.meta import Difficulty, Kind, Level
from triptych.values.note import Role
from triptych.values.ui_strings import (
    FALLBACK,
    ONLY_ENGLISH,
    SHARED,
    UiString,
    placeholders,
)

ROOT = Path(__file__).parents[1]
CHINESE = """\
=== deck.toml
id = "d"
title = "一丁"
description = "七丄 丆万."
language = "fi"
license = "三上"
[[topics]]
id = "a"
title = "丌不"
[[topics]]
id = "b"
title = "丏丐"
[site]
repository = "https://example.org/r"
=== code.lock
{"id":"one","code":"6c556d32202e1c62","verdict":"passed","versions":{"亐亗":"1"}}
=== CHANGELOG.md
# 丒专

## 1.0.0

丕世.
=== guides/g.md
---
title: 丘丙
summary: 丛东.
---
丞丟.
=== a/one.md
---
question: 両丢 两严;
kind: coding
difficulty: easy
tags: [丧丨, 个丫]
asked_at: [中丮]
summary: 七丄.
rubric: [丰丱.]
levels: {mid: 亏亐., senior: 云互., staff: 亓五.}
hints: [丳临.]
references: [{title: 丶丷, url: "https://example.org/", authors: 丹为, year: 2001}]
related: [two]
requires: [three]
aliases: [first]
reviewed: 2026-11-22
---
丼丽.

- [x] 丿乀
- [ ] 乂乃

```python solution
x = 1
```

```python test
assert x == 1
```

## In depth
久乆.

## Follow-ups
### 么义; {#why}
之乌.

## Pitfalls
### 乎乏. {#never}
乑乒.
=== a/two.md
---
question: 乔乕;
kind: system-design
difficulty: medium
---
乗乘.
=== a/three.md
---
question: 乚乛;
kind: behavioral
difficulty: hard
draft: true
---
=== b/four.md
---
question: 九乞;
retired: true
---
习乡.
=== b/five.md
---
question: 丛东;
---
乣乤.
"""
LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "ja", "pt", "ru", "zh-Hans")
TEMPLATES = list((ROOT / "templates").rglob("*.html"))
MODULES = [
    path
    for part in ("notes", "releases", "render")
    for path in (ROOT / "builder/triptych" / part).rglob("*.py")
]


class Reader(HTMLParser):
    """What a page says to its readers, each text with the language it is marked as."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        language = values.get("lang", self._open[-1][1])
        self.said += [
            (language, values[name])
            for name in ("aria-label", "title", "alt")
            if name in values
        ]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        hidden = {"script", "style", "code", "kbd", "bdi"}
        if not hidden & {tag for tag, _ in self._open}:
            self.said.append((self._open[-1][1], data))


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(listings, "MAX_ROWS_PER_PAGE", 1)
    return write_deck(tmp_path / "deck", CHINESE)


def pages(deck: Path) -> dict[str, Reader]:
    options = BuildOptions(jobs=1, drafts=True)
    _, emitted = build(open_project(deck), deck.parent / "dist", options=options)
    assert emitted
    site = deck.parent / "dist/site"
    return {
        path.relative_to(site).as_posix(): Reader(path.read_text("utf-8"))
        for path in site.rglob("*.html")
    }


def planned(deck: Path) -> Plan:
    project = open_project(deck)
    catalog = check_and_typeset(project, BuildOptions(jobs=1)).catalog
    assert catalog
    return settings_of(project).plan(catalog)


def test_no_english_word_stands_unmarked_on_a_finnish_site(chinese: Path) -> None:
    marked = set()
    for name, page in pages(chinese).items():
        for language, text in page.said:
            if language == "en":
                marked.add(text)
            else:
                words = set(re.findall(r"[A-Za-z]{2,}", text)) - {"SHA"}
                assert not words, (name, language, text)
    everything = {"done", "to do", "Anki deck", "This site, to use offline"}
    assert [text for text in marked if text.startswith("Tests: 1 assertion passes")]
    assert marked >= everything | {"Main", "More pages", "Files", "Easy", "Index"}


def test_words_of_the_deck_are_used_and_only_the_rest_is_marked(chinese: Path) -> None:
    (chinese / "strings.toml").write_text(
        '[fi]\nreferences = "书乧"\n[fi.site]\nanswer = "乩乪"\nmain_menu = "乬乭"\n'
        '[fi.prose]\ntests_pass = "乯买"\n[fi.downloads]\ndeck = "乲乳"\n'
        '[fi.card]\ncode = "乵乶"\n',
        encoding="utf-8",
    )
    said = pages(chinese)
    assert {"书乧", "乩乪", "乬乭", "乯买"} <= {
        t for lang, t in said["q/one.html"].said if lang == "fi"
    }
    assert ("fi", "乲乳") in said["downloads.html"].said
    assert ("en", "Contents") in said["index.html"].said


def test_a_word_inside_an_element_with_an_english_name_keeps_its_language(
    chinese: Path,
) -> None:
    (chinese / "strings.toml").write_text(
        '[fi.site]\ncontents = "\u4e60"\npages = "\u4e61"\nnext = "\u4e62"\n', "utf-8"
    )
    found = {text for page in pages(chinese).values() for text in page.said}
    assert {("fi", "\u4e60"), ("fi", "\u4e61"), ("fi", "\u4e62")} <= found
    english = {text for language, text in found if language == "en"}
    assert not {"\u4e60", "\u4e61", "\u4e62"} & english


def test_words_where_version_1_0_looked_for_them_still_count(chinese: Path) -> None:
    for folder, line in (("site", 'hint = "乸乹"'), ("anki", 'code = "乵乶"')):
        (chinese / "templates" / folder).mkdir(parents=True)
        own = chinese / "templates" / folder / "strings.toml"
        own.write_text(f"[fi]\n{line}\n", encoding="utf-8")
    found = strings(chinese)
    assert found.section("site", "fi")["hint"].text == "乸乹"
    assert found.section("card", "fi")["hint"].text == "Hint {n}"
    assert found.section("card", "fi-FI")["code"].text == "乵乶"


def test_a_language_comes_before_a_wider_one_and_english(tmp_path: Path) -> None:
    (tmp_path / "strings.toml").write_text(
        '[fi]\nanswer = "E"\n[fi.site]\nanswer = "A"\nsummary = "B"\n'
        '["fi-SE".site]\nanswer = "C"\n'
        '[en.site]\nnews = "D"\n'
    )
    words = strings(tmp_path).section("site", "fi-se")
    assert strings(tmp_path).section("site", "fi-FI")["answer"].text == "A"
    assert strings(tmp_path).section("card", "fi-FI")["answer"].text == "E"
    said = [words[key].html for key in ("answer", "summary", "news")]
    assert said == ["C", "B", '<span lang="en">D</span>']


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[en", "strings.toml"),
        (f"[en]\nhint = {'9' * 5000}", "a number is too long"),
        (f"[en]\nhint = {'[' * 3000}{']' * 3000}", "it nests too deeply"),
        ('en = "x"', "`en` is no table"),
        ("[en.site]\nanswer = 3", "`answer` is no word"),
        ('[en.site]\nanswer = ["a", "b", "c"]', "`answer` is no word"),
        ('[en.site]\nquestions = {one = "a", few = "b"}', "`questions` is no word"),
        ('[fr.site]\nquestions = "{n.real} {m}"', "`questions` has `{m}`"),
        ('[fr.practice]\nmerge_preview = "{x}"', "may have `{here}`, `{n}`, `{there}`"),
        ('[fr]\nanswer = "{n}"\n[fr.site]\nanswer = "{n}"', "`answer` has `{n}`"),
    ],
)
def test_a_broken_table_is_named(text: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "strings.toml").write_text(text)
    with pytest.raises(TriptychError, match=re.escape(why)) as raised:
        strings(tmp_path)
    assert "strings.toml" in str(raised.value)


def test_what_a_deck_says_is_text(tmp_path: Path) -> None:
    hostile = '</title><script>alert(1)</script>" onclick="x" {{ 7 * 7 }} {n.__class__}'
    (tmp_path / "strings.toml").write_text(f"[en.site]\nanswer = '{hostile}'\n")
    word = strings(tmp_path).section("site", "en")["answer"]
    assert "<script>" not in word.html
    assert '"' not in word.attribute("aria-label").removeprefix(' aria-label="')[:-1]
    assert word.filled(n=1).text == hostile


def test_english_is_complete_and_other_languages_list_what_they_lack(
    tmp_path: Path,
) -> None:
    assert built_in().missing(FALLBACK) == []
    english = built_in().tables[FALLBACK]
    every = sum(len(english[section]) for section in english.keys() - ONLY_ENGLISH)
    assert len(built_in().missing("xx")) == every
    (tmp_path / "strings.toml").write_text(
        '[uk]\nhint = "{n}"\n[uk.site]\nquestions = {one = "{n}", other = "{n}"}\n',
        encoding="utf-8",
    )
    lacking = strings(tmp_path).missing("uk")
    assert len(lacking) == every
    assert {"site.questions.few", "site.questions.many"} <= set(lacking)
    assert "hint" not in lacking


def test_these_languages_come_with_triptych() -> None:
    assert sorted(built_in().tables) == sorted(LANGUAGES)


def test_of_the_words_only_those_that_are_used_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    read_text = Path.read_text

    def recorded(path: Path, encoding: str) -> str:
        read.append(path.stem)
        return read_text(path, encoding=encoding)

    monkeypatch.setattr(Path, "read_text", recorded)
    built_in.cache_clear()
    strings(tmp_path).section("site", "de")
    assert sorted(read) == ["de", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_that_comes_with_triptych_is_whole(language: str) -> None:
    assert built_in().missing(language) == []
    english, table = built_in().tables[FALLBACK], built_in().tables[language]
    for section, words in table.items():
        assert words.keys() <= english[section].keys()
        for key, forms in words.items():
            said = set(placeholders(english[section][key]["other"]))
            assert set(placeholders(forms["other"])) == said, key
            assert forms.keys() <= set(plurals(language)), key
            assert all(form == form.strip() for form in forms.values()), key


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {FALLBACK}))
def test_a_site_in_such_a_language_has_no_english_word(
    language: str, chinese: Path
) -> None:
    deck = chinese / "deck.toml"
    deck.write_text(deck.read_text("utf-8").replace('"fi"', f'"{language}"'), "utf-8")
    said = {text for page in pages(chinese).values() for text in page.said}
    assert not [text for lang, text in said if lang != language and text.strip()]


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("pt-BR", "pt"),
        ("PT_br", "pt"),
        ("de-CH-1996", "de"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-SG", "zh-Hans"),
        ("zh-TW", FALLBACK),
        ("zh-Hant", FALLBACK),
        ("ru-Cyrl", "ru"),
        ("hi-Latn", FALLBACK),
        ("en-GB", FALLBACK),
        ("fi", FALLBACK),
    ],
)
def test_a_language_finds_the_table_that_its_readers_can_read(
    tag: str, found: str
) -> None:
    word = built_in().section("site", tag)["answer"]
    assert word.language == found
    assert word.is_foreign is (found == FALLBACK and tag != "en-GB")


def test_what_a_deck_says_comes_before_the_words_of_its_language(
    tmp_path: Path,
) -> None:
    (tmp_path / "strings.toml").write_text(
        '[PT.site]\nanswer = "A"\n[zh.site]\nanswer = "B"\n'
        '[zh-hans.site]\nsummary = "C"\n[zh-TW.site]\nanswer = "D"\n'
    )
    found = strings(tmp_path)
    assert found.section("site", "pt-BR")["answer"].text == "A"
    assert found.section("site", "pt-BR")["copy"].text == "Copiar"
    assert found.section("site", "zh-CN")["answer"].text == "B"
    assert found.section("site", "zh-CN")["summary"].text == "C"
    assert found.section("site", "zh-CN")["copy"].text == "复制"
    assert found.section("site", "zh-TW")["answer"].text == "D"
    assert found.missing("pt") == found.missing("zh-CN") == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ["0 вопросов", "1 вопрос", "3 вопроса", "11 вопросов", "21 вопрос"]),
        ("ar", ["لا أسئلة", "سؤال واحد", "3 أسئلة", "11 سؤالًا", "21 سؤالًا"]),
        ("fr", ["0 question", "1 question", "3 questions", "11 questions"]),
        ("ja", ["0問", "1問", "3問", "11問", "21問"]),
    ],
)
def test_numbers_and_words_agree(language: str, said: list[str]) -> None:
    word = built_in().section("site", language)["questions"]
    numbers = (0, 1, 3, 11, 21)
    assert [word.counted(n).text for n in numbers[: len(said)]] == said


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "12,345"), ("zh-CN", "12,345"), ("de", "12\u202f345"), ("fr", "1234")],
)
def test_digits_stand_in_groups_as_the_language_has_them(
    language: str, shown: str
) -> None:
    word = UiString("{n:,}", language, language)
    number = int(re.sub(r"\D", "", shown))
    assert word.filled(n=number).text == shown


def test_cards_mark_english_words_and_no_others(chinese: Path) -> None:
    made = planned(chinese)
    notes = {note.id: note.fields for note in made.notes}
    english = '<span lang="en">{}</span>'.format
    question, pitfall = notes["one"], notes["one/never"]
    label = question["Label"].removeprefix('<span class="long">')
    assert label.startswith(english("coding") + " · " + english("easy"))
    assert english("Hint 1") in question["Hints"]
    claim = '<span lang="fi">“乎乏.”</span>'
    assert pitfall["Question"] == english(f"What is wrong with {claim}?")
    template = made.types["question"].type.templates[0]
    assert english("My notes") in template.back
    deck = chinese / "deck.toml"
    deck.write_text(deck.read_text("utf-8").replace('"fi"', '"de"'), "utf-8")
    made = planned(chinese)
    german = {note.id: note.fields for note in made.notes}["one/never"]
    assert german["Question"] == "Was ist falsch an der Aussage „乎乏.“?"
    texts = [text for note in made.notes for text in note.fields.values()]
    for type_ in made.types.values():
        texts += [side for t in type_.type.templates for side in (t.front, t.back)]
    assert not [text for text in texts if 'lang="en"' in text]
    assert "bitte nicht" in made.types["cloze"].type.fields[0].description


def test_a_word_in_an_attribute_of_a_card_is_plain_text(chinese: Path) -> None:
    own = chinese / "templates" / "anki"
    own.mkdir(parents=True)
    (own / "front.html").write_text('<p title="%rubric%">%rubric%</p>{{Question}}')
    made = planned(chinese)
    said = "What an interviewer listens for"
    front = made.types["question"].type.templates[0].front
    assert front.startswith(f'<p title="{said}"><span lang="en">{said}</span></p>')
    # To Anki, a word with two braces would be a field.
    (chinese / "strings.toml").write_text("[fi.card]\nrubric = '\"{{#Answer}}'\n")
    front = planned(chinese).types["question"].type.templates[0].front
    assert front.count("{{#Answer}}") == 0 < front.count("{{Question}}")
    assert front.startswith('<p title="&quot;{&#123;#Answer}}">')


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other"}),
        ("fr", {0: "one", 1: "one", 2: "other"}),
        ("ja", {0: "other", 1: "other"}),
        ("ru", {1: "one", 2: "few", 5: "many", 11: "many", 21: "one", 112: "many"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other"}),
        ("zh-Hans", {1: "other"}),
    ],
)
def test_a_number_chooses_the_form(language: str, forms: dict[int, str]) -> None:
    word = UiString("other", language, language, {form: form for form in PLURALS})
    assert {n: word.counted(n).text for n in forms} == forms
    for number in range(300):
        assert plural(language, number) in plurals(language)


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    html = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    files = [*MODULES, *(ROOT / "templates/site/scripts").rglob("*.js")]
    text = html + "".join(path.read_text(encoding="utf-8") for path in files)
    table = built_in().tables[FALLBACK]
    used = set(re.findall(r"\b(?:t|label)\.(\w+)", html))
    used |= set(re.findall(r"""\bwords\["(\w[\w-]*)"\]""", text))
    used |= set(re.findall(r"%(\w+)%", html)) - {
        *("language", "direction", "base_url", "report_url", "reversed", "typed"),
    }
    assert used <= {key for words in table.values() for key in words}
    used |= {
        *Kind,
        *Difficulty,
        *Level,
        # A plain card says nothing of what it is.
        *(role for role in Role if role is not Role.CARD),
        *(field.name for field in fields(ProseStrings)),
    }
    used |= set(re.findall(r"\bwords\.(\w+)", text))
    used |= {f"start_{start}" for start in ("due", "new", "weak", "starred")}
    used |= {f"state_{state}" for state in ("known", "learning", "weak", "unseen")}
    used |= {f"round_{one['name']}" for one in ROUNDS}
    used |= {phase for one in ROUNDS for phase, _ in one.get("phases", ())}
    used |= {f"update_{kind}" for kind in ("new", "look", *FIELDS)}
    used |= {p.title for output in OUTPUTS.values() for p in output.products}
    loose = {
        key
        for words in table.values()
        for key in words
        if key not in used and not re.search(rf"""["'%]{key}["'%]""", text)
    }
    assert loose == set()
    sections = {"card", "changelog", "downloads", "practice", "print", "prose", "site"}
    assert set(table) == {SHARED, *sections}
