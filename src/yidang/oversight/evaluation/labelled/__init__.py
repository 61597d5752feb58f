"""A table with labels that somebody else made: what the models of the scores are worth on it, told honestly."""
