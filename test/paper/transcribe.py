"""Writes transcription.json: the numbers of Tables 1-8, row by row, as they stand in the paper's text (arXiv 2604.07363).

    python transcribe.py paper.txt > transcription.json

Names of rows and numbers only; an asterisk stays with the number it follows.
"""
import json
import re
import sys

NUMBER = r"[+-]?\d+(?:\.\d+)?"
CELL = rf"{NUMBER}(?:/{NUMBER})*"
tables, current = {}, None
for line in open(sys.argv[1], encoding="utf-8"):
    head = re.match(r"Table (\d):", line)
    if head:
        current = tables.setdefault(f"Table {head[1]}", {})
        continue
    if current is None:
        continue
    row = re.match(rf"(.+?)((?:\s{CELL}(?:\s\*)?)+)(?:\s(Stable|Stuck|Recover|Gap))?\s*$", line)
    if row is None or re.match(r"\s*$", line):
        if not line.strip():
            current = None
        continue
    cells = re.findall(rf"{CELL}(?:\s\*)?", row[2])
    current[row[1].strip()] = [cell.replace(" ", "") for cell in cells] + ([row[3]] if row[3] else [])
json.dump(tables, sys.stdout, indent=1, ensure_ascii=False)
print()
