"""The same rules before the money moves: advice at prescribing 事前, a check before settlement 事中."""
