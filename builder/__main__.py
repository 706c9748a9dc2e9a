"""Run the command as ``python -m builder``."""

from builder.cli.main import main

main()
