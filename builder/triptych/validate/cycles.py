"""Find what leads back to itself in a graph."""

from collections.abc import Iterator, Mapping, Sequence

_DONE = -1
"""Instead of a lowest index: the node's component is complete."""


def circular(required: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return, for each id on a cycle, all the ids that it shares cycles with."""
    groups: dict[str, frozenset[str]] = {}
    for group in _components(required):
        if len(group) > 1:
            groups |= dict.fromkeys(group, group)
    return groups


def _components(targets: Mapping[str, Sequence[str]]) -> Iterator[frozenset[str]]:
    """Yield the strongly connected components of a graph, by Tarjan's algorithm.

    Without recursion: a chain of prerequisites may be longer than Python's stack.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    for root in targets:
        work = [] if root in index else [(root, iter(targets[root]))]
        while work:
            node, waiting = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                path.append(node)
            target = next(
                (t for t in waiting if t in targets and low.get(t) != _DONE), None
            )
            if target is not None:
                if target not in index:
                    work.append((target, iter(targets[target])))
                else:
                    low[node] = min(low[node], low[target])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == index[node]:
                start = path.index(node)
                group = frozenset(path[start:])
                del path[start:]
                low |= dict.fromkeys(group, _DONE)
                yield group
