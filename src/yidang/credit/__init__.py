"""The credit archive: points of institutions' staff and measures on persons; nothing medical, here or beside it."""
