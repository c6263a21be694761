"""All letters -> what a careful reader of every one of them would notice."""
