"""Standards every room reads by: names, document numbers and other national forms; pure Python."""
