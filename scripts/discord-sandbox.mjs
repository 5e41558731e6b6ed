// `npm run discord-sandbox -- --port 9010`: the stand-in for Discord, from a fresh clone too.
import { ensureReady } from "./ready.mjs";

await ensureReady({ web: false });
await import("../packages/discord-sandbox/dist/main.js");
