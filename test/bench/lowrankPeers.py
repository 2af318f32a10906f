"""Times and errors of SciPy's interpolative decomposition and pseudo-inverse: reads a list of {"rows", "cols", "k"} from argv[1]."""
import json
import sys
import time

import numpy as np
import scipy.linalg
import scipy.linalg.interpolative as sli


def decaying(m, n):
    rng = np.random.default_rng(1)
    u = np.linalg.qr(rng.standard_normal((m, n)))[0]
    v = np.linalg.qr(rng.standard_normal((n, n)))[0]
    return np.ascontiguousarray((u * 0.8 ** np.arange(n)) @ v.T)


def least(f, budget=0.5):
    best = float("inf")
    end = time.perf_counter() + budget
    while True:
        start = time.process_time()
        f()
        best = min(best, time.process_time() - start)
        if time.perf_counter() > end:
            return best * 1e3


out = []
for case in json.loads(sys.argv[1]):
    m, n, k = case["rows"], case["cols"], case["k"]
    a = decaying(m, n)
    idx, proj = sli.interp_decomp(a, k, rand=False)
    z = np.hstack([np.eye(k), proj])[:, np.argsort(idx)]
    tail = np.sqrt(np.sum(0.8 ** (2 * np.arange(k, n))))
    w = np.random.default_rng(2).standard_normal((m, n))
    x = scipy.linalg.pinv(w)
    out.append(
        {
            "id": least(lambda: sli.interp_decomp(a, k, rand=False)),
            "idError": float(np.linalg.norm(a - a[:, idx[:k]] @ z) / tail),
            "pinv": least(lambda: scipy.linalg.pinv(w)),
            "pinvError": float(np.linalg.norm(w @ x @ w - w) / np.linalg.norm(w)),
        }
    )
print(json.dumps(out))
