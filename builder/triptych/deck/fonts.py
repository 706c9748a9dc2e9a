"""Find the fonts of a deck."""

from pathlib import Path, PurePosixPath

from triptych.deck.read import path_inside


def font_folder(root: Path, name: str) -> Path:
    """Return the folder `name` of the deck's own fonts.

    Raises:
        TriptychError: It, or a file in it, leads out of the deck by a symbolic link.

    """
    folder = path_inside(root, PurePosixPath(name))
    for path in folder.rglob("*"):
        path_inside(root, PurePosixPath(path.relative_to(root.resolve())))
    return root / name
