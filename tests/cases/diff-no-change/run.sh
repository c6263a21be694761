lettergen build --format md --output built --quiet
lettergen diff --output built --exit-code
