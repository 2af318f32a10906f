// Attention as a recurrent network: online softmax, recomputation in constant memory, linear attention, the price of caches.
export { attentionSteps, causalAttention, causalAttentionSteps } from "./causalAttention.js";
export * from "./kvCache.js";
export * from "./linearAttention.js";
export * from "./onlineSoftmax.js";
export * from "./recompute.js";
