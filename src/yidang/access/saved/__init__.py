"""Questions a person asks again and again, under a name of their own, and lists of what was found."""
