"""Times of NumPy and SciPy: reads {"case": [n, ...]} from argv[1], prints {"about": versions, "bits": width, "times": {"case": {n: ms}}}. Processor time of one call, the least over batches."""
import ctypes
import json
import sys
import time

import numpy as np
import scipy
import scipy.fft
import scipy.linalg

rng = np.random.default_rng(1)


def square(n):
    return rng.standard_normal((n, n))


def symmetric(n):
    a = square(n)
    return a + a.T


def definite(n):
    a = square(n)
    return a @ a.T + n * np.eye(n)


def unary(make, f):
    def bound(n):
        a = make(n)
        return lambda: f(a)

    return bound


def solve(n):
    a, b = square(n), rng.standard_normal(n)
    return lambda: np.linalg.solve(a, b)


def signal(n):
    x = rng.standard_normal(n) + 1j * rng.standard_normal(n)
    return lambda: scipy.fft.fft(x)


def real_signal(n):
    x = rng.standard_normal(n)
    return lambda: scipy.fft.rfft(x)


CASES = {
    "gemm": unary(square, lambda a: a @ a),
    "gemm32": unary(lambda n: square(n).astype("f4"), lambda a: a @ a),
    "lu": unary(square, lambda a: scipy.linalg.lu_factor(a, check_finite=False)),
    "solve": solve,
    "cholesky": unary(definite, np.linalg.cholesky),
    "inverse": unary(square, np.linalg.inv),
    "qr": unary(square, np.linalg.qr),
    "pivoted qr": unary(square, lambda a: scipy.linalg.qr(a, pivoting=True, mode="economic", check_finite=False)),
    "eigh": unary(symmetric, np.linalg.eigh),
    "eigvalsh": unary(symmetric, np.linalg.eigvalsh),
    "svd": unary(square, np.linalg.svd),
    "svdvals": unary(square, lambda a: np.linalg.svd(a, compute_uv=False)),
    "eig": unary(square, np.linalg.eig),
    "eigvals": unary(square, np.linalg.eigvals),
    "fft": signal,
    "rfft": real_signal,
}


def least(f, budget):
    f()
    count, best = 1, float("inf")
    while True:
        start = time.process_time()
        for _ in range(count):
            f()
        spent = time.process_time() - start
        best = min(best, spent / count)
        if spent >= 0.002:
            break
        count *= 3
    end = time.perf_counter() + budget / 1000
    while time.perf_counter() < end:
        start = time.process_time()
        for _ in range(count):
            f()
        best = min(best, (time.process_time() - start) / count)
    return best * 1000


#: The vectors of OpenBLAS's kernels by the processor they were written for, in bits; 128 for all others.
LANES = {"haswell": 256, "zen": 256, "sandybridge": 256, "skylakex": 512, "cooperlake": 512, "sapphirerapids": 512, "neoversev1": 256, "a64fx": 512}


def first(library, *names):
    """What the first of the named functions that exists says."""
    function = next(getattr(library, name) for name in names if hasattr(library, name))
    function.restype = ctypes.c_char_p
    return function().decode()


def blas():
    """What NumPy's linear algebra runs on, and the width of its vectors: OpenBLAS names the processor its kernels were written for."""
    try:
        with open("/proc/self/maps") as maps:
            path = next(line.split()[-1] for line in maps if "openblas" in line)
        library = ctypes.CDLL(path)
        # NumPy's own wheels carry a build with longer names
        config, core = (first(library, f"openblas_get_{what}", f"scipy_openblas_get_{what}64_", f"scipy_openblas_get_{what}") for what in ("config", "corename"))
        version = " ".join(config.split()[:2])
        bits = LANES.get(core.lower(), 128)
        return f"{version} with its {core} kernels (vectors of {bits} bits)", bits
    except (OSError, StopIteration, AttributeError):
        return "an unknown BLAS", 256


spec, budget = json.loads(sys.argv[1]), float(sys.argv[2])
name, bits = blas()
about = f"NumPy {np.__version__}, SciPy {scipy.__version__} on {name}, one thread"
times = {case: {str(n): least(CASES[case](n), budget) for n in sizes} for case, sizes in spec.items()}
print(json.dumps({"about": about, "bits": bits, "times": times}))
