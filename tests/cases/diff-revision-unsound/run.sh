sed -i 's/salutation: Sophie/salutaton: Sophie/' recipients.yaml
git -c init.defaultBranch=main init -q
git add recipients.yaml footnotes.yaml templates
git -c user.name=A -c user.email=a@example.org commit -q -m x
sed -i 's/salutaton: Sophie/salutation: Sophie/' recipients.yaml
lettergen diff --against HEAD
