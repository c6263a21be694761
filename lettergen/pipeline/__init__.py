"""A project's letters: composed all, then rendered and written. Each step is imported only where it is needed."""
