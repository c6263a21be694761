lettergen build --format html --output built --quiet
sed -i 's/with great interest/with much interest/' templates/letter.md.j2
sed -i 's/2020)/2021)/' footnotes.yaml
lettergen diff --output built
