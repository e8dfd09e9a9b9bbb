"""Template tags of the documents room."""
