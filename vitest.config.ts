import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/core/**/*.test.ts",
      "test/golden/**/*.test.ts",
      "test/formula/**/*.test.ts",
      "test/papers/**/*.test.ts",
      "test/fuzz/**/*.test.ts",
      "test/vscode/**/*.test.ts",
    ],
    testTimeout: 30_000,
    pool: "threads",
  },
});
