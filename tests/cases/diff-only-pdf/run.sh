lettergen build --format pdf --only london --quiet
cp -Rp output before
lettergen diff
