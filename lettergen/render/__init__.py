"""A finished letter -> what is written for it: one module a format, each imported only where it is needed."""
