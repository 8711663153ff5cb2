"""Writes a checkpoint of the example's kind with random weights of another width: `larger_model.py FROM TO HIDDEN`."""

import shutil
import sys
from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForCausalLM

source, target, hidden = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
torch.manual_seed(1)
config = AutoConfig.from_pretrained(source)
config.hidden_size, config.intermediate_size = hidden, 3 * hidden
config.num_attention_heads, config.num_key_value_heads, config.head_dim = hidden // 32, hidden // 32, 32
model = AutoModelForCausalLM.from_config(config)
model.save_pretrained(target)
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copy(source / name, target / name)
print(sum(parameter.numel() for parameter in model.parameters()))
