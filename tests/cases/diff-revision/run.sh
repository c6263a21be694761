git -c init.defaultBranch=main init -q
git add recipients.yaml footnotes.yaml templates
git -c user.name=A -c user.email=a@example.org commit -q -m x
sed -i 's/with great interest/with much interest/' templates/letter.md.j2
lettergen diff --against HEAD --exit-code
