"""Reading: from the bytes of a file to pages, their text, what kind of document they are and what stands in it."""
