"""A bloc-year file: what is known of a past year of a bloc, in TOML (docs/bloc-year-file.md).

format.py knows which tables and keys there are, checking.py what is wrong, rows.py which rows are meant,
row.py what a row is, comparing.py how they differ from the database, writing.py how they get there. For the
criteria of that year and the scores by them, criteria.py and scores.py do what is not done of plain rows.
"""
