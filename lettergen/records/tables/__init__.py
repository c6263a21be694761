"""Tables and lists of objects -> the same records as YAML's: CSV, JSON Lines, XLSX, ODS."""
