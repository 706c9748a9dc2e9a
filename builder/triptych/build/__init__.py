"""The driver: it runs the stages in order and keeps what they made."""
