"""The seeded noise of src/spectrum/noise.ts: the same integers, drawn on many lanes at once.

xoshiro128** steps its 128-bit state by a matrix over GF(2), so any power of that matrix jumps ahead. The stream is cut
into lanes of equal length whose first states are found by jumping; all lanes then step together as numpy vectors.
"""

import functools
import math

import numpy
import torch

MASK = 0xFFFFFFFF
MOST_LANES = 1 << 14
# Draws a lane; a multiple of the four that one pair of normals takes.
STEPS = 512


def scaled_noise(length, norm, seed, device):
    """`length` standard normals with Frobenius norm `norm`, float64, in the order of the stream."""
    noise = torch.empty(length, dtype=torch.float64, device=device)
    start = 0
    lanes = 1
    while lanes < MOST_LANES and lanes * STEPS < 2 * length + 2:
        lanes *= 2
    for draws in draw_blocks(seed, lanes, STEPS):
        block = normals(torch.from_numpy(draws.astype(numpy.int64)).to(device))
        stop = min(length, start + len(block))
        noise[start:stop] = block[: stop - start]
        start = stop
        if start == length:
            break
    return noise.mul_(norm / math.sqrt(float(torch.dot(noise, noise))))


def normals(draws):
    """Box–Muller, cosine first, on 53-bit uniforms of two draws each (high word first)."""
    uniforms = ((draws[0::2] >> 5) * 67_108_864 + (draws[1::2] >> 6)).to(torch.float64) / 9_007_199_254_740_992
    radius = torch.sqrt(-2 * torch.log(1 - uniforms[0::2]))
    angle = 2 * math.pi * uniforms[1::2]
    return torch.stack((radius * torch.cos(angle), radius * torch.sin(angle)), dim=1).reshape(-1)


def draw_blocks(seed, lanes, steps):
    """The outputs of the generator in order, as uint32 arrays of `lanes × steps`, without end."""
    first = first_state(seed)
    while True:
        state = lane_states(first, lanes, steps)
        outputs = numpy.empty((steps, lanes), dtype=numpy.uint32)
        for step in range(steps):
            outputs[step] = advance(state)
        yield outputs.T.reshape(-1)
        first = tuple(int(word[-1]) for word in state)


def first_state(seed):
    """Four words of splitmix32."""
    words = []
    state = seed & MASK
    for _ in range(4):
        state = (state + 0x9E3779B9) & MASK
        mixed = state ^ (state >> 16)
        mixed = (mixed * 0x21F0AAAD) & MASK
        mixed ^= mixed >> 15
        mixed = (mixed * 0x735A2D97) & MASK
        words.append(mixed ^ (mixed >> 15))
    return tuple(words)


def advance(state):
    """One step of every lane in place; returns what each lane drew."""
    a, b, c, d = state
    scrambled = rotated(b * numpy.uint32(5), 7) * numpy.uint32(9)
    shifted = b << numpy.uint32(9)
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d[:] = rotated(d, 11)
    return scrambled


def rotated(words, bits):
    return (words << numpy.uint32(bits)) | (words >> numpy.uint32(32 - bits))


def lane_states(first, lanes, steps):
    """States `steps` apart, beginning with `first`; filled by doubling."""
    state = numpy.empty((4, lanes), dtype=numpy.uint32)
    state[:, 0] = first
    filled = 1
    while filled < lanes:
        count = min(filled, lanes - filled)
        state[:, filled : filled + count] = applied(jump(steps * filled), state[:, :count])
        filled += count
    return state


@functools.cache
def jump(steps):
    """The matrix of `steps` steps: column i is the state that the i-th unit vector becomes, as four words."""
    if steps == 1:
        unit = numpy.zeros((4, 128), dtype=numpy.uint32)
        for bit in range(128):
            unit[bit // 32, bit] = 1 << (bit % 32)
        advance(unit)
        return unit
    half = jump(steps // 2)
    doubled = applied(half, half)
    return applied(jump(1), doubled) if steps % 2 else doubled


def applied(matrix, states):
    """Matrix times every column of `states` over GF(2)."""
    result = numpy.zeros_like(states)
    for bit in range(128):
        chosen = (states[bit // 32] >> numpy.uint32(bit % 32)) & numpy.uint32(1)
        result ^= matrix[:, bit : bit + 1] * chosen
    return result
