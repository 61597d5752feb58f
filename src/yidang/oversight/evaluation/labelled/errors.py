"""What keeps a labelled table from being measured: each names the file, the place and what to do."""

from collections.abc import Sequence

from yidang.kernel.errors import Invalid

_NAMED = 12


def file_broken(file: str, row: int = 0) -> Invalid:
    """`row` 0: nobody can say where."""
    return Invalid("labelled_file_broken", file=file, row=row) if row else Invalid("labelled_file_unread", file=file)


def row_too_wide(file: str, row: int, *, cells: int, headings: int) -> Invalid:
    return Invalid("labelled_row_too_wide", file=file, row=row, cells=cells, headings=headings)


def no_label(file: str, headings: Sequence[str]) -> Invalid:
    return Invalid("labelled_no_label", file=file, headings="、".join(headings[:_NAMED]))


def no_column(file: str, column: str, headings: Sequence[str]) -> Invalid:
    return Invalid("labelled_no_column", file=file, column=column, headings="、".join(headings[:_NAMED]))


def label_unknown(file: str, row: int, column: str, value: str) -> Invalid:
    return Invalid("labelled_label_unknown", file=file, row=row, column=column, value=value[:20])


def one_sided(file: str, column: str) -> Invalid:
    return Invalid("labelled_one_sided", file=file, column=column)


def no_features(file: str, key: str) -> Invalid:
    return Invalid("labelled_no_features", file=file, key=key)


def no_key(file: str) -> Invalid:
    return Invalid("labelled_no_key", file=file)


def unrelated(file: str, key: str) -> Invalid:
    return Invalid("labelled_unrelated", file=file, key=key)


def time_unknown(file: str, column: str) -> Invalid:
    return Invalid("labelled_time_unknown", file=file, column=column)
