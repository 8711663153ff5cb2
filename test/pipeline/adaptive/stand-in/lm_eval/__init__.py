"""A harness that answers from what the real one recorded; see __main__.py."""
