"""A witness: it keeps the newest checkpoint of every log it knows, and cosigns only what continues it.

It shares no data with the log and needs no database: a folder of its own, on a machine of somebody else's.
"""
