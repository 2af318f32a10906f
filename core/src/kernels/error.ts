// What a kernel reports; linalg turns it into its own errors.

export class KernelError extends Error {
  override readonly name = "KernelError";
  constructor(
    readonly kind: "nonfinite" | "too-large" | "no-convergence" | "unsupported",
    message: string,
  ) {
    super(message);
  }
}
