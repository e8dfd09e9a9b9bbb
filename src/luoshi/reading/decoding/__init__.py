"""Stage 1 and 2: bytes of any supported type to pages of text, with their places on paper where they have any."""
