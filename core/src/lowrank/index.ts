// Low-rank approximation: pseudo-inverses, truncated and randomised SVD, column-row products, interpolative decompositions, CUR, NMF.
export * from "./cr/index.js";
export * from "./cur.js";
export * from "./deim.js";
export * from "./id/index.js";
export * from "./leastSquaresFactor.js";
export * from "./leverageScores.js";
export * from "./nmf.js";
export * from "./pinv.js";
export * from "./pinvGradientDescent.js";
export * from "./pinvNewtonSchulz.js";
export * from "./pinvTikhonov.js";
export * from "./randomizedSvd.js";
export * from "./randomMatrix.js";
export * from "./spectrumSummary.js";
export * from "./truncatedSvd.js";
