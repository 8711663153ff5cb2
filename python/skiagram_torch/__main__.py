"""Started as a folder (`python -B …/skiagram_torch`), so that no file of the working folder can replace a module."""

import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from skiagram_torch.worker import main  # noqa: E402

main()
