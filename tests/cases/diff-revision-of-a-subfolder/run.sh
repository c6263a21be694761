mkdir letters
mv recipients.yaml footnotes.yaml templates letters
git -c init.defaultBranch=main init -q
git add letters
git -c user.name=A -c user.email=a@example.org commit -q -m x
sed -i 's/with great interest/with much interest/' letters/templates/letter.md.j2
export GIT_DIR=elsewhere  # as within a hook
lettergen diff -C letters --against main
