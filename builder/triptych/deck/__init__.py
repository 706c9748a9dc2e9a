"""The files of a deck folder, in and out."""
