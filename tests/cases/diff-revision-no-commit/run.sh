git -c init.defaultBranch=main init -q
lettergen diff --against HEAD
