"""The desk: doubts in order of what they may bring back, each read on one page and answered by a person."""
