"""Exporters: one folder each, found by name. They see the delivery model and nothing of the bank's YAML."""
