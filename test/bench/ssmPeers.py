"""Times of NumPy and SciPy on the formulas of the ssm-rope suite: prints {"case": ms}. Processor time of one call, the least of a few."""
import json
import time

import numpy as np
import scipy.linalg
import scipy.signal

rng = np.random.default_rng(1)


def least(f, seconds=0.6):
    f()
    best, spent = np.inf, 0.0
    while spent < seconds:
        t = time.process_time()
        f()
        t = time.process_time() - t
        best, spent = min(best, t), spent + max(t, 1e-4)
    return 1000 * best


def s4(n, length, dt=0.001):
    """The DPLR kernel in the form without the pole at z = -1, from the same factors."""
    k = np.arange(n)
    r = np.sqrt(2 * k + 1)
    a = -np.tril(np.outer(r, r), -1) - np.diag(k + 1.0)
    p = np.sqrt(k + 0.5)
    skew = a + np.outer(p, p) + 0.5 * np.eye(n)
    w, v = np.linalg.eigh(-1j * skew)
    lam, pv, bv, c = -0.5 + 1j * w, v.conj().T @ p, v.conj().T @ r, rng.standard_normal(n) @ v
    terms = np.stack([c * bv, c * pv, pv.conj() * bv, pv.conj() * pv])

    def run():
        h = np.pi * np.arange(length // 2 + 1) / length
        s, co = 2 / dt * np.sin(h), np.cos(h)
        inverse = 1 / (1j * s[:, None] - co[:, None] * lam)
        k00, k01, k10, k11 = (inverse @ terms.T).T
        return np.fft.irfft(np.exp(1j * h) * (k00 - co * k01 * k10 / (1 + co * k11)), length)

    return run


def rtf(d, length):
    a, b = rng.uniform(-1, 1, d) / d, rng.standard_normal(d)

    def run():
        return np.fft.irfft(np.fft.rfft(b, length) / np.fft.rfft(np.concatenate([[1.0], a]), length), length)

    return run


def s4d(n, length, dt=0.01):
    a = -0.5 + 1j * np.pi * np.arange(n)
    c = rng.standard_normal(n) + 0j

    def run():
        f = c * np.expm1(dt * a) / a
        return 2 * (f @ np.exp(np.outer(dt * a, np.arange(length)))).real

    return run


def convolution(length):
    k, u = rng.standard_normal(length), rng.standard_normal(length)
    return lambda: scipy.signal.fftconvolve(k, u)[:length]


def selective(length, channels, n):
    u, raw = rng.standard_normal((length, channels)), rng.standard_normal((length, channels))
    a, b, c = -rng.random((channels, n)), rng.standard_normal((length, n)), rng.standard_normal((length, n))

    def run():
        delta = np.logaddexp(0, raw)
        h, y = np.zeros((channels, n)), np.empty((length, channels))
        for t in range(length):
            h = np.exp(delta[t][:, None] * a) * h + (delta[t] * u[t])[:, None] * b[t]
            y[t] = h @ c[t]
        return y

    return run


def legs_exact(length, n):
    k = np.arange(n)
    r = np.sqrt(2 * k + 1)
    a = -np.tril(np.outer(r, r), -1) - np.diag(k + 1.0)
    u = rng.standard_normal(length)

    def run():
        x = np.zeros(n)
        x[0] = u[0]
        for t in range(1, length):
            x[0] -= u[t]
            x = scipy.linalg.expm(a * np.log((t + 1) / t)) @ x
            x[0] += u[t]
        return x

    return run


def decay(d, length):
    theta = 10000.0 ** (-2 * np.arange(d // 2) / d)
    return lambda: np.cos(np.outer(np.arange(length), theta)).sum(1)


def attention(length, d):
    q, k, v = (rng.standard_normal((length, d)) for _ in range(3))

    def run():
        s = q @ k.T / np.sqrt(d)
        s[np.triu_indices(length, 1)] = -np.inf
        w = np.exp(s - s.max(1, keepdims=True))
        return (w / w.sum(1, keepdims=True)) @ v

    return run


cases = {
    "s4 256 16384": s4(256, 16384),
    "rtf 256 16384": rtf(256, 16384),
    "s4d 32 16384": s4d(32, 16384),
    "convolution 1048576": convolution(2**20),
    "selective 4096 16 16": selective(4096, 16, 16),
    "legs 200 32": legs_exact(200, 32),
    "decay 128 65536": decay(128, 65536),
    "attention 512 64": attention(512, 64),
}
print(json.dumps({name: least(f) for name, f in cases.items()}))
