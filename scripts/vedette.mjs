// `npm run vedette -- plan -f vedette.yaml`: the command line from a checkout.
import { ensureReady } from "./ready.mjs";

await ensureReady({ web: false });
await import("../packages/cli/dist/main.js");
