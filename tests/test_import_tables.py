"""``triptych import`` of tables: columns by name, option and content; odd rows."""

from pathlib import Path

import pytest
from click.testing import Result
from tests.test_import import body, documents, imported, run, written
from tests.test_import_text import answers, errors

HINT = "hints"


def dry(folder: Path, text: str, *options: str, name: str = "words.csv") -> Result:
    source = written(folder, text, name)
    return run("import", source, "--content", folder / "content", "--dry-run", *options)


def reported(folder: Path, text: str, *options: str, name: str = "words.csv") -> str:
    """Return what is printed about a table."""
    result = dry(folder, text, *options, name=name)
    assert result.exit_code == 0, result.exception
    return result.output


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "GUID,Question,ANSWER,Tags",
            "GUID = guid, Question = prompt, ANSWER = answer",
        ),
        ("Vorderseite;Rückseite;Hinweis", "Vorderseite = prompt, Rückseite = answer"),
        ("term\tdefinition", "term = prompt, definition = answer"),
        ("问题|答案|标签", "问题 = prompt, 答案 = answer, 标签 = tags"),
        ("Name,Tags,Answer,Status", "Answer = answer, Status = below the answer"),
        ("Back_Extra:,front,back", "Back_Extra: = below the answer, front = prompt"),
    ],
)
def test_columns_are_found_by_many_names(
    tmp_path: Path, header: str, columns: str
) -> None:
    sign = next(sign for sign in "\t;|," if sign in header)
    row = sign.join(f"w{n}" for n in range(header.count(sign) + 1))
    text = reported(tmp_path, f"{header}\n{row}\n")
    assert f"columns: {columns}" in text or f", {columns}" in text
    assert "1 plain card" in text or "1 question" in text


def test_prose_in_a_third_column_is_no_tag(tmp_path: Path) -> None:
    text = "dog,Hund,The dog barks.\ncat,Katze,A cat sleeps.\n"
    content = imported(tmp_path, written(tmp_path, text, "words.csv"))
    assert answers(content) == {
        "dog": "Hund The dog barks.",
        "cat": "Katze A cat sleeps.",
    }
    assert not any(document.meta.tags for document in documents(content).values())


def test_a_third_language_is_no_tag(tmp_path: Path) -> None:
    text = "dog,Hund,chien\ncat,Katze,chat\nred,rot,rouge\n"
    assert "3 = below the answer" in reported(tmp_path, text)


def test_words_in_brackets_are_no_tags_of_html(tmp_path: Path) -> None:
    text = "front,back\nWhat is <T>?,a<br>b &amp; <T>\nx<br>y,$a<b$\n"
    content = imported(tmp_path, written(tmp_path, text, "words.csv"))
    assert answers(content) == {
        "What is \\<T>?": "a\\ b & \\<T>",
        "x y": "$a<b$",
    }


def test_a_cell_with_an_entity_alone_is_html(tmp_path: Path) -> None:
    text = "front,back\nWhat is A&amp;B?,a &eacute; b\nx,y\n"
    content = imported(tmp_path, written(tmp_path, text, "words.csv"))
    assert answers(content) == {"What is A&B?": "a é b", "x": "y"}


def test_words_that_come_again_in_a_third_column_are_tags(tmp_path: Path) -> None:
    text = "dog,Hund,animal\ncat,Katze,animal\nred,rot,colour\nblue,blau,colour\n"
    assert "columns: 1 = prompt, 2 = answer, 3 = tags" in reported(tmp_path, text)


def test_columns_may_be_named(tmp_path: Path) -> None:
    text = "1,Baum,x,tree,a b,Wald\n2,Haus,,house,,\n"
    source = written(tmp_path, text, "words.csv")
    options = ("--columns", "id,back,-,front,tags,See also")
    result = run("import", source, "--content", tmp_path / "content", *options)
    assert "1 = id, 2 = answer, 3 = left out, 4 = prompt, 5 = tags" in result.output
    assert "  cells of the column `3`: --columns says so (words.csv:1)" in result.output
    found = documents(tmp_path / "content")
    (tree,) = [d for d in found.values() if d.front_matter.text("question") == "tree"]
    assert body(tree) == "Baum\n\n**See also:** Wald"
    assert tree.meta.tags == ("a", "b")


def test_a_level_that_no_deck_has_keeps_the_name_of_its_column(
    tmp_path: Path,
) -> None:
    source = written(tmp_path, "Front,Back,Level\nHaus,house,B2\n", "words.csv")
    run("import", source, "--content", tmp_path / "content", "--one-file-each")
    (house,) = documents(tmp_path / "content").values()
    assert body(house) == "house\n\n**Level:** B2"


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("fornt,back", "no column is the prompt"),
        ("front,question", "two columns are the prompt"),
    ],
)
def test_columns_without_a_prompt_are_refused(
    tmp_path: Path, columns: str, message: str
) -> None:
    result = dry(tmp_path, "a,b\n", "--columns", columns)
    assert message in str(result.exception or result.output)


def test_only_a_table_has_columns(tmp_path: Path) -> None:
    result = dry(tmp_path, "## What?\n\nx\n", "--columns", "front,back", name="a.md")
    assert "is no table" in str(result.exception or result.output)


def test_the_first_row_may_be_names_of_no_field(tmp_path: Path) -> None:
    text = "English,Spanish,Notes\ndog,perro,masculine\n"
    assert "2 questions" in reported(tmp_path, text)
    named = reported(tmp_path, text, "--header")
    assert "English = prompt, Spanish = answer, Notes = below the answer" in named
    assert "1 question " in named
    assert "2 questions" in reported(tmp_path, "front,back\na,b\n", "--no-header")


def test_odd_rows_are_reported_by_their_numbers(tmp_path: Path) -> None:
    text = 'front,back\n"a\n1",b\nc,d,e\nf\n,nothing asks\ng,h,,\n'
    output = reported(tmp_path, text)
    assert "  rows: they have more than 2 cells: the rest is below the answer" in output
    assert "(words.csv:4)" in output
    assert "  rows: they have fewer than 2 cells: are they whole? (words.csv:5)" in (
        output
    )
    assert "not imported: 1 passage of text\n    words.csv:6 “| nothing asks”" in output


def test_a_quote_without_an_end_is_refused_with_its_row(tmp_path: Path) -> None:
    result = dry(tmp_path, 'front,back\na,b\n"c,d\ne,f\n')
    message = str(result.exception or result.output)
    assert ":3: a cell begins with a quote and has no end" in message


def test_quotes_between_tabs_are_characters(tmp_path: Path) -> None:
    text = '"Start\tthe "start"\nend\tof 5"\n# 1\tList<String>\n'
    source = written(tmp_path, text, "quizlet.txt")
    content = imported(tmp_path, source, "--one-file-each")
    assert answers(content) == {
        '"Start': 'the "start"',
        "end": 'of 5"',
        "# 1": "List\\<String>",
    }
    assert not errors(content)


def test_cells_keep_their_lines_tags_their_words_and_hints_their_place(
    tmp_path: Path,
) -> None:
    text = (
        '\ufeffName;Answer;Tags;Hint;Image\r\n"A;B";"one\r\ntwo\r\n- three";'
        "Deep learning, CV;think;tree.svg\r\nC;D;Deep learning;;\r\n"
    )
    source = written(tmp_path, text, "notion.csv")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    (source.parent / "tree.svg").write_text(picture)
    content = imported(tmp_path, source)
    first, second = sorted(
        documents(content).values(), key=lambda d: d.front_matter.text("question")
    )
    assert body(first) == "one\\\ntwo\n- three\n\n![](media/tree.svg)"
    assert first.front_matter.texts(HINT) == ("think",)
    assert (first.meta.tags, second.meta.tags) == (
        ("Deep-learning", "CV"),
        ("Deep-learning",),
    )


def test_what_parts_the_cells_is_found_by_their_number(tmp_path: Path) -> None:
    text = "Hello, world;Hallo, Welt\nOne, two;Eins, zwei\nYes;Ja\n"
    content = imported(tmp_path, written(tmp_path, text, "words.csv"))
    assert answers(content)["Hello, world"] == "Hallo, Welt"
    excel = written(tmp_path, "sep=|\na, b|c\n", "excel.csv")
    assert answers(imported(tmp_path / "x", excel)) == {"a, b": "c"}


def test_comments_of_anki_are_listed_and_not_lost(tmp_path: Path) -> None:
    text = "#separator:tab\n#html:false\na\tb\n#tells\tit\n"
    output = reported(tmp_path, text, name="anki.txt")
    assert "anki.txt:4 “#tells | it”" in output
