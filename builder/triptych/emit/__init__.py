"""Write artifacts: to `dist/`, and into archives."""
