/** Null when the output passes the case, else the first difference. */
export function judge(testCase: unknown, output: unknown): string | null;
