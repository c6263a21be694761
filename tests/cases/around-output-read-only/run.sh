lettergen build --format md --quiet
cp -Rp output before
sed -i 's/this year/last year/' templates/letter.md.j2
chmod a-w output
lettergen build --format md
