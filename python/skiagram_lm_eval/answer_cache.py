"""An answer cache for lm-eval that costs little: sqlitedict's file, written in batches by the thread that answers.

lm-eval keeps answers in a SqliteDict: a thread of its own, asked about every request one by one, that writes every
answer twice and commits each write. On a small model that takes as long as answering, and the thread competes with the
model's. Here keys are known from the start, an answer is written once, and answers are written together once a second:
a killed run loses the answers of its last second, and SQLite's write-ahead log keeps the rest whole.
"""

import atexit
import sqlite3
import threading
import time

from sqlitedict import decode, encode

WRITE_SECONDS = 1.0
MAX_WAITING = 4096


class AnswerCache:
    """What lm-eval uses of a SqliteDict: `in`, reading, setting and `commit`; the same table, keys and encoding."""

    def __init__(self, filename, **_options):
        # An answer may come from another thread than the one that made the cache, hence the lock.
        self._connection = sqlite3.connect(filename, isolation_level=None, check_same_thread=False)
        self._lock = threading.Lock()
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute('CREATE TABLE IF NOT EXISTS "unnamed" (key TEXT PRIMARY KEY, value BLOB)')
        self._known = {key for (key,) in self._connection.execute('SELECT key FROM "unnamed"')}
        self._waiting = {}
        self._due = time.monotonic() + WRITE_SECONDS
        atexit.register(self.close)

    def __contains__(self, key):
        return key in self._known

    def __getitem__(self, key):
        with self._lock:
            if key in self._waiting:
                return self._waiting[key]
            row = self._connection.execute('SELECT value FROM "unnamed" WHERE key = ?', (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return decode(row[0])

    def __setitem__(self, key, value):
        with self._lock:
            if key in self._known:
                return
            self._known.add(key)
            self._waiting[key] = value
            if time.monotonic() >= self._due or len(self._waiting) >= MAX_WAITING:
                self._write()

    def commit(self, blocking=True):
        """Writes what waits; always before it returns, whatever `blocking` says."""
        with self._lock:
            self._write()

    def close(self):
        """Writes what waits and closes the file; may be called twice."""
        with self._lock:
            if self._connection is not None:
                self._write()
                self._connection.close()
                self._connection = None

    def _write(self):
        rows = [(key, encode(value)) for key, value in self._waiting.items()]
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany('REPLACE INTO "unnamed" (key, value) VALUES (?, ?)', rows)
        self._connection.execute("COMMIT")
        self._waiting.clear()
        self._due = time.monotonic() + WRITE_SECONDS
