lettergen build --format md --quiet
cp -Rp output before
sed -i 's/salutation: Mr Bright/salutation:/' recipients.yaml
lettergen build --format md
