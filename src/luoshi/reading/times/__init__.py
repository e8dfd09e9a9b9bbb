"""Chinese expressions of time: what day, what period, how often."""
