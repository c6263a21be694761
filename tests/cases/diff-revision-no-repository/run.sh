GIT_CEILING_DIRECTORIES=$(dirname "$PWD") lettergen diff --against HEAD
