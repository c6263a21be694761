git -c init.defaultBranch=main init -q
git add recipients.yaml footnotes.yaml templates
git -c user.name=A -c user.email=a@example.org commit -q -m x
lettergen diff --against=--output=x
lettergen diff --against=^HEAD
