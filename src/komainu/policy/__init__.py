"""The classroom policy: a school's answers in, its documents out, and a way to keep them true (the table in docs/*/developers.md says what is where)."""
