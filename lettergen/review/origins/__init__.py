"""Where each word of a letter comes from."""
