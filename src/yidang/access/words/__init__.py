"""What a word is, in one place: the index, the query, the proof and the highlight all read text through this."""
