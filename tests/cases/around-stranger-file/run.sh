lettergen build --format md --only thomas-bright --quiet
echo 'My own letter to Mary' > output/mary-okafor.md
cp -Rp output before
lettergen build --format md
