"""The questions of the engine port (src/spectrum/engine.ts), each a function of tensors to float64 numbers."""

import math

import torch

from skiagram_torch.noise import scaled_noise
from skiagram_torch.refusal import Refusal
from skiagram_torch.tensors import BLOCK

EPSILON = 2.0**-52
# A Gram eigenvalue below λ_max · n · ε · this has lost more than six digits.
SAFETY = 1e6


def spectrum(source):
    """Ascending eigenvalues of the short Gram matrix of `source` (see Tensor and Combined), clamped at 0."""
    return from_gram(source, gram(source))


def from_gram(source, product, eigenvalues=None):
    """`eigenvalues` may be given where they were computed with others at once."""
    if eigenvalues is None:
        eigenvalues = torch.linalg.eigvalsh(product)
    if len(eigenvalues) == 0:
        return eigenvalues
    smallest, largest = float(eigenvalues[0]), float(eigenvalues[-1])
    if largest > 0 and smallest < largest * len(eigenvalues) * EPSILON * SAFETY:
        return singular_squares(source)
    return eigenvalues.clamp(min=0)


def gram(source):
    """Gram matrix of the short side. Refuses weights whose squares overflow."""
    if source.rows <= source.cols:
        whole = source.matrix()
        product = whole @ whole.T
    else:
        product = torch.zeros((source.cols, source.cols), dtype=torch.float64, device=source.device)
        for block in source.blocks():
            product.addmm_(block.T, block)
    if not bool(torch.isfinite(product.diagonal()).all()):
        raise Refusal("weights-too-large", source.place)
    return product


def singular_squares(source):
    """Squared singular values. The triangle of a QR decomposition has the same ones; it grows a block of rows at a time."""
    triangle = None
    for block in long_blocks(source):
        stacked = block if triangle is None else torch.cat((triangle, block))
        triangle = torch.linalg.qr(stacked, mode="r").R
    # On CUDA the default driver trades accuracy of small values for speed.
    options = {"driver": "gesvd"} if triangle.is_cuda else {}
    return torch.linalg.svdvals(triangle, **options).square().flip(0)


def long_blocks(source):
    if source.rows <= source.cols:
        yield source.matrix().T
    else:
        yield from source.blocks(at_least=4 * source.cols)


def pair(reference, subject):
    """The eight sums of PairMoments after n, in its order."""
    sums = [[] for _ in range(8)]
    for before, after in zip(reference.blocks(), subject.blocks()):
        before, after = before.reshape(-1), after.reshape(-1)
        delta = after - before
        parts = torch.stack(
            (
                before.sum(),
                after.sum(),
                torch.dot(before, before),
                torch.dot(after, after),
                torch.dot(before, after),
                delta.sum(),
                torch.dot(delta, delta),
                delta.abs().sum(),
            )
        ).tolist()
        for total, part in zip(sums, parts):
            total.append(part)
    # fsum refuses infinities that cancel; plain sums let them through as they are.
    return [math.fsum(parts) if all(map(math.isfinite, parts)) else sum(parts) for parts in sums]


def overlap(reference, subject, ranks):
    """Mean squared cosine between the spaces of the k leading singular vectors (short side), for each k."""
    cosines = leading(reference).T @ leading(subject)
    squares = cosines.square()
    short = len(squares)
    return [float(squares[: min(k, short), : min(k, short)].sum()) / min(k, short) for k in ranks]


def leading(source):
    """Eigenvectors of the short Gram matrix as columns, largest eigenvalue first."""
    return torch.linalg.eigh(gram(source)).eigenvectors.flip(1)


def median_change(reference, subject):
    """Median of |w − w₀|/|w₀|; an entry that left 0 counts as infinite, one that stayed as unmoved."""
    changes = torch.cat([relative(*blocks).reshape(-1) for blocks in zip(reference.blocks(), subject.blocks())] or [torch.zeros(0)])
    count = len(changes)
    if count == 0:
        return 0.0
    upper = float(changes.kthvalue(count // 2 + 1).values)
    return upper if count % 2 else (float(changes.kthvalue(count // 2).values) + upper) / 2


def relative(before, after):
    return torch.where(before == after, 0.0, (after - before).abs() / before.abs())


class Combined:
    """A sum of two matrices, read block by block like a Tensor; errors about its squares name the second one's place."""

    def __init__(self, first, second, combine):
        self.first, self.second, self.combine = first, second, combine
        self.rows, self.cols, self.device, self.place = first.rows, first.cols, first.device, second.place

    def blocks(self, at_least=1):
        for before, after in zip(self.first.blocks(at_least), self.second.blocks(at_least)):
            yield self.combine(before, after)

    def matrix(self):
        return self.combine(self.first.matrix(), self.second.matrix())


class Noise:
    """Seeded Gaussian noise in the shape of `reference`, with Frobenius norm `norm`."""

    def __init__(self, reference, norm, seed):
        self.rows, self.cols, self.place = reference.rows, reference.cols, reference.place
        self.values = scaled_noise(self.rows * self.cols, norm, seed, reference.device).reshape(self.rows, self.cols)

    def blocks(self, at_least=1):
        step = max(at_least, BLOCK // max(1, self.cols), 1)
        for start in range(0, self.rows, step):
            yield self.values[start : start + step]

    def matrix(self):
        return self.values


def difference(reference, subject):
    return spectrum(Combined(reference, subject, lambda before, after: after - before))


def perturbed(reference, norm, seed):
    return spectrum(Combined(reference, Noise(reference, norm, seed), torch.add))
