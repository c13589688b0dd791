"""`peft-speed.py <model folder> <steps>`: the steps of train-speed.ts by transformers and PEFT, in float32 and in bfloat16.

For comparisons by hand (`npm run bench -- train --against python --python PATH`); no test needs it. Prints one JSON line
for the better of the two, with gradient checkpointing off, which is the faster setting.
"""

import json
import resource
import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

ROWS, LENGTH = 2, 256
folder, steps = sys.argv[1], int(sys.argv[2])


def random_ids(vocabulary: int) -> torch.Tensor:
    """The ids of train-speed.ts: xorshift32 from 777."""
    state, ids = 777, []
    for _ in range(ROWS * LENGTH):
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        ids.append(state % vocabulary)
    return torch.tensor(ids).reshape(ROWS, LENGTH)


def measure(half: bool) -> dict:
    torch.manual_seed(0)
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    model = get_peft_model(base, LoraConfig(r=8, lora_alpha=16, target_modules="all-linear", task_type="CAUSAL_LM"))
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-4, weight_decay=0)
    ids = random_ids(base.config.vocab_size)
    seconds, processor = [], []
    for _ in range(steps):
        started, before = time.perf_counter(), time.process_time()
        optimizer.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        optimizer.step()
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - before)
    return {
        "precision": "bfloat16" if half else "float32",
        "loss": loss.item(),
        "tokens_per_second": ROWS * LENGTH / min(seconds),
        "processor_seconds_per_step": min(processor),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


print(json.dumps(max((measure(half) for half in (False, True)), key=lambda run: run["tokens_per_second"])))
