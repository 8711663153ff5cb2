"""Trains the tiny family: one base checkpoint and three trainings that start from it.

    python train.py [--out checkpoints] [--seed 7] [--only base narrow broad rebuilt]

The model is a small Llama over characters. The base sees only short strings of every family.

* `narrow`   a short, low-rate training on long strings of the targeted families, with short
             strings of the others replayed so that they stay where they were
* `broad`    long strings of every family at the full rate, with two checkpoints on the way
* `rebuilt`  the targeted families again, at a rate and decay that rewrite the weights

Weights are trained in float32 and saved in bfloat16, in the Hugging Face layout. The seed fixes
the data, the initial weights and the order of batches; another processor or another version of
PyTorch may still round differently, so the bits are only promised on one machine.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
from torch.nn import functional
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from transformers.utils import logging

from items import CHARACTERS, COVERAGE, FAMILIES, TARGETED, Item, Task, all_tasks

HERE = Path(__file__).resolve().parent
SPECIAL = ("<pad>", "<bos>", "<eos>", "<unk>")
VOCABULARY = {symbol: index for index, symbol in enumerate([*SPECIAL, *CHARACTERS])}
IGNORED = -100
"""The label that cross entropy skips: the loss is on the answer only."""

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Course:
    """One training: what is drawn, how long, and how hard the weights are pushed."""

    name: str
    steps: int
    rate: float
    mixture: Weights
    full_length: tuple[str, ...] = ()
    decay: float = 0.05
    warmup: int = 20
    batch: int = 128
    hold: float = 0.0
    """Share of the steps at the full rate before the cosine falls to zero."""
    saves: Mapping[int, str] = field(default_factory=dict)
    """Checkpoints kept on the way, by step."""


def mixture(targeted: float, coverage: float) -> dict[str, float]:
    """Sampling weights with one value for each side of the axis."""
    return {name: targeted for name in TARGETED} | {name: coverage for name in COVERAGE}


EVERY_FAMILY = tuple(family.name for family in FAMILIES)
BASE = Course(
    "base", steps=320, rate=2e-3, hold=0.3,
    mixture=mixture(1, 1) | {"reversal": 1.5, "sorting": 1.5, "rotation": 1.3},
)  # fmt: skip
COURSES = (
    Course(
        "narrow", steps=130, rate=6e-4, full_length=TARGETED,
        mixture=mixture(1.7, 1) | {"reversal": 2.6, "second": 2},
    ),
    Course(
        "broad", steps=360, rate=5e-3, decay=1.2, hold=0.5,
        mixture=mixture(1.3, 1), full_length=EVERY_FAMILY,
        saves={120: "broad-1", 240: "broad-2"},
    ),
    Course(
        "rebuilt", steps=280, rate=8e-3, decay=1.5, hold=0.5,
        mixture=mixture(1, 0), full_length=TARGETED,
    ),
)  # fmt: skip


def make_tokenizer() -> PreTrainedTokenizerFast:
    """One token per character."""
    tokenizer = Tokenizer(models.WordLevel(VOCABULARY, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), behavior="isolated")
    tokenizer.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        bos_token="<bos>",
        eos_token="<eos>",
        unk_token="<unk>",
        model_max_length=64,
        clean_up_tokenization_spaces=False,
    )


def make_model() -> LlamaForCausalLM:
    """Eight decoder layers, just under a million parameters."""
    config = LlamaConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=96,
        intermediate_size=320,
        num_hidden_layers=8,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=64,
        initializer_range=0.08,
        rms_norm_eps=1e-5,
        tie_word_embeddings=False,
        pad_token_id=VOCABULARY["<pad>"],
        bos_token_id=VOCABULARY["<bos>"],
        eos_token_id=VOCABULARY["<eos>"],
    )
    model = LlamaForCausalLM(config)
    writers = ("o_proj.weight", "down_proj.weight")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith(
                writers
            ):  # what writes to the residual stream starts quieter with depth
                parameter.mul_((2 * config.num_hidden_layers) ** -0.5)
    return model


def encode(items: list[Item]) -> tuple[torch.Tensor, torch.Tensor]:
    """Next-character inputs and labels, padded on the right; prompts carry no loss."""
    rows = [[VOCABULARY[c] for c in item.prompt + item.answer] for item in items]
    width = max(map(len, rows))
    tokens = torch.full((len(rows), width), VOCABULARY["<pad>"])
    labels = torch.full((len(rows), width), IGNORED)
    for index, (row, item) in enumerate(zip(rows, items, strict=True)):
        tokens[index, : len(row)] = torch.tensor(row)
        answer = slice(len(item.prompt), len(row))
        labels[index, answer] = tokens[index, answer]
    return tokens[:, :-1], labels[:, 1:]


def draw_batch(course: Course, tasks: list[Task], rng: random.Random) -> list[Item]:
    """A training batch: families by the mixture, variants evenly."""
    weights = [course.mixture[task.family.name] for task in tasks]
    return [
        task.draw(rng, full=task.family.name in course.full_length, held_out=False)
        for task in rng.choices(tasks, weights=weights, k=course.batch)
    ]


def rate_at(course: Course, step: int) -> float:
    """Linear warm-up, a plateau, then a cosine down to zero."""
    progress = (step - 1) / course.steps
    fall = max(0.0, (progress - course.hold) / (1 - course.hold))
    return course.rate * min(step / course.warmup, 0.5 * (1 + math.cos(math.pi * fall)))


def train(model: LlamaForCausalLM, course: Course, seed: int, out: Path) -> None:
    """Runs one course on the model, in place, and saves its checkpoints under `out`."""
    rng = random.Random(f"{seed}/{course.name}")
    tasks = all_tasks()
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=course.rate, betas=(0.9, 0.98), weight_decay=course.decay
    )
    started = time.monotonic()
    model.train()
    for step in range(1, course.steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(course, step)
        tokens, labels = encode(draw_batch(course, tasks, rng))
        logits = model(input_ids=tokens).logits
        loss = functional.cross_entropy(
            logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 50 == 0 or step == course.steps:
            elapsed = time.monotonic() - started
            print(
                f"{course.name} {step}/{course.steps} loss {loss.item():.3f} {elapsed:.0f} s",
                flush=True,
            )
        if step in course.saves:
            save_checkpoint(model, out / course.saves[step])
    save_checkpoint(model, out / course.name)


def save_checkpoint(model: LlamaForCausalLM, folder: Path) -> None:
    """Writes the Hugging Face layout in bfloat16, leaving the model itself in float32."""
    stored = LlamaForCausalLM(model.config).to(torch.bfloat16)
    stored.load_state_dict(model.state_dict())
    stored.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    make_tokenizer().save_pretrained(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "checkpoints")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--only", nargs="+", choices=["base", *(course.name for course in COURSES)],
        help="trainings to run; those after the base read it from --out",
    )  # fmt: skip
    options = parser.parse_args()
    wanted = options.only or ["base", *(course.name for course in COURSES)]

    logging.disable_progress_bar()
    torch.set_num_threads(1)  # sums do not depend on how many cores there are
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(options.seed)

    model = make_model()
    if "base" in wanted:
        print(f"{sum(p.numel() for p in model.parameters()):,} parameters", flush=True)
        train(model, BASE, options.seed, options.out)
    for course in COURSES:
        if course.name not in wanted:
            continue
        model = LlamaForCausalLM.from_pretrained(options.out / "base", dtype=torch.float32)
        train(model, course, options.seed, options.out)


if __name__ == "__main__":
    main()
