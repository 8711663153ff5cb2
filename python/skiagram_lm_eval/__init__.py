"""lm-eval as Skiagram runs it: the same program with an answer cache that costs less."""
