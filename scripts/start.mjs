// `npm start`: makes ready, then becomes the server.
import { ensureReady } from "./ready.mjs";

await ensureReady();
await import("../packages/server/dist/main.js");
