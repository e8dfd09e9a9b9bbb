"""The invented city that a new installation starts with."""
