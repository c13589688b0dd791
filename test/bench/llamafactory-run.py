"""`llamafactory-run.py <model folder> <data folder> <rows> <precision>`: the run of real-run.ts by LLaMA-Factory.

For comparisons by hand (`npm run bench -- real --data DIR --against llamafactory --python PATH`); no test needs it.
Gradient checkpointing is off, which is the faster setting. Prints one JSON line; the runtime is the one that the run itself
reports, without loading.
"""

import json
import os
import resource
import sys
import tempfile
import time

model, data, rows, precision = sys.argv[1:5]
out = tempfile.mkdtemp(prefix="llamafactory-real-")

try:
    # Wheels of torch and torchaudio may name different CUDA versions; on a processor neither matters.
    import torchaudio._extension.utils as extension

    extension._check_cuda_version = lambda: None
except Exception:
    pass

from llamafactory.train.tuner import run_exp

before = time.process_time()
run_exp(
    {
        "model_name_or_path": model,
        "dataset_dir": os.path.abspath(data),
        "dataset": "alpaca_en_demo",
        "max_samples": int(rows),
        "template": "chatml",
        "stage": "sft",
        "do_train": True,
        "finetuning_type": "lora",
        "lora_rank": 8,
        "lora_target": "all",
        "per_device_train_batch_size": 2,
        "gradient_accumulation_steps": 8,
        "cutoff_len": 1024,
        "num_train_epochs": 1,
        "learning_rate": 1e-4,
        "logging_steps": 1,
        "save_strategy": "no",
        "report_to": "none",
        "disable_gradient_checkpointing": True,
        "use_cpu": True,
        "bf16": precision == "bfloat16",
        "output_dir": out,
    }
)
with open(os.path.join(out, "all_results.json"), encoding="utf-8") as file:
    results = json.load(file)
print(
    json.dumps(
        {
            "precision": precision,
            "rows": int(rows),
            "train_seconds": results["train_runtime"],
            "processor_seconds": round(time.process_time() - before, 1),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "train_loss": results["train_loss"],
        }
    )
)
