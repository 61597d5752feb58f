from yidang.kernel.errors import Conflict, Invalid, NotFound


class TableMissing(Invalid):
    """A table the grouper cannot do without is not in the folder."""

    def __init__(self, *, table: str, folder: str) -> None:
        super().__init__("drg_table_missing", table=table, folder=folder)


class TableWrong(Invalid):
    """`reason` is the code: drg_reason_…; the row counts as the file shows it, headings are row 1."""

    def __init__(self, *, file: str, row: int, column: str, reason: str) -> None:
        super().__init__(reason, file=file, row=row, column=column)


class ColumnMissing(Invalid):
    def __init__(self, *, file: str, column: str) -> None:
        super().__init__("drg_column_missing", file=file, column=column)


class FileNotRead(Invalid):
    def __init__(self, *, file: str) -> None:
        super().__init__("drg_file_not_read", file=file)


class SchemeNotFound(NotFound):
    def __init__(self, *, scheme: str) -> None:
        super().__init__("drg_scheme_not_found", scheme=scheme)


class SchemeExists(Conflict):
    """The same code and version are known with other tables: changed tables are a new version."""

    def __init__(self, *, scheme: str, version: str) -> None:
        super().__init__("drg_scheme_exists", scheme=scheme, version=version)
