// What a face on Node may use of the command line's room: threads.
export { nodeThreads } from "./threads.js";
