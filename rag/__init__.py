"""Questions in, checked answers out. Filled as the parts arrive."""
