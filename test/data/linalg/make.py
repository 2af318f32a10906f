# Writes reference.json: small matrices and what NumPy, SciPy and mpmath say about them.
# Run: python3 make.py (numpy, scipy and mpmath needed). Values are compared by invariants that do not depend on signs or order.
import json
import numpy as np
import scipy.linalg as sl

rng = np.random.default_rng(20240607)
cases = []


def pack(a):
    a = np.asarray(a)
    out = {"rows": int(a.shape[0]), "columns": int(a.shape[1]), "data": [float(x) for x in a.real.ravel()]}
    if np.iscomplexobj(a):
        out["imag"] = [float(x) for x in a.imag.ravel()]
    return out


def values(v):
    v = np.asarray(v, dtype=complex)
    v = v[np.lexsort((v.imag.round(9), v.real.round(9)))]
    return {"re": [float(x) for x in v.real], "im": [float(x) for x in v.imag]}


def add(name, a, **expected):
    cases.append({"name": name, "a": pack(a), **expected})


def rand(m, n, cplx=False):
    a = np.round(rng.standard_normal((m, n)), 3)
    return a + 1j * np.round(rng.standard_normal((m, n)), 3) if cplx else a


for cplx in (False, True):
    kind = "complex" if cplx else "real"
    for n in (1, 2, 3, 5, 8, 13):
        a = rand(n, n, cplx)
        b = rand(n, 2, cplx)
        h = a + a.conj().T
        p = a @ a.conj().T + np.eye(n)
        sign, logabs = np.linalg.slogdet(a)
        det = np.linalg.det(a)
        vals, left = sl.eig(a, left=False, right=True)
        add(
            f"{kind} {n}x{n}",
            a,
            b=pack(b),
            det=[float(np.real(det)), float(np.imag(det))],
            logabs=float(logabs),
            inverse=pack(np.linalg.inv(a)),
            solve=pack(np.linalg.solve(a, b)),
            s=[float(x) for x in np.linalg.svd(a, compute_uv=False)],
            eigenvalues=values(vals),
            eigh=[float(x) for x in np.linalg.eigvalsh(h)],
            cholesky=pack(np.linalg.cholesky(p)),
            expm=pack(sl.expm(a)),
            sqrtm=pack(sl.sqrtm(p @ a @ np.linalg.inv(p) + 6 * np.eye(n))),
            logm=pack(sl.logm(a @ a + 30 * np.eye(n))),
            power=pack(sl.fractional_matrix_power(a @ a + 30 * np.eye(n), 0.7)),
            cosm=pack(sl.cosm(a)),
            sylvester=pack(sl.solve_sylvester(a, h + 20 * np.eye(n), a)),
            lyapunov=pack(sl.solve_continuous_lyapunov(a - 20 * np.eye(n), h)),
            stein=pack(sl.solve_discrete_lyapunov(a / 10, h)),
            pencil=values(sl.eigvals(a, p)),
            norms=[float(np.linalg.norm(a, k)) for k in (1, np.inf, "fro", 2, "nuc")],
            cond1=float(np.linalg.cond(a, 1)),
        )
    for m, n in ((6, 3), (3, 6), (9, 4), (1, 5), (5, 1)):
        a = rand(m, n, cplx)
        b = rand(m, 2, cplx)
        x, *_ = np.linalg.lstsq(a, b, rcond=None)
        add(
            f"{kind} {m}x{n}",
            a,
            b=pack(b),
            s=[float(x) for x in np.linalg.svd(a, compute_uv=False)],
            pinv=pack(np.linalg.pinv(a)),
            leastSquares=pack(x),
            rank=int(np.linalg.matrix_rank(a)),
        )
    for m, n, r in ((6, 6, 2), (8, 5, 3), (4, 7, 2)):
        a = np.round(rand(m, r, cplx) * 4) @ np.round(rand(r, n, cplx) * 4)
        b = rand(m, 1, cplx)
        x, *_ = np.linalg.lstsq(a, b, rcond=None)
        add(
            f"{kind} {m}x{n} of rank {r}",
            a,
            b=pack(b),
            s=[float(x) for x in np.linalg.svd(a, compute_uv=False)[:r]],
            pinv=pack(np.linalg.pinv(a, rcond=1e-13)),
            leastSquares=pack(x),
            rank=int(np.linalg.matrix_rank(a)),
        )

for name, a in (
    ("non-normal", np.array([[1, 1e3, 0], [0, 1.1, 1e3], [0, 0, 1.2]])),
    ("defective", np.array([[2.0, 1, 0], [0, 2, 1], [0, 0, 2]])),
    ("rotation", np.array([[0.0, -40], [40, 0]])),
    ("stiff", np.array([[-1000.0, 1], [0, -0.001]])),
    ("overscaled", np.array([[1.0, 1e6], [0, -1]])),
    ("Moler and Van Loan", np.array([[-49.0, 24], [-64, 31]])),
):
    # mpmath gives the exponential to 50 digits, so that cancellation shows as ours or theirs.
    import mpmath

    with mpmath.workdps(60):
        e = mpmath.expm(mpmath.matrix(a.tolist()), method="taylor")
        exact = np.array([[float(e[i, j]) for j in range(len(a))] for i in range(len(a))])
    add(f"exponential of {name}", a, expm=pack(exact))

for n in (1, 2, 7, 12, 30, 31, 37, 64, 74, 100):
    x = np.round(rng.standard_normal(n), 3)
    y = np.fft.fft(x)
    cases.append({"name": f"fft {n}", "signal": [float(v) for v in x], "fft": {"re": [float(v) for v in y.real], "im": [float(v) for v in y.imag]}})

for p in ([1, -6, 11, -6], [2, 0, 0, 0, -3], [1, 2, 3, 4, 5, 6], [1e-3, 1, 1e3], [3, 0, 1, 0, 0]):
    cases.append({"name": f"roots of {p}", "polynomial": [float(c) for c in p], "roots": values(np.roots(p))})


def short(x):
    if isinstance(x, float):
        return float(f"{x:.16g}")
    if isinstance(x, list):
        return [short(v) for v in x]
    if isinstance(x, dict):
        return {k: short(v) for k, v in x.items()}
    return x


with open("reference.json", "w") as f:
    meta = {"numpy": np.__version__, "scipy": __import__("scipy").__version__}
    json.dump({"meta": meta, "cases": short(cases)}, f, separators=(",", ":"))
    f.write("\n")
