"""Question types: one folder each, found by name. Each has a schema, `lower()`, and `examples.yaml`."""
