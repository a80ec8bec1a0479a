"""Programming languages: one file each, found by name."""
