"""What is wrong with a template, found in its text and tree: in every branch, before any letter is merged."""
