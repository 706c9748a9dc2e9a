"""The one exception that a user's set-up may raise."""


class TriptychError(Exception):
    """Something outside the content that stops the run: exit code 2."""
