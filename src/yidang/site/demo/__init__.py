"""`yidang demo`: an archive with invented staff and records, and a check of the whole main job over HTTP."""
