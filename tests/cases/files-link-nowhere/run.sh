ln -s moved-away.yaml recipients.yaml
ln -s ../notes.yaml footnotes.yaml
mkdir templates
ln -s old.md.j2 templates/letter.md.j2
lettergen check
