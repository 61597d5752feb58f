"""借阅利用: asking for a record, being allowed it, reading or holding it for a time, and what came of it."""
