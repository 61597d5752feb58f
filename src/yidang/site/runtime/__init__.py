"""The process tree: PostgreSQL, web workers, job workers and the keeper under one supervisor."""
