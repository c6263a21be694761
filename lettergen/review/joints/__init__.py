"""Where values meet the text: what a reader stumbles over."""
