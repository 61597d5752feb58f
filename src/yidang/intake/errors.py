"""Why a file, a row or a step is refused. Every code has its text in `messages.toml`."""

from yidang.kernel.errors import Invalid


class Refused(Invalid):
    """A received file that goes to quarantine: the code says what is wrong, the text how to mend it."""
