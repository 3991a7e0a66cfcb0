"""What outlives the process: jobs, their pictures, and what members keep, in SQLite or PostgreSQL.

Nothing here is one database's alone but `bot.storage.sqlite`, `only_process` and `backup`, which are
SQLite's, and `bot.storage.postgresql`, `queue` and `bell`, which are PostgreSQL's.
"""
