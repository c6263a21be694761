PATH=$(dirname "$(command -v lettergen)") lettergen diff --against HEAD
