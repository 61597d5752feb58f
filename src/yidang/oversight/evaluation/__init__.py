"""How much of what was planted is found: truth written apart from the rules."""
