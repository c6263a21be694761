for template in english german french welsh quoted own unsigned nameless by-hand in-close; do
  echo "--- $template" >&2
  lettergen check --template $template
done
