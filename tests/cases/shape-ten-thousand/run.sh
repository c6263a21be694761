i=0
while [ $i -lt 10000 ]; do
    i=$((i + 1))
    echo "- {id: donor-$i, name: Donor $i, salutation: Donor, address: [$i High Street], amount: £$i}"
done > recipients.yaml
lettergen check
