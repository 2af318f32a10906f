// The ways a routine can run: both compiled builds where this engine takes them, and the TypeScript twins.
import { afterAll, beforeEach, describe } from "vitest";
import { type Build, loadedKernels, supportedBuild, useKernels } from "../../../core/src/kernels/index.js";

const builds: (Build | null)[] = supportedBuild() === "relaxed" ? ["relaxed", "simd", null] : supportedBuild() === "simd" ? ["simd", null] : [null];

/** Runs the same claims on every build. */
export function onEveryBuild(title: string, claims: () => void): void {
  for (const build of builds)
    describe(`${title}, ${build ?? "TypeScript twins"}`, () => {
      useKernelsAround(build);
      claims();
    });
}

/** Runs claims about the compiled kernels alone. */
export function onCompiledBuilds(title: string, claims: () => void): void {
  for (const build of builds.filter((b) => b !== null))
    describe(`${title}, ${build}`, () => {
      useKernelsAround(build);
      claims();
    });
}

function useKernelsAround(build: Build | null): void {
  // Within a file tests run one after another, so the choice holds for the block.
  const choose = () => {
    if ((loadedKernels()?.build ?? null) !== build) useKernels(build);
  };
  beforeEach(choose);
  afterAll(() => useKernels(undefined));
}
