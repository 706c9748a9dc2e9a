"""Put the templates into the wheel; all else is said in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTemplates(build_py):
    """Copies `templates/` into the package, where an installed compiler looks first.

    They stand beside the package in the repository, so an editable install finds them
    there and needs no copy.
    """

    def run(self) -> None:
        """Build the package, then add the templates."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "triptych", "_templates")
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree("templates", target)


setup(cmdclass={"build_py": BuildWithTemplates})
