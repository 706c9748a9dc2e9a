"""A release: the new ledger, the new section of the changelog and the changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from triptych.deck.edits import ending_of, lines_of
from triptych.errors import TriptychError
from triptych.ledger.lock import DECK_LOCK_FILE, Ledger, Released, version_number
from triptych.ledger.lock_file import dump, is_version
from triptych.notes.history import NO_REFRESH, Refresh
from triptych.releases.clock_checks import date
from triptych.releases.diff import compare, deck_state
from triptych.releases.difference import Difference
from triptych.releases.installed import installed_by_release
from triptych.releases.others_decks import with_other_decks
from triptych.releases.report import Words, as_markdown, changelog_words
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Diagnostic

NON_BLOCKING_RULES = frozenset({"fewer-cards", "frozen-name"})
"""Rules whose findings do not stop a release; the changelog has them."""


@dataclass(frozen=True, slots=True)
class Release:
    """The content that a release writes to the deck folder."""

    version: str
    lock: str
    """The text of `deck.lock`."""
    section: str
    """The section of the changelog, for learners."""
    title: str
    """The title of a changelog that has no section yet."""
    difference: Difference

    def changelog(self, before: str, interrupted: str = "") -> str:
        """Return the changelog `before` with the section of this release on top.

        It replaces the section of an interrupted release, which has the version
        `interrupted` or the version of this release. The rest is unchanged, and new
        lines get the line ends of the file.
        """
        lines = lines_of(before or self.title)
        starts = [n for n, line in enumerate(lines) if line.startswith("## ")]
        first, second, *_ = (*starts, len(lines), len(lines))
        same = tuple(
            f"## {version} - " for version in (self.version, interrupted) if version
        )
        rest = lines[
            second if lines[first:] and lines[first].startswith(same) else first :
        ]
        ending = ending_of(lines[0]) or "\n"
        section = self.section.replace("\n", ending)
        head = "".join(lines[:first]).rstrip("\r\n")
        head += 2 * ending if head else ""
        return "".join([head, section, *([ending, *rest] if rest else [])])


def release(
    catalog: Catalog,
    settings: RenderSettings,
    *,
    version: str,
    time_seconds: int,
    refresh: Refresh = NO_REFRESH,
) -> Release:
    """Return the release of `catalog` at `time_seconds` since 1970.

    An empty `version` means the next one: first `1.0.0`, then a minor version if notes
    are new or back, else a patch. The notes of `refresh` get a new time, too.
    """
    ledger = settings.history.ledger
    _refuse(ledger, version, time_seconds)
    installed = installed_by_release(ledger)
    released = Released(version or "next", time_seconds)
    difference = compare(
        installed, deck_state(catalog, settings, released, refresh=refresh)
    )
    released = Released(version or _next(ledger, difference), time_seconds)
    state = deck_state(catalog, settings, released, refresh=refresh)
    difference = compare(installed, state)
    if difference.reshaped:
        names = ", ".join(difference.reshaped)
        raise TriptychError(
            f"the fields or templates of {names} are not those that were released:"
            " learners would never get an update again; put them back"
        )
    difference = with_other_decks(difference, catalog, settings)
    words = changelog_words(settings.strings, catalog.deck.language)
    return Release(
        version=released.version,
        lock=dump(state.ledger),
        section=_section(released, difference, words),
        title=f"# {words['title']}\n\n{words['lead']}\n",
        difference=difference,
    )


def blocking(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that stop a release, including warnings."""
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.rule not in NON_BLOCKING_RULES
    )


def _refuse(ledger: Ledger, version: str, time_seconds: int) -> None:
    latest = ledger.latest
    if time_seconds <= latest.time:
        raise ValueError(f"{time_seconds} is not after release {latest.version}")
    if version and not is_version(version):
        raise TriptychError(f"`{version}` is no version: write three numbers, as 1.2.3")
    highest = ledger.highest
    if version and version_number(version) <= version_number(highest):
        raise TriptychError(
            f"version {version} does not come after {highest}, which {DECK_LOCK_FILE}"
            " has: leave the version out for the next one"
        )


def _next(ledger: Ledger, difference: Difference) -> str:
    if not ledger.releases:
        return "1.0.0"
    major, minor, patch = version_number(ledger.highest)
    if difference.new or difference.back:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def _section(released: Released, difference: Difference, words: Words) -> str:
    if difference.since:
        changes = as_markdown(difference, words)
    else:
        cards = sum(change.cards for change in difference.new)
        first = words["first"].filled(
            notes=words["notes"].counted(len(difference.new)),
            cards=words["cards"].counted(cards),
        )
        changes = f"{first}\n"
    return f"## {released.version} - {date(released.time)}\n\n{changes}"
