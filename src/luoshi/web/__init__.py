"""The shell that every page stands in: base templates, components, static sources."""
