chmod 0 recipients.yaml footnotes.yaml templates/letter.md.j2
lettergen check
