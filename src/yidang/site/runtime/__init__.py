"""The process tree: PostgreSQL, web workers, job workers and the keeper under one supervisor."""

from yidang.site.runtime.session import running

__all__ = ["running"]
