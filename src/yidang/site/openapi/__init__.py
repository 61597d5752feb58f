"""The API described for machines: every route that speaks JSON, from the rooms' `api.toml` and the map of routes."""
