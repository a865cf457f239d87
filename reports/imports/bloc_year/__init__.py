"""A bloc-year file: what is known of a past year of a bloc, in TOML (docs/bloc-year-file.md).

lines.py knows where everything stands, format.py which tables and keys there are, checking.py what is wrong,
rows.py which rows are meant, comparing.py how they differ from the database, writing.py how they get there.
"""
