git -c init.defaultBranch=main init -q
echo 'recipients.yaml export-ignore' > .gitattributes
git add .gitattributes recipients.yaml footnotes.yaml templates
git -c user.name=A -c user.email=a@example.org commit -q -m x
printf '#!/bin/sh\ntouch ran\ncat\n' > .git/program
chmod +x .git/program
for name in filter.x.smudge filter.x.clean core.fsmonitor core.pager; do git config $name "$PWD/.git/program"; done
echo '* filter=x' > .git/info/attributes
sed -i 's/with great interest/with much interest/' templates/letter.md.j2
lettergen diff --against HEAD
ls  # no file 'ran'
