"""BagIt, RFC 8493, and the drafts before it."""
