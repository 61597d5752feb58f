"""HTTPS: our own certificate from a local authority, or the bureau's."""
