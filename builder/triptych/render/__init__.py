"""Render a catalog as artifacts; each output is a folder and imports no other."""
