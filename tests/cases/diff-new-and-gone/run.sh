lettergen build --format md --output built --quiet
sed -i 's/id: kent/id: surrey/' recipients.yaml
lettergen diff --output built --exit-code
