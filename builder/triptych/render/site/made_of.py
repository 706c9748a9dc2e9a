"""What the files of the site are made of, so that they can be kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from triptych.render.made_of import made_of, of_view, own_files
from triptych.render.site.listings import Listing
from triptych.render.site.neighbours import Neighbours
from triptych.render.site.templates import Site, shared_tags
from triptych.values.question import Guide, Question

_OF_QUESTIONS = frozenset({"at", "shared_tags"})
"""Variables of templates that depend on questions, or are part of the program."""


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What files of a site are made of; empty digests where it is not known."""

    site: Site
    shared: str
    """A digest of what any page may show, besides questions."""
    tags: frozenset[str]
    """The tags of several questions, which have a page."""
    line: str
    """The view of what lists show.

    A template of the deck's own may show all of a question in a list.
    """
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    """What lists are made of, by group and address; all questions, by view."""

    def lists(self, *parts: object, lists: Iterable[Listing]) -> str:
        """Return what pages with these lists are made of."""
        shown = [self._list(listing) for listing in lists]
        return made_of(self.shared, *parts, shown) if all(shown) else ""

    def _list(self, listing: Listing) -> str:
        """Return what a list is made of, which several pages show."""
        key = (listing.group, listing.address.path)
        if key not in self.known:
            title, is_unlisted = str(listing.title), listing.is_unlisted
            self.known[key] = self.of(
                key, title, is_unlisted, questions=listing.questions
            )
        return self.known[key]

    def of(
        self, *parts: object, questions: Iterable[Question] = (), view: str = ""
    ) -> str:
        """Return a digest of `parts` and of what lists show of `questions`."""
        shown = of_view(self.site.catalog, view or self.line, questions)
        return "" if shown is None else made_of(self.shared, *parts, shown)

    def of_current(self, *parts: object, view: str = "") -> str:
        """Return what `of` does of all questions that are not retired."""
        catalog, view = self.site.catalog, view or self.line
        key = ("current", view)
        if key not in self.known:
            shown = of_view(catalog, view, catalog.current)
            self.known[key] = "" if shown is None else made_of(shown)
        shown_digest = self.known[key]
        return made_of(self.shared, *parts, shown_digest) if shown_digest else ""

    def sheet(self) -> str:
        """Return what the page of the sheet is made of."""
        catalog = self.site.catalog
        numbers = [catalog.number(question) for question in catalog.current]
        lines = self.of_current("sheet", self.links(catalog.current), numbers)
        return lines and self.of_current(lines, view="sheet")

    def guides(self) -> str:
        """Return what the pages of the guides are made of."""
        guides = self.site.catalog.guides
        return self.of("guides", self.links(guides), guides)

    def questions(
        self, questions: Sequence[Question], neighbours: Mapping[str, Neighbours]
    ) -> str:
        """Return what the pages of `questions` are made of."""
        own = of_view(self.site.catalog, "page", questions)
        around = [neighbours[question.id] for question in questions]
        rows = [_neighbour_groups(one) for one in around]
        others = [q for groups in rows for group in groups for q in group]
        lines = of_view(self.site.catalog, self.line, others)
        moved = [note for one in around for note in one.moved]
        whole = of_view(self.site.catalog, "page", (note.question for note in moved))
        if own is None or lines is None or whole is None:
            return ""
        return made_of(
            "questions",
            self.shared,
            own,
            [[[q.id for q in group] for group in groups] for groups in rows],
            lines,
            [(note.anchors, note.slug) for note in moved],
            whole,
            self.links(questions),
            [self._shared_tags(question) for question in questions],
            [note in neighbours for q in questions for note in q.meta.moved],
            [self.site.catalog.number(question) for question in questions],
        )

    def links(self, shown: Iterable[Question | Guide]) -> list[object]:
        """Return where the links in questions or guides lead."""
        pages = self.site.catalog.pages
        return [
            (link, pages.get(link), pages.get(link.partition("#")[0]))
            for one in shown
            for link in one.uses.links
        ]

    def _shared_tags(self, question: Question) -> list[str]:
        return [tag for tag in question.meta.tags if tag in self.tags]


def made_of_site(site: Site) -> MadeOf:
    """Return what the files of `site` are made of.

    All variables of the templates are among it, whatever they are; only functions are
    part of the program.
    """
    has_own = site.settings.templates is not None
    apart = {"at"} if has_own else _OF_QUESTIONS
    variables = {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in site.environment.globals.items()
        if name not in apart and not callable(value)
    }
    shared = made_of(
        sorted(variables.items()),
        site.settings.base_url,
        site.catalog.pages if has_own else (),
        sorted(own_files(site.settings.templates)),
    )
    tags = shared_tags(site.catalog)
    return MadeOf(site, shared, tags, "page" if has_own else "line")


def _neighbour_groups(neighbours: Neighbours) -> tuple[tuple[Question, ...], ...]:
    """Return the questions that a page shows in rows, in groups."""
    return (
        tuple(filter(None, (neighbours.previous,))),
        tuple(filter(None, (neighbours.next,))),
        neighbours.requires,
        neighbours.leads_to,
        neighbours.related,
    )
