"""Statements: what the archive says under its signature, short enough for a QR code, checkable by anybody.

`operations` issues and revokes, `checking` judges, `kinds` is where a room registers what it certifies. `cbor`,
`digits`, `cose`, `claims` and `proving` are pure: they know neither the database nor Django.
"""
