"""The sets of forms in which a deck's files are kept.

A file that was typeset for another output, too, has all the rest: a build takes it
rather than typeset it again. Of sets that no build has asked for, none is looked up.
"""

from triptych.build.cache import Cache, cache_key
from triptych.build.compile import Forms

FormSet = tuple[str, ...] | None
"""The forms that files are typeset in, sorted; None if nothing is typeset."""


def asked_of(forms: Forms) -> FormSet:
    """Return `forms` as a part of the keys of files: of plain texts, which is fast."""
    return None if forms is None else tuple(sorted(map(str, forms)))


def kept_sets_with(asked: FormSet, cache: Cache) -> list[FormSet]:
    """Return the sets that have `asked` and that a build has asked for, smallest first.

    From now on `asked` is one of them.
    """
    key = cache_key("sets of forms")
    loaded = cache.load([key]).get(key)
    kept: frozenset[FormSet] = loaded if isinstance(loaded, frozenset) else frozenset()
    if asked not in kept:
        cache.store({key: kept | {asked}})
    if asked is None:
        return [one for one in kept if one is None]
    more = [one for one in kept if one is not None and {*asked} <= {*one}]
    return sorted(more, key=lambda forms: (len(forms or ()), forms or ()))
