"""Compile all files of a deck, but for those that an earlier build compiled.

Of a file that is kept, a build reads the outline. The rest, which most builds need of
few files, is read when it is used.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar, cast

from triptych.build.cache import Cache, cache_key
from triptych.build.compile import Compiled, Forms, compile_seen
from triptych.build.file_inputs import InputRecorder, RecordedInputs
from triptych.build.form_sets import asked_of, kept_sets_with
from triptych.build.options import DEFAULT_OPTIONS, BuildOptions
from triptych.build.pickles import Pickled
from triptych.build.source_keys import key_with_inputs, source_keys
from triptych.build.views import views_of
from triptych.deck.project import Project
from triptych.parallel import fork_map
from triptych.progress import counted
from triptych.quick_pickle import quick_pickle
from triptych.render.made_of import made_of
from triptych.values.diagnostics import Diagnostic
from triptych.values.entry import Entry
from triptych.values.form import made_for
from triptych.values.kept_question import QuestionOutline, kept_question, outline_of
from triptych.values.meta import Meta
from triptych.values.question import Guide, Question
from triptych.values.source import Source

_T = TypeVar("_T")
_MIN_SPAWNED = 500
"""For fewer files, to start processes that import the compiler takes longer."""
_FIRST_FILES = 4
"""So many files show what most files need, such as a lexer of Pygments."""
_ENTRY, _WHOLE = "-entry", "-whole"
"""What is added to the key of a file for the parts that are kept apart."""


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """A file of the deck, compiled by this build or an earlier one."""

    meta: Meta
    diagnostics: tuple[Diagnostic, ...]
    result: Question | Guide | None
    """None if the file has errors, or if nothing was to be typeset."""
    load_entry: Callable[[], Entry] = field(compare=False)
    entry_digest: str = field(default="", compare=False)
    """Of the entry; empty if nothing is kept."""
    views: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Digests of what outputs show of it, by view; empty if nothing is kept."""

    @property
    def entry(self) -> Entry:
        """Return what the rules over the whole deck need of it."""
        return self.load_entry()


@quick_pickle
@dataclass(frozen=True, slots=True)
class KeptFile:
    """What each build reads of a compiled file, if what it looked at is the same."""

    meta: Meta
    diagnostics: tuple[Diagnostic, ...]
    result: QuestionOutline | Guide | None
    entry_digest: str
    views: Mapping[str, str]
    inputs: RecordedInputs


@dataclass(frozen=True, slots=True)
class _Packed:
    """A file that was just compiled, as one process sends it to another."""

    file: KeptFile
    entry: Pickled
    whole: Pickled | None


def compile_all(
    project: Project,
    forms: Forms,
    jobs: int,
    cache: Cache | None = None,
    options: BuildOptions = DEFAULT_OPTIONS,
) -> list[CompiledFile]:
    """Return every file of `project`, compiled, in the order of their paths.

    Prose is made in what `made_for` returns for `forms`. Where `options` ask for hints,
    nothing is taken from the cache: it has none.
    """
    if forms is not None:
        forms = made_for(forms, has_formula_1=project.ledger.has_formula_1)
    sources, recorder = project.folder.sources, InputRecorder(project)
    if cache is None or options.learn:
        compiler = _Compiler(recorder, forms, options.learn, options.compares_dates)
        made = _spread(compiler.compiled, sources, forms, jobs, options)
        return [
            CompiledFile(
                one.entry.meta, one.diagnostics, one.result, partial(_entry_of, one)
            )
            for one in made
        ]
    keys = source_keys(project)
    # By the number of the source: its path takes longer to look up.
    names: dict[int, str] = {}
    known: dict[int, KeptFile] = {}
    asked, numbers = asked_of(forms), range(len(sources))
    for typeset in kept_sets_with(asked, cache):
        others = [number for number in numbers if number not in known]
        tried = {number: cache_key(keys[number], typeset) for number in others}
        found = _known(tried, recorder, cache)
        known |= found
        names |= {number: tried[number] for number in found}
    new = [number for number in numbers if number not in known]
    names |= {number: cache_key(keys[number], asked) for number in new}
    work = [sources[number] for number in new]
    compiler = _Compiler(recorder, forms)
    made_now = _spread(compiler.packed, work, forms, jobs, options)
    packed = dict(zip(new, made_now, strict=True))
    cache.count(hits=len(known), misses=len(new))
    new_values: dict[str, object] = {}
    for number, one in packed.items():
        known[number], name = one.file, names[number]
        new_values |= {name: one.file, f"{name}{_ENTRY}": one.entry}
        if one.whole:
            new_values[f"{name}{_WHOLE}"] = one.whole
    cache.store(new_values)

    cache.use(f"{n}{part}" for n in names.values() for part in (_ENTRY, _WHOLE))
    return [
        _opened(
            known[number],
            _Rest(
                cache,
                names[number],
                packed.get(number),
                partial(compiler.compiled, source),
            ),
            key_with_inputs(keys[number], known[number].inputs),
        )
        for number, source in enumerate(sources)
    ]


def _entry_of(made: Compiled) -> Entry:
    return made.entry


def _opened(file: KeptFile, rest: "_Rest", page: str) -> CompiledFile:
    result = file.result
    return CompiledFile(
        file.meta,
        file.diagnostics,
        kept_question(result, rest.load_question())
        if isinstance(result, QuestionOutline)
        else result,
        rest.entry,
        file.entry_digest,
        {**file.views, "page": page},
    )


@dataclass(slots=True)
class _Rest:
    """What a build does not read of each file, until it is used."""

    cache: Cache
    key: str
    packed: _Packed | None
    """The file if it was just compiled."""
    again: Callable[[], Compiled]
    """Compiles the file again, if what was kept is lost."""
    known_entry: Entry | None = None

    def entry(self) -> Entry:
        """Return what the rules over the whole deck need of the file."""
        if self.known_entry is None:
            made = self.packed.entry if self.packed else None
            value = made.load() if made else self._value(_ENTRY)
            kept = value if isinstance(value, Entry) else self.again().entry
            self.known_entry = kept
        return self.known_entry

    def load_question(self) -> Callable[[], Question]:
        """Return the function that loads the whole question.

        That of bytes can be sent to another process, which then need not import the
        compiler.
        """
        if self.packed and self.packed.whole:
            return cast("Callable[[], Question]", self.packed.whole.load)
        return self.question

    def question(self) -> Question:
        """Return the whole question, which an earlier build made."""
        value = self._value(_WHOLE)
        result = value if isinstance(value, Question) else self.again().result
        if not isinstance(result, Question):
            raise TypeError("a file that was a question is none any more")
        return result

    def _value(self, part: str) -> object:
        key = f"{self.key}{part}"
        return self.cache.load([key]).get(key)


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Compiles files; it can be sent to another process."""

    recorder: InputRecorder
    forms: Forms
    learn: bool = False
    compares_dates: bool = False

    def compiled(self, source: Source) -> Compiled:
        return compile_seen(
            source,
            self.recorder.project,
            self.forms,
            learn=self.learn,
            compares_dates=self.compares_dates,
        )

    def packed(self, source: Source) -> _Packed:
        self.recorder.start()
        return _packed(
            self.compiled(source), views_of(self.forms), self.recorder.record()
        )


def _spread(
    work: Callable[[Source], _T],
    sources: Iterable[Source],
    forms: Forms,
    jobs: int,
    options: BuildOptions,
) -> list[_T]:
    work_list = list(sources)
    what = "checking files" if forms is None else "typesetting files"
    with fork_map(
        work, work_list, jobs, spawn_from=_MIN_SPAWNED, first=_FIRST_FILES
    ) as results:
        return list(counted(results, len(work_list), what, options.progress))


def _packed(
    made: Compiled,
    views: Mapping[str, Callable[[Question], object]],
    inputs: RecordedInputs,
) -> _Packed:
    entry, result = Pickled(pickle.dumps(made.entry, 5)), made.result
    shown: Mapping[str, str] = {}
    whole = None
    outline: QuestionOutline | Guide | None = None
    if isinstance(result, Question):
        shown = {name: made_of(view(result)) for name, view in views.items()}
        whole, outline = Pickled(pickle.dumps(result, 5)), outline_of(result)
    else:
        outline = result
    digest = hashlib.blake2b(entry.data, digest_size=16).hexdigest()
    file = KeptFile(made.entry.meta, made.diagnostics, outline, digest, shown, inputs)
    return _Packed(file, entry, whole)


def _known(
    names: Mapping[int, str], recorder: InputRecorder, cache: Cache
) -> dict[int, KeptFile]:
    """Return the files that the cache has with these names and unchanged inputs."""
    values = cache.load(names.values())
    found = ((number, values.get(name)) for number, name in names.items())
    return {
        number: one
        for number, one in found
        if isinstance(one, KeptFile) and recorder.are_unchanged(one.inputs)
    }
