"""What outlives the process: jobs, their pictures, and what members keep, in SQLite or PostgreSQL.

Nothing here is one database's alone, except what `bot.storage.engine` says to SQLite when it connects, and
the lock that `bot.storage.database.alone` takes on PostgreSQL.
"""
