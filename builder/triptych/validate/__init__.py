"""Stage 3: check documents and the deck; each rule is a small generator."""
