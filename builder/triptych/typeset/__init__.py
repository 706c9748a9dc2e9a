"""Markdown bodies, typeset once for every output."""
