"""Every test gets its own data and cache folders."""
