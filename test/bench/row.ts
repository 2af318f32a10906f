// One line of a benchmark: what was measured, against whom, and whether the goal is met.

export interface Row {
  readonly suite: string;
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string;
  readonly peerValue: number;
  /** Ours over the peer's when the goal is "<=", the peer's over ours when it is ">=". */
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
  /** Residual and orthogonality, or what explains the number. */
  readonly note?: string;
}

/** A row whose verdict follows from the goal, such as "<= 1.1" or ">= 8"; an empty goal is always met. */
export function row(fields: Omit<Row, "met" | "ratio"> & { ratio?: number }): Row {
  const [sense, bound] = fields.goal.split(" ");
  const ratio = fields.ratio ?? (sense === ">=" ? fields.peerValue / fields.value : fields.value / fields.peerValue);
  const met = sense === ">=" ? ratio >= Number(bound) : sense === "<=" ? ratio <= Number(bound) : true;
  return { ...fields, ratio, met };
}
