"""The copies of the whole archive: what each room gives, put together in the order that makes them one moment."""
