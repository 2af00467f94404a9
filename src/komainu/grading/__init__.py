"""Marking: a folder of notebooks in, marks and feedback out (the table in docs/*/developers.md says what is where)."""
