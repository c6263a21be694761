"""What changed in the letters: earlier ones and today's, read as words, compared, and alike changes put together."""
