"""Pages of the registry room, one module a subject."""
