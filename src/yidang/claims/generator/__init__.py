"""Invented claims in any number: plausible background, planted schemes with their truth, clean look-alikes.

Nobody in them lives and nothing in them was ever paid. What is planted is written from the catalogue of rules in
words and never from the rules' own queries, so that finding it proves something.
"""
