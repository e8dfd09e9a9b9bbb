"""Pages of the documents room: each view translates the request, makes one call, and translates back."""
