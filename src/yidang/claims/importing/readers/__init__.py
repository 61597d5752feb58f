"""One reader per kind of file: each fills `raw_<table>` with `_file`, `_row` and the columns it finds."""
