"""What a question becomes in Anki: which notes, their names and their shape."""
