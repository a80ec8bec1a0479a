"""Questions as people read them in a terminal: in a table, and one of them in full."""
