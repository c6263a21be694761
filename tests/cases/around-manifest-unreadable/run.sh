lettergen build --format md --quiet
cp -Rp output before
chmod 0 output/manifest.jsonl
lettergen build --format md
