"""Show cards in the real desktop program: find faults, take pictures.

    xvfb-run -a -s "-screen 0 1000x3200x24" PYTHON tests/anki/desktop.py DECK.apkg

PYTHON belongs to an environment with `aqt`, `PyQt6` and `PyQt6-WebEngine`. They are
large, and under the AGPL and GPL: they stay out of our own. One card of each kind
is looked at, or with `--all` every one, on a phone's width. `--pictures FOLDER` takes
pictures by day and by night, wide and narrow. The last line printed is JSON: how many
sides were shown, and what was wrong with them.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import aqt
import aqt.sound
from anki.cards import Card
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from aqt.profiles import ProfileManager
from aqt.qt import QEventLoop, QPixmap, QTimer
from aqt.theme import Theme, theme_manager

WIDTHS = (900, 380)
MARK = """(() => {
  const qa = document.getElementById("qa");
  if (qa) qa.insertAdjacentHTML("beforeend", "<i id='before'></i>");
  return true;
})()"""
FRAME = """(() => {
  window.framed = false;
  requestAnimationFrame(() => requestAnimationFrame(() => { window.framed = true; }));
  return true;
})()"""
SETTLED = """(() => {
  const qa = document.getElementById("qa");
  return !!qa && qa.innerHTML.length > 0 && qa.style.opacity !== "0"
    && [...document.images].every((image) => image.complete)
    && !document.getElementById("before")
    && document.body.className.includes("card");
})()"""
FAULTS = r"""(() => {
  const root = document.documentElement;
  const faults = [];
  if (root.scrollWidth > root.clientWidth) {
    faults.push(`wider than the window: ${root.scrollWidth} > ${root.clientWidth}`);
  }
  for (const image of document.images) {
    if (!image.naturalWidth) faults.push(`missing: ${image.src}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement.closest("code, pre, script, style, mjx-container")) continue;
    if (/\\[([]|\\[)\]]|\{\{|\$\$/.test(text.data)) faults.push(`raw: ${text.data}`);
  }
  const wrong = "mjx-merror, [data-mjx-error], mjx-container [style*='red']";
  for (const element of document.querySelectorAll(wrong)) {
    faults.push(`unknown to MathJax: ${element.textContent}`);
  }
  for (const part of document.querySelectorAll(".prompt, .summary, .answer, .text")) {
    const over = part.scrollWidth - part.clientWidth;
    if (over > 0) faults.push(`wider than a phone by ${over}: ${part.className}`);
  }
  for (const block of document.querySelectorAll("pre, .table")) {
    const { overflowX } = getComputedStyle(block);
    if (overflowX !== "auto") faults.push(`a box does not scroll: ${overflowX}`);
  }
  for (const code of document.querySelectorAll("pre, code:not(#typeans)")) {
    if (!/mono|consol|menlo/i.test(getComputedStyle(code).fontFamily)) {
      faults.push("code is not monospaced");
    }
  }
  const gaps = [...document.querySelectorAll(".front .piece .cloze")];
  const shown = gaps.filter((gap) => gap.offsetParent !== null);
  if (gaps.length && !shown.length) faults.push("its gap is hidden");
  for (const gap of root.clientWidth < 400 ? shown.slice(0, 1) : []) {
    const end = Math.round(gap.getBoundingClientRect().bottom + window.scrollY);
    if (end > 640) faults.push(`its gap is below the first screen: ${end}`);
  }
  return JSON.stringify([faults, root.scrollHeight]);
})()"""


def start(base: str) -> None:
    """Start Anki with an empty profile and wait until its collection is open."""
    profiles = ProfileManager(ProfileManager.get_created_base_folder(base))
    profiles.setupMeta()
    profiles.create("Learner")
    # Else its first start would wait for somebody to choose a language.
    profiles.meta |= {"defaultLang": "en_US", "firstRun": False, "updates": False}
    profiles.load("Learner")
    profiles.save()
    profiles.db.close()
    aqt._run(["anki", "-b", base, "-p", "Learner"], exec=False)  # noqa: SLF001
    wait(lambda: aqt.mw.col is not None and aqt.mw.state == "deckBrowser")


def wait(done: Callable[[], bool], seconds: float = 20) -> None:
    """Let Anki work until something is done."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("Anki did not come to rest")
        pause(15)


def pause(milliseconds: int) -> None:
    """Let Anki work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def ask(script: str) -> object:
    """Return what a script gives on the page of the card."""
    answers: list[object] = []
    aqt.mw.web.page().runJavaScript(script, answers.append)
    wait(lambda: bool(answers))
    return answers[0]


def show(card: Card, *, back: bool) -> tuple[list[str], int]:
    """Show one side of a card; return its faults and its height."""
    reviewer = aqt.mw.reviewer
    ask(MARK)  # else what is still there of the last side would be looked at
    if not back:
        reviewer.card = card
        card.start_timer()
        reviewer._showQuestion()  # noqa: SLF001
    else:
        reviewer._showAnswer()  # noqa: SLF001
    pause(40)
    wait(lambda: ask(SETTLED) is True)
    faults, height = json.loads(str(ask(FAULTS)))
    return faults, height


def resize(width: int, height: int) -> None:
    """Give the page of the card a size."""
    # The window itself cannot be as narrow as a phone.
    aqt.mw.web.setFixedSize(width, height)
    wait(lambda: ask("innerWidth") == width)


def painted() -> QPixmap:
    """Return a picture of the page, once two in a row are the same.

    On a busy machine the page is laid out long before all of it is painted.
    """
    ask(FRAME)
    wait(lambda: ask("window.framed") is True)
    last = aqt.mw.web.grab()
    for _ in range(40):
        pause(120)
        shot = aqt.mw.web.grab()
        if shot.toImage() == last.toImage():
            return shot
        last = shot
    raise TimeoutError("the page is painted differently each time")


def cards_of(part: str) -> list[Card]:
    """Return the cards of one part of the deck, those with the most to show first."""
    column = aqt.mw.col
    found = [column.get_card(id_) for id_ in column.find_cards(f"tag:part::{part}")]
    return sorted(found, key=lambda card: (-len("".join(card.note().fields)), card.id))


def sides(cards: list[Card]) -> Iterator[tuple[Card, bool]]:
    """Yield front and back of each card."""
    for card in cards:
        yield card, False
        yield card, True


def examine(cards: list[Card]) -> dict[str, list[str]]:
    """Return the faults of all cards on a phone's width, by note and side."""
    resize(WIDTHS[-1], 800)
    found = {}
    for card, back in sides(cards):
        faults, _ = show(card, back=back)
        if faults:
            side = "back" if back else "front"
            found[f"{card.note().fields[0]} {card.ord + 1} {side}"] = faults
    return found


def picture(cards: list[Card], folder: Path) -> int:
    """Take pictures of both sides of the cards, in each width and scheme."""
    taken = 0
    for theme in (Theme.LIGHT, Theme.DARK):
        aqt.mw.pm.set_theme(theme)
        theme_manager.apply_style()
        for width in WIDTHS:
            for card, back in sides(cards):
                resize(width, 600)
                _, height = show(card, back=back)
                resize(width, min(max(height, 600), 2900))
                shot = painted()
                name = card.note().fields[0].replace("/", "--")
                side = "back" if back else "front"
                file = f"{name}-{card.ord + 1}-{side}-{width}-{theme.name.lower()}.png"
                shot.save(str(folder / file))
                taken += 1
    return taken


def main() -> int:
    """Import a package into a new profile, and show its cards."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    parser.add_argument("--all", action="store_true", help="every card, not one a kind")
    parser.add_argument("--notes", nargs="*", default=[], help="these besides")
    options = parser.parse_args()
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox")
    with tempfile.TemporaryDirectory() as base:
        start(base)
        collection = aqt.mw.col
        collection.import_anki_package(
            ImportAnkiPackageRequest(
                package_path=options.package, options=ImportAnkiPackageOptions()
            )
        )
        # A machine for tests has no sound, and Anki would say so in a window.
        aqt.sound.av_player.play_tags = lambda _: None
        parts = ("question", "follow-up", "pitfall", "cloze", "code", "card")
        groups = [cards_of(part) for part in parts]
        chosen = [
            card for group in groups for card in (group if options.all else group[:1])
        ]
        for note in options.notes:
            chosen += [
                collection.get_card(i) for i in collection.find_cards(f'"Id:{note}"')
            ]
        collection.decks.select(chosen[0].did)
        aqt.mw.moveToState("review")
        wait(lambda: aqt.mw.reviewer.card is not None)
        faults = examine(chosen)
        taken = 0
        if options.pictures:
            options.pictures.mkdir(parents=True, exist_ok=True)
            taken = picture(chosen, options.pictures)
        print(
            json.dumps({"sides": 2 * len(chosen), "faults": faults, "pictures": taken})
        )
        sys.stdout.flush()
        os._exit(1 if faults else 0)


if __name__ == "__main__":
    raise SystemExit(main())
