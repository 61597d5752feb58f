"""A statement on paper: a PDF with the code, signed under the bureau's certificate (PAdES)."""
