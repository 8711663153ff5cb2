"""The synthetic task families of the tiny example: one generator per family.

Every family has four variants (alphabets or bracket kinds), and a variant is one benchmark task.
An item is a prompt and its answer, both plain characters: `S:dbca=` is answered by `abcd.`,
where the full stop ends the answer. Benchmark items use the whole range of lengths of a family;
training may be held to the short end of it, which leaves the long items to be learned later.

Training draws and benchmark items never meet: a checksum of the prompt assigns each prompt to
one side (`is_held_out`), and both sides reject the other's prompts.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass

ALPHABETS = {
    "digits": "0123456789",
    "early": "abcdefgh",
    "middle": "ijklmnop",
    "late": "qrstuvwx",
}
BRACKETS = {"round": "()", "square": "[]", "curly": "{}", "angle": "<>"}
CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz()[]{}<>.:=+BCDFINRST"
"""Every character that a prompt or an answer can hold."""

HELD_OUT_ONE_IN = 4


@dataclass(frozen=True)
class Item:
    """One question; `choices` is None for a free-form answer."""

    prompt: str
    answer: str
    choices: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Family:
    """A kind of question: its variants and the lengths of its strings."""

    name: str
    make: Callable[[random.Random, str, int], Item]
    short: tuple[int, int]
    full: tuple[int, int]
    variants: tuple[tuple[str, str], ...] = tuple(ALPHABETS.items())
    choice_count: int | None = None


@dataclass(frozen=True)
class Task:
    """One variant of a family."""

    family: Family
    variant: str
    alphabet: str

    @property
    def name(self) -> str:
        return f"tiny_{self.family.name}_{self.variant}"

    @property
    def chance(self) -> float:
        """What guessing earns: nothing for a free-form answer, 1/k among k choices."""
        return 0.0 if self.family.choice_count is None else 1 / self.family.choice_count

    def draw(self, rng: random.Random, *, full: bool, held_out: bool) -> Item:
        """Draws items of the short or the full range until one falls on the wanted side."""
        lengths = self.family.full if full else self.family.short
        while True:
            item = self.family.make(rng, self.alphabet, rng.randint(*lengths))
            if is_held_out(item.prompt) == held_out:
                return item


def is_held_out(prompt: str) -> bool:
    """Whether a prompt belongs to the benchmark side."""
    return zlib.crc32(prompt.encode()) % HELD_OUT_ONE_IN == 0


def _word(rng: random.Random, alphabet: str, length: int) -> str:
    return "".join(rng.choices(alphabet, k=length))


def _reversal(rng: random.Random, alphabet: str, length: int) -> Item:
    text = _word(rng, alphabet, length)
    return Item(f"R:{text}=", f"{text[::-1]}.")


def _sorting(rng: random.Random, alphabet: str, length: int) -> Item:
    text = _word(rng, alphabet, length)
    return Item(f"S:{text}=", f"{''.join(sorted(text))}.")


def _rotation(rng: random.Random, alphabet: str, length: int) -> Item:
    text = _word(rng, alphabet, length)
    return Item(f"T:{text}=", f"{text[2:]}{text[:2]}.")


def _copying(rng: random.Random, alphabet: str, length: int) -> Item:
    text = _word(rng, alphabet, length)
    return Item(f"C:{text}=", f"{text}.")


def _shift(rng: random.Random, alphabet: str, length: int) -> Item:
    text = _word(rng, alphabet, length)
    moved = "".join(alphabet[(alphabet.index(c) + 1) % len(alphabet)] for c in text)
    return Item(f"F:{text}=", f"{moved}.")


def _doubling(rng: random.Random, alphabet: str, length: int) -> Item:
    text = _word(rng, alphabet, length)
    return Item(f"D:{text}=", f"{''.join(c + c for c in text)}.")


def _interleaving(rng: random.Random, alphabet: str, length: int) -> Item:
    left, right = _word(rng, alphabet, length), _word(rng, alphabet, length)
    mixed = "".join(a + b for a, b in zip(left, right, strict=True))
    return Item(f"I:{left}+{right}=", f"{mixed}.")


def _second(rng: random.Random, alphabet: str, length: int) -> Item:
    text = rng.sample(alphabet, length)
    answer = sorted(text)[-2]
    choices = [answer, *rng.sample([c for c in text if c != answer], 3)]
    rng.shuffle(choices)
    return Item(f"N:{''.join(text)}=", answer, tuple(choices))


def _balanced(rng: random.Random, pair: str, half: int) -> str:
    text, depth, opened = "", 0, 0
    while len(text) < 2 * half:
        may_open, may_close = opened < half, depth > 0
        if may_open and (not may_close or rng.random() < 0.5):
            text, depth, opened = text + pair[0], depth + 1, opened + 1
        else:
            text, depth = text + pair[1], depth - 1
    return text


def _is_balanced(text: str, pair: str) -> bool:
    depth = 0
    for character in text:
        depth += 1 if character == pair[0] else -1
        if depth < 0:
            return False
    return depth == 0


def _swapped(rng: random.Random, text: str) -> str:
    """Two characters change places, so opening and closing ones stay equal in number."""
    first, second = sorted(rng.sample(range(len(text)), 2))
    return text[:first] + text[second] + text[first + 1 : second] + text[first] + text[second + 1 :]


def _brackets(rng: random.Random, pair: str, half: int) -> Item:
    text = _balanced(rng, pair, half)
    if rng.random() < 0.5:
        while _is_balanced(text, pair):
            text = _swapped(rng, text)
    return Item(f"B:{text}=", "y" if _is_balanced(text, pair) else "n", ("y", "n"))


FAMILIES = (
    Family("reversal", _reversal, short=(3, 5), full=(3, 8)),
    Family("sorting", _sorting, short=(3, 5), full=(3, 8)),
    Family("rotation", _rotation, short=(3, 5), full=(3, 8)),
    Family("copying", _copying, short=(4, 7), full=(4, 12)),
    Family("shift", _shift, short=(4, 6), full=(4, 10)),
    Family("doubling", _doubling, short=(2, 4), full=(2, 7)),
    Family("interleaving", _interleaving, short=(2, 3), full=(2, 5)),
    Family("second", _second, short=(4, 4), full=(4, 7), choice_count=4),
    Family(
        "brackets", _brackets, short=(2, 3), full=(2, 8),
        variants=tuple(BRACKETS.items()), choice_count=2,
    ),
)  # fmt: skip
TARGETED = ("reversal", "sorting", "rotation")
COVERAGE = tuple(family.name for family in FAMILIES if family.name not in TARGETED)


def all_tasks() -> list[Task]:
    """Every task of every family, in a fixed order."""
    return [
        Task(family, variant, alphabet)
        for family in FAMILIES
        for variant, alphabet in family.variants
    ]
