"""The filters of templates that need nothing of the site."""

from markupsafe import Markup

from triptych.dialect.html_policy import SCHEMES
from triptych.values.ui_strings import UiString


def count(number: int, word: UiString) -> UiString:
    """Return `word` in its plural form for `number`."""
    return word.counted(number)


def aria_label(word: UiString | str) -> Markup:
    """Return the `aria-label` attribute with the text of `word`."""
    name = word if isinstance(word, UiString) else UiString(word)
    return Markup(name.attribute("aria-label"))  # noqa: S704 - escaped there


def page_lang(word: UiString | str) -> Markup:
    """Return the `lang` attribute for the contents of an element labelled by `word`.

    Without it, the label's language would apply to them.
    """
    if isinstance(word, UiString) and word.is_foreign:
        return Markup(' lang="{}"').format(word.page_language)
    return Markup()


def allowed_url(url: str) -> str:
    """Return `url` if its scheme is allowed in links; otherwise an empty string."""
    scheme, colon, _ = url.partition(":")
    return url if colon and scheme.lower() in SCHEMES else ""
