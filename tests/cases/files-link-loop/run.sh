ln -s recipients.yaml recipients.yaml
ln -s notes.yaml footnotes.yaml
ln -s footnotes.yaml notes.yaml
lettergen check
