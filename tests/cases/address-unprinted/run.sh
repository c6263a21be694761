for data in british.csv german.csv american.yaml others.yaml alone.yaml; do
  echo "--- $data" >&2
  lettergen check --data $data
done
for template in town own none; do
  echo "--- $template" >&2
  lettergen check --data british.csv --template $template
done
echo "--- show" >&2
lettergen show bob-ray --data british.csv
lettergen check --data british.csv --quiet --ignore unprinted-address
lettergen check --data alone.yaml --message-format json
