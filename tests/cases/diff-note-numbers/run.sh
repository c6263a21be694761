lettergen build --format md --output built --quiet
sed -i 's/your strategy\[^strategy\] already/your strategy already/; s/The law\[^act\] asks/The law asks/; s/^I have/By law[^act], I have/' templates/letter.md.j2
lettergen diff --output built --ignore unused-footnote
