"""Stage 6 and 7: who does what by when."""
