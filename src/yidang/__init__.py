"""Yidang (医档): the smart records archive for medical insurance."""
