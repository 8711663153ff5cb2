"""What the worker answers where it has no numbers."""


class Refusal(Exception):
    """A reason that the caller can name: `code` as in the engine port, the tensor's place among the call's tensors, details."""

    def __init__(self, code, tensor=0, *details):
        super().__init__(code)
        self.code = code
        self.tensor = tensor
        self.details = list(details)
