// The peers in Python: NumPy and SciPy on one thread, with the kernels their OpenBLAS takes by itself.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The user's Python, or the system's. */
const INTERPRETERS = ["python3", "/usr/bin/python3"];

/** Runs a script of this folder and answers what it printed as JSON; null where Python, NumPy or SciPy is missing. */
export function python<T>(script: string, ...args: string[]): T | null {
  const path = fileURLToPath(new URL(script, import.meta.url));
  for (const interpreter of INTERPRETERS) {
    try {
      return JSON.parse(execFileSync(interpreter, [path, ...args], { env: environment(), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    } catch {
      // the next one may have them
    }
  }
  return null;
}

/** BENCH_BLAS=Haswell asks for other kernels than the best; what the surroundings ask for does not count. */
function environment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
  const asked = process.env.BENCH_BLAS;
  return { ...rest, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", ...(asked && { OPENBLAS_CORETYPE: asked }) };
}
