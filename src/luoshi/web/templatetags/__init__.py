"""The template tags of the shell."""
