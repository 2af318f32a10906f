"""Times of NumPy and SciPy: reads {"case": [n, ...]} from argv[1], prints {"about": versions, "times": {"case": {n: ms}}}. Processor time of one call, the least over batches."""
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


def about():
    """NumPy's version and the linear algebra it runs on: OpenBLAS names the processor its kernels were written for."""
    blas = "an unknown BLAS"
    try:
        with open("/proc/self/maps") as maps:
            path = next(line.split()[-1] for line in maps if "openblas" in line)
        library = ctypes.CDLL(path)
        library.openblas_get_corename.restype = library.openblas_get_config.restype = ctypes.c_char_p
        version = " ".join(library.openblas_get_config().decode().split()[:2])
        blas = f"{version} with its {library.openblas_get_corename().decode()} kernels"
    except (OSError, StopIteration, AttributeError):
        pass
    return f"NumPy {np.__version__}, SciPy {scipy.__version__} on {blas}, one thread"


spec, budget = json.loads(sys.argv[1]), float(sys.argv[2])
times = {case: {str(n): least(CASES[case](n), budget) for n in sizes} for case, sizes in spec.items()}
print(json.dumps({"about": about(), "times": times}))
