"""Stage 1a, PDF: reads PDF files with PDFium; writes sheets, which `luoshi.reading.paper` puts in order."""
