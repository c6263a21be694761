lettergen build --format md --data members.csv
sed -i 's/, "mailing": .*\]}/}/' output/manifest.jsonl
echo 'Of an older version:' >&2
lettergen build --format md --data members.csv
lettergen build --format md --data donors.csv
echo 'The same list under a new name:' >&2
lettergen build --format md --data members-2025.csv
echo 'Another list:' >&2
lettergen build --format md --data donors.csv --replace
lettergen build --format md --data donors.csv
