lettergen build --format md --quiet
cp -Rp output before
{ cat templates/letter.md.j2; echo '{% block copies %}'; yes 'The Board of Trustees,' | head -n 500; echo '{% endblock %}'; } > longer
mv longer templates/letter.md.j2
ulimit -f 8  # no file longer than this many blocks, as if the disk was full
lettergen build --format md
