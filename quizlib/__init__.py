"""Quiz authoring with proof: banks in YAML, answer keys proved by running them, exports for every LMS."""

__version__ = "0.1.0"
