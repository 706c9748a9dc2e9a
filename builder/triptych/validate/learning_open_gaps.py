"""Whether other words would be as right in a gap as those that it hides.

Which words a learner may think of cannot be found from a sentence. So this looks only
for sentences that say themselves that there are others, and for pairs that nothing
ties together. It has lists of words for English alone.
"""

import re

from triptych.patterns import lazy_pattern

_EXAMPLE = lazy_pattern(
    r"(?:\bsuch as|\bfor example,?|\bfor instance,?|\be\.g\.,?|\bincluding)\s*$",
    re.IGNORECASE,
)
_KINDS = (
    "advantage|alternative|approach|benefit|case|cause|choice|cure|danger|disadvantage"
    "|drawback|effect|example|fix|limitation|method|option|problem|reason|remedy|risk"
    "|sign|solution|strategy|symptom|technique|trick|use|way"
)
_ONE_OF_SEVERAL = lazy_pattern(
    rf"\b(?:one|another|an?\s+(?:common|frequent|possible|typical)"
    rf"|an?(?=\s+(?:{_KINDS})\s+(?:of|for)\b))\s+(?:[\w-]+\s+)?"
    rf"(?:{_KINDS})\b(?:\s+(?!(?:is|are|was|were)\b)[\w-]+){{0,5}}"
    r"\s+(?:is|was|would\s+be)(?:\s+(?:an?|the|to))?\s*$",
    re.IGNORECASE,
)
"""Such as "one cause of it is": there are other causes."""
_AND_SO_ON = lazy_pattern(
    r"^[^.;:()]*?\b(?:etc|and so on|and others|among others|and the like)\b",
    re.IGNORECASE,
)
_ITEM_FOLLOWS = lazy_pattern(r",|(?:and|or|etc)\b", re.IGNORECASE)
_EACH_WILL_DO = lazy_pattern(
    r"^(?:[^.;:()]*?\s)?or\s+[^.;:()]*?\b(?:avoids?|cures?|fix(?:es)?|helps?"
    r"|improves?|lessens?|lowers?|mitigates?|prevents?|raises?|reduces?)\b",
    re.IGNORECASE,
)
"""Such as "less capacity or averaging reduce it": any remedy would do."""
_MATE = lazy_pattern(
    r"(?P<mate>[^\W\d_][\w'-]*)\s+and(?:\s+(?:an?|the|its|their))?$", re.IGNORECASE
)
_WORD = lazy_pattern(r"[^\W\d_][\w'-]*")
_CLAUSE_ENDS = lazy_pattern(r"\s*(?:[.,;:]|$)")
_COUNTED = lazy_pattern(
    r"\b(?:both|between|(?:two|three|four|five)\s+[\w-]+\s*[,:])", re.IGNORECASE
)
"""Who knows how many there are, and what of, looks for the one that is missing."""
_MAX_WORDS_BETWEEN = 2


def open_gap_fault(
    hidden: str, before: str, after: str, elsewhere: str
) -> tuple[str, str] | None:
    """Return what is wrong with a gap that has no hint, and what helps.

    `before` and `after` are the rest of its text, `elsewhere` is the rest of its file.
    """
    if _EXAMPLE.search(before):
        message = f"`{hidden}` is an example: others would be as right"
        return message, "hide what it is an example of"
    if _ONE_OF_SEVERAL.search(before) or _is_in_open_list(after):
        message = f"the text says that there are others besides `{hidden}`"
        return message, _hint_for(hidden)
    if _is_loose_item(hidden, before, after, elsewhere):
        message = f"nothing shows that `{hidden}` is meant here, and nothing else"
        return message, _hint_for(hidden)
    return None


def _hint_for(hidden: str) -> str:
    return f"give the gap a hint, `{{{{c1::{hidden}::…}}}}`, or hide something else"


def _is_in_open_list(after: str) -> bool:
    """Return whether a gap stands in a list that has more items than it names."""
    is_item = _ITEM_FOLLOWS.match(after) is not None
    return is_item and bool(_AND_SO_ON.match(after) or _EACH_WILL_DO.match(after))


def _is_loose_item(hidden: str, before: str, after: str, elsewhere: str) -> bool:
    """Return whether a gap is the last of several things that are no known pair."""
    mate = _MATE.search(before)
    if mate is None or not _WORD.fullmatch(hidden) or not _CLAUSE_ENDS.match(after):
        return False
    if hidden[0].isupper() or _COUNTED.search(before):
        return False
    # "Bias and variance" are a pair of which one recalls the other: a file that has
    # them in a summary has them elsewhere.
    one, other = re.escape(mate["mate"]), re.escape(hidden)
    between = rf"\b\W+(?:\w+\W+){{0,{_MAX_WORDS_BETWEEN}}}\b"
    pair = rf"\b{one}{between}{other}\b|\b{other}{between}{one}\b"
    return re.search(pair, elsewhere, re.IGNORECASE) is None
