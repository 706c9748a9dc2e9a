"""How numbers are written: decimal marks, groups of digits, words for "about"."""

from triptych.values.language import POINT_LANGUAGES, primary_language

GROUP_MARKS = "\u2009'\u2019_\u066c"
"""What may stand between groups of three digits in any language."""
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
PERCENT_MARKS = "%\u066a\uff05"
PER_MILLE_MARK = "‰"
APPROXIMATION_WORDS = frozenset(
    {
        "~",
        "≈",
        *("about", "around", "roughly", "approximately", "nearly", "almost", "some"),
        *("etwa", "rund", "ungefähr", "circa", "ca."),
        *("environ", "près de", "presque", "autour de"),
        *("alrededor de", "aproximadamente", "unos", "unas", "casi"),
        *("cerca de", "aproximadamente", "quase"),
        *("quasi", "all'incirca"),
        *("около", "примерно", "приблизительно", "почти"),
        *("حوالي", "نحو", "تقريبا"),
        *("लगभग", "क़रीब", "करीब"),
        *("約", "およそ", "ほぼ"),
        *("约", "大约", "近"),
    }
)
"""After these the zeros at the end of a whole number are rounded: about 130."""


def decimal_mark(language: str) -> str:
    """Return what parts the whole from the fraction in `language`."""
    return "." if primary_language(language) in POINT_LANGUAGES else ","
