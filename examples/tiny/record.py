"""Runs lm-eval on the tiny checkpoints and keeps its files under `recorded/`.

    python record.py [--only base narrow ...]

Each checkpoint gets the results file and the per-item samples as lm-eval wrote them, with three
changes: absolute paths become paths relative to this folder, the dump of the machine
(`pretty_env_info`) and the hash of the surrounding repository are emptied, and the sample files
are compressed. No number is touched.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from items import all_tasks

HERE = Path(__file__).resolve().parent
TASKS = HERE / "tasks"
CHECKPOINTS = ("base", "narrow", "broad-1", "broad-2", "broad", "rebuilt")
EMPTIED = ("pretty_env_info", "git_hash", "upper_git_hash")
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def run_lm_eval(checkpoint: str, scratch: Path) -> Path:
    """Evaluates one checkpoint on every task; returns the folder that lm-eval filled."""
    config = {
        "model": "hf",
        "model_args": {"pretrained": f"../checkpoints/{checkpoint}", "dtype": "float32"},
        "tasks": [task.name for task in all_tasks()],
        "include_path": ".",
        "num_fewshot": 0,
        "batch_size": 64,
        "device": "cpu",
        "output_path": str(scratch / "out"),
        "log_samples": True,
    }
    run_file = scratch / "run.yaml"
    run_file.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    environment = {**os.environ, **OFFLINE, "HF_HOME": str(scratch / "cache")}
    command = [sys.executable, "-m", "lm_eval", "run", "--config", str(run_file)]
    done = subprocess.run(command, cwd=TASKS, env=environment, capture_output=True, text=True)
    results = sorted((scratch / "out").rglob("results_*.json"))
    if done.returncode != 0 or len(results) != 1:
        raise SystemExit(f"lm-eval failed on {checkpoint}:\n{done.stderr[-4000:]}")
    return results[0].parent


def without_machine(value: object, scratch: Path) -> object:
    """A copy of a JSON value whose strings name no place on this machine."""
    if isinstance(value, dict):
        return {
            key: None if key in EMPTIED else without_machine(inner, scratch)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [without_machine(inner, scratch) for inner in value]
    if isinstance(value, str):
        return value.replace(str(HERE), ".").replace(str(scratch), "scratch")
    return value


def keep(written: Path, target: Path, scratch: Path) -> None:
    """Copies one run into `target`, replacing what was recorded there before."""
    target.mkdir(parents=True, exist_ok=True)
    for old in [*target.glob("results_*.json"), *target.glob("samples_*.jsonl.gz")]:
        old.unlink()
    for source in sorted(written.iterdir()):
        text = source.read_text(encoding="utf-8")
        if source.suffix == ".json":
            kept = json.dumps(
                without_machine(json.loads(text), scratch), indent=2, ensure_ascii=False
            )
            leak = re.search(r'"/[^"\s]*"', kept)
            if leak:
                raise SystemExit(f"{source.name} still holds a path: {leak.group()}")
            (target / source.name).write_text(kept, encoding="utf-8")
        else:
            packed = gzip.compress(text.encode(), mtime=0)
            (target / f"{source.name}.gz").write_bytes(packed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", default=CHECKPOINTS, choices=CHECKPOINTS)
    options = parser.parse_args()
    for checkpoint in options.only:
        started = time.monotonic()
        scratch = Path(tempfile.mkdtemp(prefix="tiny-record-"))
        try:
            keep(run_lm_eval(checkpoint, scratch), HERE / "recorded" / checkpoint, scratch)
        finally:
            shutil.rmtree(scratch)
        print(f"{checkpoint}: {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
