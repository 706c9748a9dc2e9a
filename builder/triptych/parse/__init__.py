"""Stage 2: a source becomes a document; it never fails."""
