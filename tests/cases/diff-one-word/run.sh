lettergen build --format md --output built --quiet
sed -i 's/with great interest/with much interest/' templates/letter.md.j2
lettergen diff --output built
