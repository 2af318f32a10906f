// What the compiled module exports; the host's view of it is `Exports` in ../load.ts.
export { alloc, mark, release } from "./memory";
export { gemm, gemm32, gemmAlone, relocate, setThreads, setTileRows } from "./gemm";
export { maxAbs } from "./vector";
export { solveLower, solveUpper } from "./triangular";
export { lu, luInverse, luSolve } from "./lu";
export { cholesky } from "./cholesky";
export { pivotedQr, qr } from "./qr";
export { leadingSigns, scaleColumns } from "./columns";
export { symmetricEigen } from "./symmetric";
export { svd } from "./svd";
export { hessenberg } from "./hessenberg";
export { schur } from "./schur";
export { schurVectors } from "./eigenvectors";
export { fft, multiplyComplex, split, unpackReal } from "./fft";
export { fftPower } from "./fftPower";
