lettergen build --format md --output built --quiet
sed -i 's/with great interest/with much interest/' templates/letter.md.j2
sed -i 's/id: kent/id: surrey/' recipients.yaml
lettergen diff --output built london kent
