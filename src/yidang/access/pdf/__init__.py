"""Making PDFs: a page's picture with its words invisibly above it."""
