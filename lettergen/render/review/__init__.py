"""The review page: one letter, and what differs from it in all others."""
