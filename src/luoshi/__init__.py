"""Luoshi 落实: from what a government writes to what gets done."""

__version__ = "0.1.0"
