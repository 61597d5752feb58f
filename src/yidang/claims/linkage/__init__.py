"""One person across sources: likely pairs, merges by themselves or by a person, and every one undone on request."""
