"""Stage 4: a catalog becomes artifacts. Each output is a folder; none knows another."""
