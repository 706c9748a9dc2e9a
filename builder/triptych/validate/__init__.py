"""Stage 3: documents become diagnostics; a rule is a small generator."""
