"""The same desk on a PostgreSQL server, for several hosts; nothing of it is loaded where a file keeps the desk.

`translation` says how SQL is written in the rooms around this one so that both databases understand it.
"""
