"""The delivery model as JSON, in both directions: what is exported, embedded in pages, drawn as a form, and graded."""
