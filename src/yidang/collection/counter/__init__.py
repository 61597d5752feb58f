"""At the counter: a document camera or a phone takes pages, each judged and straightened before the next."""
