"""Arranging 整理: which papers belong in one volume, in which order, on which pages of it."""
