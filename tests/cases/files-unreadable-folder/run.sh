chmod 0 templates
lettergen check
