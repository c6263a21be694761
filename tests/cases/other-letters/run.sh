lettergen build --format md --data members.csv
cp -Rp output before
lettergen build --format md --data donors.csv
lettergen build --format md --data donors.csv --only ada-byron --force
lettergen build --format md --data members.csv --template reminder --output output
lettergen build --data members.csv --edition large-print --output output
lettergen review --data donors.csv
