"""The Anki notes of a question: ids, fields, tags, note types and hashes."""
