"""What a teacher types: the authoring schema that all question types share, and its faults in plain words."""
