mkdir output
chmod a-w output
lettergen build --format md
