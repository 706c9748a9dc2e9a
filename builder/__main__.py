"""Run the command from a checkout as ``python -m builder``; this is not installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from triptych.cli.main import main

main()
