"""Lint rules: one file each. The docstring is the rule's page in the manual, and its test."""
