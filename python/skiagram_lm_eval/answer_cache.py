"""An answer cache for lm-eval that commits once a second.

lm-eval keeps answers in a SqliteDict, asks it about every request one by one, writes every answer twice and commits
each write. On a small model that takes as long as answering. This one has the same file format and the same answers,
knows its keys from the start, writes an answer once and commits once a second: a killed run loses the answers of its
last second, and SQLite's write-ahead log keeps the rest whole.
"""

import time

from sqlitedict import SqliteDict

COMMIT_SECONDS = 1.0


class AnswerCache(SqliteDict):
    """A SqliteDict for many small writes; everything else is SqliteDict's own."""

    def __init__(self, filename, autocommit=False, **options):
        super().__init__(filename, autocommit=False, journal_mode="WAL", **options)
        self._known = set(self.keys())
        self._written = set()
        self._due = time.monotonic() + COMMIT_SECONDS

    def __contains__(self, key):
        return key in self._known

    def __setitem__(self, key, value):
        if key not in self._written:
            super().__setitem__(key, value)
            self._known.add(key)
            self._written.add(key)
        if time.monotonic() >= self._due:
            self.commit(blocking=False)
            self._due = time.monotonic() + COMMIT_SECONDS
