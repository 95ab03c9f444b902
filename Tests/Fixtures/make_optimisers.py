"""Records what torch.optim does in float64: optimisers, learning rates and L-BFGS, as JSON.

    python3 -m venv ENV && ENV/bin/pip install torch==2.13.0 numpy
    ENV/bin/python make_optimisers.py

Writes optimisers.json beside this file.
"""

import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
STEPS, COUNT = 50, 7

# Named as the tests name them; the settings are torch's.
RULES = {
    "sgd": (torch.optim.SGD, {}),
    "sgd decay": (torch.optim.SGD, {"weight_decay": 0.1}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "momentum decay": (torch.optim.SGD, {"momentum": 0.9, "weight_decay": 0.1}),
    "nesterov": (torch.optim.SGD, {"momentum": 0.8, "nesterov": True}),
    "nesterov decay": (torch.optim.SGD, {"momentum": 0.8, "nesterov": True, "weight_decay": 0.1}),
    "adagrad": (torch.optim.Adagrad, {}),
    "adagrad decay": (torch.optim.Adagrad, {"weight_decay": 0.1, "eps": 1e-3}),
    "rmsprop": (torch.optim.RMSprop, {}),
    "rmsprop decay": (torch.optim.RMSprop, {"alpha": 0.9, "weight_decay": 0.1, "eps": 1e-3}),
    "rmsprop momentum": (torch.optim.RMSprop, {"momentum": 0.9}),
    "rmsprop momentum decay": (torch.optim.RMSprop, {"momentum": 0.9, "weight_decay": 0.1}),
    "adam": (torch.optim.Adam, {}),
    "adam decay": (torch.optim.Adam, {"betas": (0.8, 0.95), "weight_decay": 0.1, "eps": 1e-3}),
    "adamw": (torch.optim.AdamW, {}),
    "adamw decay": (torch.optim.AdamW, {"betas": (0.8, 0.95), "weight_decay": 0.1}),
}


def record_rules(start, gradients, curvatures):
    """The parameters after each step along fixed gradients, the same for all rules, and at the end of a
    descent on ½ Σ c θ²."""
    runs = []
    for name, (rule, settings) in RULES.items():
        x = start.clone().requires_grad_(True)
        optimizer = rule([x], lr=0.05, **settings)
        path = []
        for gradient in gradients:
            x.grad = gradient.clone()
            optimizer.step()
            path.append(x.tolist())
        x = start.clone().requires_grad_(True)
        optimizer = rule([x], lr=0.05, **settings)
        for _ in range(STEPS):
            x.grad = (curvatures * x).detach()
            optimizer.step()
        runs.append({"name": name, "path": path, "quadratic": x.tolist()})
    return runs


def rates(steps, make):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
    scheduler = make(optimizer)
    result = []
    for _ in range(steps):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return result


def record_schedules():
    lr = torch.optim.lr_scheduler

    def warm_up(optimizer, steps, after, **start):
        linear = lr.LinearLR(optimizer, total_iters=steps, **start)
        return lr.SequentialLR(optimizer, [linear, after(optimizer)], milestones=[steps])

    return {
        "step": rates(40, lambda o: lr.StepLR(o, 7, 0.5)),
        "exponential": rates(40, lambda o: lr.ExponentialLR(o, 0.9)),
        "cosine": rates(40, lambda o: lr.CosineAnnealingLR(o, 40)),
        "cosine minimum": rates(40, lambda o: lr.CosineAnnealingLR(o, 40, 0.01)),
        "one cycle": rates(40, lambda o: lr.OneCycleLR(o, 0.4, total_steps=40, cycle_momentum=False)),
        "one cycle other": rates(
            23, lambda o: lr.OneCycleLR(o, 0.4, total_steps=23, cycle_momentum=False, pct_start=0.45,
                                        div_factor=10, final_div_factor=100)),
        "warm-up step": rates(40, lambda o: warm_up(o, 10, lambda o: lr.StepLR(o, 7, 0.5))),
        "warm-up cosine": rates(
            40, lambda o: warm_up(o, 5, lambda o: lr.CosineAnnealingLR(o, 35), start_factor=0.1)),
    }


def record_plateaus():
    """Learning rates after each of the losses."""
    losses = [5, 4, 3.9999, 3.99, 4, 4, 4, float("nan"), 4, 3.5, 3.6, 3.7, 3.8, 3.9, 4, 4.1, 4.2, 4.3, 1,
              2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]
    settings = {
        "defaults": {}, "impatient": {"patience": 1, "factor": 0.5},
        "cooldown": {"patience": 2, "factor": 0.5, "cooldown": 3},
        "threshold": {"patience": 2, "factor": 0.5, "threshold": 0.3},
        "minimum": {"patience": 0, "factor": 0.5, "min_lr": 0.02},
        "smallest change": {"patience": 0, "factor": 0.5, "eps": 0.01},
    }
    runs = {}
    for name, setting in settings.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
        scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **setting)
        runs[name] = []
        for loss in losses:
            scheduler.step(loss)
            runs[name].append(optimizer.param_groups[0]["lr"])
    return {"losses": [None if loss != loss else loss for loss in losses], "rates": runs}


def rosenbrock(x):
    """Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)², with its gradient written out."""
    a, b = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    gradient = torch.zeros_like(x)
    gradient[1:] += 200 * a
    gradient[:-1] += -400 * a * x[:-1] - 2 * b
    return (100 * a**2 + b**2).sum(), gradient


def record_lbfgs(start, iterations):
    """Points after each iteration, and how often the function was evaluated."""
    x = torch.tensor(start).requires_grad_(True)
    # 26 evaluations leave the line search 25 tries beside the first; no absolute tolerance stops it.
    optimizer = torch.optim.LBFGS([x], max_iter=1, max_eval=26, tolerance_grad=0, tolerance_change=0,
                                  history_size=10, line_search_fn="strong_wolfe")
    path, evaluations = [], 0

    def closure():
        nonlocal evaluations
        evaluations += 1
        loss, gradient = rosenbrock(x.detach())
        x.grad = gradient
        return loss

    for _ in range(iterations):
        optimizer.step(closure)
        path.append(x.tolist())
    return {"start": start, "path": path, "evaluations": evaluations}


if __name__ == "__main__":
    generator = torch.Generator().manual_seed(1)
    start = torch.randn(COUNT, generator=generator)
    gradients = torch.randn(STEPS, COUNT, generator=generator)
    # Sizes from 1e-4 to 100, and one gradient that is always zero.
    gradients *= 10 ** torch.linspace(-4, 2, COUNT)
    gradients[:, 3] = 0
    curvatures = 10 ** torch.linspace(-2, 1, COUNT)
    record = {
        "start": start.tolist(), "gradients": gradients.tolist(), "curvatures": curvatures.tolist(),
        "rules": record_rules(start, gradients, curvatures), "schedules": record_schedules(),
        "plateaus": record_plateaus(),
        "rosenbrock": [record_lbfgs([-1.2, 1.0], 25), record_lbfgs([-1.2, 1.0, 0.5, -0.7, 2.0], 25)],
    }
    (HERE / "optimisers.json").write_text(json.dumps(record))
