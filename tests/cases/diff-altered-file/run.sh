lettergen build --format md --output built --quiet
sed -i 's/with great/with very great/' built/london.md
lettergen diff --output built
