echo 'No letter of ours' > ../letter.md.j2
mkdir templates
ln -s ../../letter.md.j2 templates/letter.md.j2
lettergen check
