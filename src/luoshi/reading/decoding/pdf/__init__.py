"""Stage 1a, PDF: reads PDF files with PDFium; writes sheets, which `luoshi.reading.decoding.paper` puts in order."""
