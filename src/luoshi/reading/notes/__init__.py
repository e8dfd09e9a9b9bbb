"""Stage 8, besides targets: appointments, chronicle, quotas, terms, lists and recurring duties."""
