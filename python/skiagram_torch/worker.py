"""Requests as JSON lines on standard input, answers as JSON lines on standard output, nothing else there.

    {"id": 1, "kind": "spectrum", "tensors": [location]}            one of the six questions of the engine port
    {"id": 2, "kind": "perturbed", "tensors": [location], "noiseNorm": 0.5, "seed": 7}
    {"id": 3, "kind": "overlap", "tensors": [reference, subject], "ranks": [1, 8]}
    {"cancel": 1}                                                   its answer is no longer wanted

    {"hello": {"torch": "2.15.0", "device": "cuda", "name": "…"}}   first, once
    {"id": 1, "started": true}
    {"id": 1, "values": "base64 of little-endian float64"}
    {"id": 2, "error": {"code": "weights-not-finite", "tensor": 0, "details": [1, 0, 64]}}

When standard input ends, the process ends at once, whatever it is doing: its parent is gone.
"""

import argparse
import base64
import json
import os
import sys
import threading
import traceback
from collections import deque


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--batch", type=int, default=0, help="matrices of one size decomposed at once; 0: 16 on CUDA, else 1")
    options = parser.parse_args()
    # Whatever a library prints goes to standard error.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)

    def say(message):
        answers.write(json.dumps(message, allow_nan=False) + "\n")
        answers.flush()

    try:
        import numpy  # noqa: F401
        import torch
    except ImportError as error:
        say({"error": {"code": "torch-missing", "details": [str(error)]}})
        return
    torch.set_num_threads(options.threads)
    torch.set_grad_enabled(False)
    device = options.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    name = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {options.threads} threads"
    say({"hello": {"torch": torch.__version__, "device": device, "name": name}})
    queue = Queue()
    threading.Thread(target=queue.fill, args=(sys.stdin.buffer,), daemon=True).start()
    batch = options.batch or (16 if device == "cuda" else 1)
    while True:
        serve(queue, device, batch, say)


class Queue:
    """Requests in the order of arrival, without those that were cancelled meanwhile."""

    def __init__(self):
        self.requests = deque()
        self.changed = threading.Condition()

    def fill(self, lines):
        try:
            for line in lines:
                self.put(json.loads(line))
        finally:
            os._exit(0)

    def put(self, message):
        with self.changed:
            if "cancel" in message:
                self.requests = deque(entry for entry in self.requests if entry["id"] != message["cancel"])
            else:
                self.requests.append(message)
                self.changed.notify()

    def take(self, limit):
        """The next request, and up to `limit` in all of later ones that can be decomposed together with it; waits."""
        with self.changed:
            while not self.requests:
                self.changed.wait()
            taken = [self.requests.popleft()]
            if taken[0]["kind"] == "spectrum" and limit > 1 and short_side(taken[0]) <= 1024:
                for entry in list(self.requests):
                    if len(taken) == limit:
                        break
                    if entry["kind"] == "spectrum" and short_side(entry) == short_side(taken[0]):
                        taken.append(entry)
                        self.requests.remove(entry)
            return taken


def short_side(request):
    return min(request["tensors"][0]["shape"])


def serve(queue, device, batch, say):
    """Answers one request, or several of one size at once."""
    requests = queue.take(batch)
    for request in requests:
        say({"id": request["id"], "started": True})
    if len(requests) > 1 and together(requests, device, say):
        return
    for request in requests:
        answer(request, device, say, lambda: compute(request, device))


def together(requests, device, say):
    """One decomposition for all; false, with nothing answered, where the device has no room for that."""
    import torch

    from skiagram_torch import spectra

    sources, products = [], []
    try:
        for request in requests:
            [source] = tensors_of(request, device)
            sources.append(source)
            products.append(spectra.gram(source))
        values = torch.linalg.eigvalsh(torch.stack(products))
    except Exception:  # Each is tried again on its own, and then has an error of its own.
        sources = products = None
        free(device)
        return False
    for request, source, product, own in zip(requests, sources, products, values):
        answer(request, device, say, lambda: spectra.from_gram(source, product, own))
    return True


def answer(request, device, say, work):
    from skiagram_torch.refusal import Refusal

    try:
        say({"id": request["id"], "values": encoded(work())})
    except Refusal as refusal:
        say({"id": request["id"], "error": {"code": refusal.code, "tensor": refusal.tensor, "details": refusal.details}})
    except Exception as error:
        traceback.print_exc()
        code = "device-memory" if is_memory(error) else "internal"
        free(device)
        say({"id": request["id"], "error": {"code": code, "tensor": 0, "details": [f"{type(error).__name__}: {error}"]}})


def compute(request, device):
    from skiagram_torch import spectra

    tensors = tensors_of(request, device)
    kind = request["kind"]
    if kind == "spectrum":
        return spectra.spectrum(*tensors)
    if kind == "pair":
        return spectra.pair(*tensors)
    if kind == "perturbed":
        return spectra.perturbed(*tensors, request["noiseNorm"], request["seed"])
    if kind == "difference":
        return spectra.difference(*tensors)
    if kind == "overlap":
        return spectra.overlap(*tensors, request["ranks"])
    if kind == "medianChange":
        return [spectra.median_change(*tensors)]
    raise ValueError(f"unknown question {kind}")


def tensors_of(request, device):
    from skiagram_torch.tensors import Tensor

    return [Tensor(location, place, device) for place, location in enumerate(request["tensors"])]


def encoded(values):
    import numpy

    numbers = values.cpu().numpy() if hasattr(values, "cpu") else values
    return base64.b64encode(numpy.asarray(numbers, dtype="<f8").tobytes()).decode("ascii")


def is_memory(error):
    import torch

    if isinstance(error, (MemoryError, torch.cuda.OutOfMemoryError)):
        return True
    return isinstance(error, RuntimeError) and ("can't allocate memory" in str(error) or "out of memory" in str(error))


def free(device):
    """Gives cached blocks back to the device, so that the next try finds all of its memory."""
    if device == "cuda":
        import torch

        torch.cuda.empty_cache()
