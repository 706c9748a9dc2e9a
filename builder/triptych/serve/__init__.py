"""Build, watch and show: a preview that follows its author.

The files in ``dist/`` stay as ``build`` makes them; what a preview needs beyond them is
put into the answers only.
"""
