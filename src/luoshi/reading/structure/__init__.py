"""Stage 3 to 5: text to constituent documents, their parts, numbers and provisions."""
