lettergen build --format md --output built --quiet
sed -i 's/recipient.unit/recipient.unti/' templates/letter.md.j2
lettergen diff --output built
