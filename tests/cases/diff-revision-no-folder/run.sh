mkdir letters
git -c init.defaultBranch=main init -q
git add footnotes.yaml
git -c user.name=A -c user.email=a@example.org commit -q -m x
mv recipients.yaml footnotes.yaml templates letters
lettergen diff -C letters --against HEAD
