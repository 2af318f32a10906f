// The arena: one linear memory, a bump pointer, and mark/release around every call.

/** Tells the host that the memory cannot grow by what was asked; the host throws, so this never returns. */
@external("env", "refuse")
declare function refuse(bytes: f64): void;

let top: usize = (__heap_base + 63) & ~63;

/** A block of `bytes`, aligned to a cache line, valid until the mark below it is released. */
export function alloc(bytes: usize): usize {
  const block = top;
  const end = <u64>top + <u64>bytes + 63;
  if (end > 0xffff0000) refuse(<f64>bytes);
  top = <usize>end & ~63;
  const missing = <i32>((top + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(max(missing, 64)) < 0 && memory.grow(missing) < 0) {
    top = block;
    refuse(<f64>bytes);
  }
  return block;
}

/** `count` float64 numbers. */
export function allocNumbers(count: usize): usize {
  return alloc(count << 3);
}

/** A rows x columns float64 matrix; the size is formed without overflow. */
export function allocMatrix(rows: i32, columns: i32): usize {
  const bytes = <u64>rows * <u64>columns * 8;
  if (bytes > 0xfff00000) refuse(<f64>bytes);
  return alloc(<usize>bytes);
}

/** `count` 32-bit integers. */
export function allocIndices(count: usize): usize {
  return alloc(count << 2);
}

export function mark(): usize {
  return top;
}

export function release(to: usize): void {
  top = to;
}

/** Moves the arena to `base`: instances that share one memory keep apart. */
export function moveArena(base: usize): void {
  top = (base + 63) & ~63;
}
