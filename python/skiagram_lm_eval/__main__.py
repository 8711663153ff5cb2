"""`python -m skiagram_lm_eval run …` is `python -m lm_eval run …` with the answer cache of answer_cache.py."""

import runpy

try:
    import sqlitedict

    from skiagram_lm_eval.answer_cache import AnswerCache

    sqlitedict.SqliteDict = AnswerCache
except ImportError:
    # Without sqlitedict lm-eval has no answer cache and says so itself.
    pass

runpy.run_module("lm_eval", run_name="__main__", alter_sys=True)
