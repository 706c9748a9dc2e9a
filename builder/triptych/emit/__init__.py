"""Write artifacts to `dist/` and into zip archives."""
