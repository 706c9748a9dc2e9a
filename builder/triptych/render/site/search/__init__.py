"""The index of the site's search, made at build time and read by a script."""
