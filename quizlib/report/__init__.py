"""Diagnostics to text and to data for machines: one file per form."""
