"""Check the deck as a whole; findings are kept while what rules read is the same."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import sha256

from triptych.build.cache import cache_key
from triptych.build.catalog import github_names
from triptych.build.drafts import visible_entries
from triptych.build.kept_files import CompiledFile
from triptych.build.options import BuildOptions
from triptych.build.scope import deck_scope
from triptych.deck.project import Project
from triptych.render.made_of import made_of
from triptych.validate.diagnose import diagnose_deck, find_in_deck
from triptych.validate.rule import DeckScope
from triptych.values.diagnostics import Diagnostic, Finding

OF_THE_PROGRAM = frozenset({"rule_names", "template_names"})
"""The parts of a scope that the program alone decides, which every key depends on."""
_Found = tuple[list[tuple[str, Finding]], list[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class CheckedDeck:
    """The deck as a whole: what is wrong with it, and what its links name."""

    diagnostics: tuple[Diagnostic, ...]
    github_names: Sequence[tuple[str, str, str]]
    """The places that links name by GitHub's id of a heading."""


def check_deck(
    files: Sequence[CompiledFile], project: Project, options: BuildOptions
) -> CheckedDeck:
    """Check the deck as a whole, or read what an earlier build found."""
    scope = deck_scope(project, learn=options.learn)
    found, names = _kept_or_found(files, scope, options)
    metas = [file.meta for file in files]
    diagnostics = diagnose_deck(found, metas, scope, project.folder.sources)
    return CheckedDeck(tuple(diagnostics), names)


def _kept_or_found(
    files: Sequence[CompiledFile], scope: DeckScope, options: BuildOptions
) -> _Found:
    cache, digests = options.cache, [file.entry_digest for file in files]
    if cache is None or options.learn or not all(digests):
        return _find(files, scope, options)
    key = cache_key("deck", options.drafts, digests, _scope_digest(scope))
    kept = cache.load([key]).get(key)
    if isinstance(kept, tuple):
        return kept
    found = _find(files, scope, options)
    cache.store({key: found})
    return found


def _find(
    files: Sequence[CompiledFile], scope: DeckScope, options: BuildOptions
) -> _Found:
    entries = tuple(file.entry for file in files)
    shown = entries if options.drafts else visible_entries(files)
    return list(find_in_deck(shown, scope)), github_names(entries)


def _scope_digest(scope: DeckScope) -> str:
    """Return a digest of all that rules over the deck read, besides entries."""
    folder, logo = scope.folder, scope.logo
    files = [
        [folder.deck, folder.theme, folder.changelog],
        sorted(map(str, folder.files)),
        [str(source.path) for source in folder.sources],
        [folder.misplaced, folder.outside, folder.unread],
        [(m.path, m.problem, sha256(m.data).digest()) for m in folder.static],
    ]
    read = {field.name: getattr(scope, field.name) for field in fields(scope)} | {
        "folder": files,
        "logo": logo and (logo.problem, sha256(logo.data).digest()),
        "strings": scope.strings.missing(scope.deck.language),
        "unread_words": scope.unread_words(),
    }
    return made_of(*(read[name] for name in read if name not in OF_THE_PROGRAM))
