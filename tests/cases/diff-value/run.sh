lettergen build --format md --output built --quiet
sed -i 's/with great interest/with much interest/' templates/letter.md.j2
sed -i 's/Roger Hirst/Roger J. Hirst/; s/the Kent unit/the Kent team/' recipients.yaml
lettergen diff --output built
