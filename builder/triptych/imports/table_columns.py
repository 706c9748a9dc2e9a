"""What the columns of a table of others hold: by name, by option, or by their cells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from triptych.errors import TriptychError

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "prompt": "prompt,question,front,q,term,frage,vorderseite,pregunta,anverso"
        ",pergunta,frente,domanda,fronte,recto,вопрос,问题,問題,正面,質問,表,질문,앞면"
        ",word,expression,phrase,wort,mot,palabra,text,name,title",
        "answer": "answer,back,a,definition,meaning,translation,antwort,rückseite"
        ",respuesta,reverso,resposta,verso,risposta,retro,réponse,traduction,übersetzung"
        ",bedeutung,traducción,significado,ответ,перевод,答案,背面,答え,裏,답,뒷면"
        ",back extra",
        "tags": "tags,tag,labels,keywords,schlagwörter,etiquetas,étiquettes,теги,标签"
        ",タグ,태그",
        "deck": "deck,topic,category,subject,chapter,section,thema,tema,sujet,categoría"
        ",catégorie,kategorie",
        "guid": "guid",
        "id": "id,uid,key",
        "hint": "hint,hints,hinweis,pista,indice",
        "difficulty": "difficulty,level",
        "notetype": "notetype,note type,model",
        "picture": "picture,image,img,bild,imagen",
        "sound": "sound,audio",
    }
)
ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {role: tuple(names.split(",")) for role, names in _NAMES.items()}
)
"""What a column may hold, and the names that it then has, the likeliest first."""
_ROLE_OF = {name: role for role, names in ROLES.items() for name in names}
_WEAK_NAMES = (
    "q a term word phrase expression wort mot palabra text name title meaning key id"
    " level model topic category subject chapter section tema thema sujet tag labels"
    " keywords picture image img bild sound audio verso retro reverso"
)
_WEAK = frozenset(_WEAK_NAMES.split())
"""Names that words of a card may be, too."""
NONE = "-"
"""What `--columns` has for a column that is left out."""
_SIGNS = re.compile(r"[\s_\-:*#.]+")
_MAX_NAME_CHARS = 40
_TAG = re.compile(r"[^\s,;.!?\"()]+")
_TAGS = re.compile(rf"{_TAG.pattern}(?:[\s,;]+{_TAG.pattern})*")
_MAX_TAGS = 4
_MIN_NAMES = 2


@dataclass(slots=True)
class Columns:
    """The columns of a table, counted from 0."""

    of_roles: dict[str, int] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)
    """Columns that stand below the answer, with their names; empty if they have none.
    """
    left_out: dict[int, str] = field(default_factory=dict)
    """Columns that somebody wants left out, with their names."""

    @property
    def known(self) -> set[int]:
        """Return the numbers of the columns whose content is known."""
        return {*self.of_roles.values(), *self.others, *self.left_out}

    def description(self, names: Sequence[str]) -> str:
        """Return in words what each column holds."""
        words = {number: role for role, number in self.of_roles.items()}
        words |= dict.fromkeys(self.others, "below the answer")
        words |= dict.fromkeys(self.left_out, "left out")
        parts = [
            f"{_named(names, number)} = {words[number]}" for number in sorted(words)
        ]
        return f"columns: {', '.join(parts)}"


def role_of(name: str) -> str:
    """Return what a column of this name holds; empty if that is not known."""
    return _ROLE_OF.get(_plain(name), "")


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a first row names the columns."""
    names = [_plain(cell) for cell in cells if cell.strip()]
    if len(set(names)) < len(names) or any(len(n) > _MAX_NAME_CHARS for n in names):
        return False
    known = [name for name in names if name in _ROLE_OF]
    roles = {_ROLE_OF[name] for name in known}
    return len(roles) >= _MIN_NAMES or any(name not in _WEAK for name in known)


def by_names(names: Sequence[str]) -> Columns:
    """Return what columns with these names hold."""
    found = Columns()
    plain = [_plain(name) for name in names]
    for role, known in ROLES.items():
        name = next((name for name in known if name in plain), None)
        if name is not None:
            found.of_roles[role] = plain.index(name)
    for number, written in enumerate(names):
        if number not in found.of_roles.values() and written.strip():
            found.others[number] = written.strip()
    return found


def by_option(said: Sequence[str], names: Sequence[str]) -> Columns:
    """Return what somebody says that the columns hold, which `names` are those of.

    Raises:
        TriptychError: None is the prompt, or two hold the same.

    """
    found = Columns()
    for number, word in enumerate(said):
        role = role_of(word)
        if word.strip() == NONE:
            found.left_out[number] = _named(names, number)
        elif role in found.of_roles:
            raise TriptychError(f"--columns: two columns are the {role}")
        elif role:
            found.of_roles[role] = number
        else:
            found.others[number] = word.strip() or _name(names, number)
    if "prompt" not in found.of_roles:
        raise TriptychError(
            "--columns: no column is the prompt: name each from the first, such as"
            f" front,back,tags,{NONE} ({', '.join(ROLES)}, {NONE} to leave it out, or"
            " any other name to have it below the answer)"
        )
    return found


def complete(
    found: Columns, rows: Sequence[Sequence[str]], width: int, *, has_names: bool
) -> None:
    """Add to `found` what its other columns hold, up to the number `width`."""
    free = [number for number in range(width) if number not in found.known]
    for role in ("prompt", "answer"):
        if role not in found.of_roles and (free or found.others):
            number = free.pop(0) if free else min(found.others)
            found.others.pop(number, None)
            found.of_roles[role] = number
    if not has_names and free and "tags" not in found.of_roles:
        cells = [row[free[0]] for row in rows if free[0] < len(row)]
        if _are_tags(cells):
            found.of_roles["tags"] = free.pop(0)
    found.others |= dict.fromkeys(free, "")


def _are_tags(cells: Iterable[str]) -> bool:
    """Return whether cells hold a few words each, and the same ones again and again."""
    filled = [cell for cell in cells if cell.strip()]
    if not all(
        re.fullmatch(rf"{_TAG.pattern}([\s,;]+{_TAG.pattern})*", c.strip())
        for c in filled
    ):
        return False
    tags = [_TAG.findall(cell) for cell in filled]
    distinct = {tag.casefold() for some in tags for tag in some}
    is_short = all(len(some) <= _MAX_TAGS for some in tags)
    return is_short and 0 < len(distinct) <= sum(map(len, tags)) / 2


def _plain(name: str) -> str:
    return _SIGNS.sub(" ", name.casefold()).strip()


def _name(names: Sequence[str], number: int) -> str:
    return names[number].strip() if number < len(names) else ""


def _named(names: Sequence[str], number: int) -> str:
    """Return the name of a column, or its number from 1."""
    return _name(names, number) or str(number + 1)
