lettergen diff
