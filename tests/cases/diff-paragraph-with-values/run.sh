lettergen build --format md --output built --quiet
sed -i 's/^The law/My office will visit {{ recipient.unit }} soon.\n\nThe law/' templates/letter.md.j2
lettergen diff --output built
