mkdir output
flock output/.lettergen.lock lettergen build --format md
