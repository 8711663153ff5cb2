"""Stands in for lm-eval where a test needs many runs, kills among them: it serves the answers that the real lm-eval
recorded for the items it is asked for. What is tested with it is who is asked what and when; live.test.ts uses the real one.

SKIAGRAM_RECORDED: folder with one folder of recorded results per checkpoint id.
SKIAGRAM_ASKED: file that gets one JSON line per finished run. SKIAGRAM_SLEEP: seconds that a run takes.
"""

import gzip
import json
import os
import pathlib
import re
import sys
import time

text = pathlib.Path(sys.argv[sys.argv.index("--config") + 1]).read_text()


def setting(key):
    found = re.search(rf'^\s*{key}: "(.*)"$', text, re.M)
    return json.loads(f'"{found.group(1)}"') if found else None


checkpoint = pathlib.Path(setting("pretrained")).name
output = pathlib.Path(setting("output_path"))
tasks = re.findall(r'^\s+- "(.*)"$', re.search(r"^tasks:\n((?:\s+- .*\n)+)", text, re.M).group(1), re.M)
samples = json.loads(setting("samples") or "null")
limit = re.search(r"^limit: (\d+)$", text, re.M)
assert not (samples and limit), "lm-eval refuses both"

folder = pathlib.Path(os.environ["SKIAGRAM_RECORDED"]) / checkpoint
results = json.loads(next(folder.glob("results_*.json")).read_text())
time.sleep(float(os.environ.get("SKIAGRAM_SLEEP", "0")))
stamp = "2026-01-01T00-00-00.000000"
for part in ("results", "configs", "versions", "n-shot", "n-samples", "higher_is_better", "task_hashes", "group_subtasks"):
    results[part] = {task: value for task, value in results.get(part, {}).items() if task in tasks}
for task in tasks:
    lines = gzip.open(next(folder.glob(f"samples_{task}_*.jsonl.gz")), "rt").read().splitlines()
    rows = sorted((json.loads(line) for line in lines), key=lambda row: row["doc_id"])
    whole = len(rows)
    if samples:
        # As lm-eval: documents come in the task's order and take their names from the list's order.
        indices, wanted = samples[task], set(samples[task])
        rows = [dict(row, doc_id=indices[place]) for place, row in enumerate(row for row in rows if row["doc_id"] in wanted)]
    elif limit:
        rows = rows[: int(limit.group(1))]
    results["results"][task]["acc,none"] = sum(row["acc"] for row in rows) / len(rows)
    results["n-samples"][task] = {"original": whole, "effective": len(rows)}
    output.with_name(f"samples_{task}_{stamp}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
results["config"]["limit"] = int(limit.group(1)) if limit else None
output.with_name(f"results_{stamp}.json").write_text(json.dumps(results))
with open(os.environ["SKIAGRAM_ASKED"], "a") as log:
    log.write(json.dumps({"checkpoint": checkpoint, "samples": samples}) + "\n")
