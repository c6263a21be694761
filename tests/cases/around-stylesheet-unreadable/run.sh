chmod 0 templates/letter.css
lettergen check
