"""The knowledge base rules look things up in: what is shipped (invented, marked so) and what is imported."""
