"""Writes the offline lm-eval tasks of the tiny example.

    python make_tasks.py [--out tasks] [--seed 20260408] [--items 200]

One YAML file per task, its items beside it in `data/`, and the map from tasks to families in
`families.yaml`. The same seed writes the same bytes. Data paths are relative to the tasks
folder, so lm-eval has to run with that folder as its working directory.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable
from pathlib import Path

from items import COVERAGE, TARGETED, Item, Task, all_tasks

HERE = Path(__file__).resolve().parent

YAML_HEAD = """\
task: {name}
dataset_path: json
dataset_kwargs: {{data_files: {{test: data/{name}.jsonl}}}}
test_split: test
"""
FREE_FORM = """\
output_type: loglikelihood
doc_to_text: "{{prompt}}"
doc_to_target: "{{answer}}"
"""
CHOICE = """\
output_type: multiple_choice
doc_to_text: "{{prompt}}"
doc_to_choice: choices
doc_to_target: gold
"""
YAML_TAIL = """\
target_delimiter: ""
num_fewshot: 0
metric_list:
  - {metric: acc, aggregation: mean, higher_is_better: true}
metadata: {version: 1.0}
"""


def benchmark_items(task: Task, count: int, seed: int) -> list[Item]:
    """Draws `count` different held-out items."""
    rng = random.Random(f"{seed}/{task.name}")
    items: dict[str, Item] = {}
    while len(items) < count:
        item = task.draw(rng, full=True, held_out=True)
        items.setdefault(item.prompt, item)
    return list(items.values())


def as_row(item: Item) -> dict[str, object]:
    """The document that lm-eval reads."""
    if item.choices is None:
        return {"prompt": item.prompt, "answer": item.answer}
    return {
        "prompt": item.prompt,
        "choices": list(item.choices),
        "gold": item.choices.index(item.answer),
    }


def task_yaml(task: Task) -> str:
    """The lm-eval definition of one task."""
    body = FREE_FORM if task.family.choice_count is None else CHOICE
    return YAML_HEAD.format(name=task.name) + body + YAML_TAIL


def families_yaml(tasks: Iterable[Task]) -> str:
    """The family map: titles, tasks with their chance level, and the declared axis."""
    lines = ["families:"]
    family = None
    for task in tasks:
        if task.family.name != family:
            family = task.family.name
            lines += [f"  {family}:", f"    title: {family.capitalize()}", "    tasks:"]
        source = (
            "free-form answer, exact match"
            if task.family.choice_count is None
            else f"one of {task.family.choice_count} choices"
        )
        lines.append(
            f"      {task.name}: "
            f'{{metric: acc, chance: {task.chance:g}, max: 1, source: "{source}"}}'
        )
    lines += [
        "axis:",
        f"  targeted: [{', '.join(TARGETED)}]",
        f"  coverage: [{', '.join(COVERAGE)}]",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "tasks")
    parser.add_argument("--seed", type=int, default=20260408)
    parser.add_argument("--items", type=int, default=200, help="items per task")
    options = parser.parse_args()

    data = options.out / "data"
    data.mkdir(parents=True, exist_ok=True)
    for task in all_tasks():
        rows = [as_row(item) for item in benchmark_items(task, options.items, options.seed)]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (data / f"{task.name}.jsonl").write_text(text, encoding="utf-8")
        (options.out / f"{task.name}.yaml").write_text(task_yaml(task), encoding="utf-8")
    (options.out.parent / "families.yaml").write_text(families_yaml(all_tasks()), encoding="utf-8")
    print(f"{len(all_tasks())} tasks of {options.items} items in {options.out.name}/")


if __name__ == "__main__":
    main()
