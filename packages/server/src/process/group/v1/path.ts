import { memoText } from "./memo.js";

/** What bundlers, frameworks and browsers put in front of a path. */
const SCHEME =
  /^(?:webpack-internal|webpack|turbopack|app|ng|vite|rsc|capacitor|ionic|meteor|package|phar|blob:https?|https?|\w[\w+.-]*-extension):\/*(?:\(?[\w-]+\)?\/(?=\.\/))?/;

/** Followed by a host, which differs between stages and regions. */
const WITH_HOST = /^(?:blob:)?(?:https?|capacitor|ionic|wss?):\/\/[^/]*\/?/;

/** Everything up to the end of a match belongs to the machine or the installation, not to the file. */
const ROOTS: readonly RegExp[] = [
  /^.*\/node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?/,
  /^.*\/(?:site-packages|dist-packages)\//,
  /^.*\/lib(?:64)?\/(?:python|pypy)\d[\d.]*\//,
  /^.*\/gems\/(?=[^/]+-\d)/,
  /^.*\/(?:pkg\/mod|go\/src)\//,
  /^.*\/\.cargo\/(?:registry\/src|git\/checkouts)\/[^/]+\//,
  /^\/?rustc\/[0-9a-f]+\//,
  /^.*\/(?:releases|deployments|deploys|revisions)\/[^/]*\d[^/]*\//,
  /^.*\/current\//,
  /^.*\/runner\/work\/[^/]+\/[^/]+\//,
  /^.*\/builds\/[^/]+\/[^/]+\//,
  /^\/?(?:private\/)?(?:var\/folders\/[^/]+\/[^/]+\/[^/]+|tmp|var\/tmp)\/(?:[^/]+\/)?/,
  /^.*\/(?:Containers|containers)\/Bundle\/Application\/[^/]+\//,
  /^\/data\/app\/[^/]+\/(?:[^/]+==?\/)?/,
  /^\/(?:usr\/src\/app|var\/task|var\/www\/html|app|code|workspace|workspaces|srv\/app|opt\/app|application|project|proc\/\d+)\//,
  /^\/(?:home|Users)\/[^/]+\/(?:app\/)?/,
  /^\/(?:root|srv|opt|mnt|var\/www|var\/lib)\//,
];

const TREES = "(?:src|app|apps|packages|services|dist|build|lib|server|cmd|internal|pkg|public)/";

/** In a full path the source tree begins here; what lies before is the machine's. */
const SOURCE_ROOT = new RegExp(`^(?!${TREES}).*?/(?=${TREES})`);

const DIRECTORY_NOISE =
  /(?:^|\/)(?:v?\d+(?:\.\d+)+(?:[-+][\w.]+)?|(?=[0-9a-f-]*\d)[0-9a-f]{7,}(?:-[0-9a-f]{4,}){0,4}|\d+|\d{6,}[\w-]*)(?=\/)/gi;

/** `serde-1.0.1/`, `yaml@v3.0.1/`, `.v3/`. */
const DIRECTORY_VERSION = /(?:[-@]v?\d+(?:\.\d+)*(?:[-+.][\w.+-]*)?|\.v\d+)(?=\/)/g;

const FILE_VERSION = /[-@.]v?\d+(?:\.\d+)+(?=[.-])/;
const HEX_PART = /[.\-_~](?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f]|\d{7,})[0-9a-f]{7,64}(?=\.|$|-)/gi;
const NUMBERED_CHUNK =
  /^(?:chunk[-.]?)?(?:\d+|(?=[0-9a-f]*\d)[0-9a-f]{8,})(?:\.chunk)?(?=\.(?:m?js|cjs|css)$)/i;
const SCRIPT_HASH = /[.-]([A-Za-z0-9_-]{8}|[A-Za-z0-9_]{10,24})(\.(?:chunk\.)?(?:min\.)?(?:m?js|cjs|css))$/;

/** A file name which is the same for the same source on every machine and in every release. Linear in its input. */
export const normalisePath: (path: string) => string = memoText(function computePath(raw) {
  const sourceless = withoutFile(raw);
  if (sourceless) return sourceless;
  let path = raw.includes("\\") ? raw.replaceAll("\\", "/") : raw;
  path = path.replace(/[?#].*$/, "").replace(/^(?:file:\/\/)?\/?[A-Za-z]:(?=\/)|^file:\/\/(?=\/)/, "");
  const isUrl = WITH_HOST.test(path);
  path = isUrl ? path.replace(WITH_HOST, "") : path.replace(SCHEME, "");
  path = path.replace(/^[~/]?\/?(?:\.{1,2}\/)+/, "").replace(/^~\//, "");
  if (!isUrl) path = withoutRoot(path);
  const slash = path.lastIndexOf("/") + 1;
  const folder = slash === 0 ? "" : normaliseFolder(path.slice(0, slash));
  return folder + normaliseFile(path.slice(slash));
});

/** Code that came from no file; what engines call it counts up or holds the text itself. */
function withoutFile(path: string): string | undefined {
  if (/^(?:data|blob):/.test(path)) return path.startsWith("data") ? "<data>" : "<blob>";
  if (/^(?:eval at |\(eval|VM\d+|debugger eval)/.test(path)) return "<eval>";
  return path.startsWith("<ipython-input") || path.includes("/ipykernel_") ? "<notebook>" : undefined;
}

function withoutRoot(path: string): string {
  const isFull = path.startsWith("/");
  let rest = path;
  for (const root of ROOTS) {
    const next = rest.replace(root, "");
    if (next === rest) continue;
    if (root === ROOTS.at(-1) || root === ROOTS.at(-2)) return next.replace(SOURCE_ROOT, "");
    return next;
  }
  if (isFull) rest = rest.replace(SOURCE_ROOT, "");
  return rest.startsWith("/") ? rest.slice(1) : rest;
}

function normaliseFolder(folder: string): string {
  const clean = folder.replace(DIRECTORY_VERSION, "").replace(DIRECTORY_NOISE, "");
  return clean.startsWith("/") ? clean.slice(1) : clean;
}

function normaliseFile(file: string): string {
  if (!/[\d~]|\.min\.|[A-Z_-]/.test(file)) return file;
  if (/^(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})$/i.test(file)) return "<id>";
  return file
    .replace(/\(\d+\) : .*$/, "")
    .replace(FILE_VERSION, "")
    .replace(HEX_PART, "")
    .replace(NUMBERED_CHUNK, "<chunk>")
    .replace(SCRIPT_HASH, (whole: string, hash: string, tail: string) => (isBundlerHash(hash) ? tail : whole))
    .replace(/\.min(?=\.\w+$)/, "")
    .replace(/\.chunk(?=\.\w+$)/, "")
    .replace(/^chunk(?=\.\w+$)/, "<chunk>");
}

/**
 * Bundlers hash in base 62 or 64 too (`index-BxK9_d2Q.js`), where a hash may look like a word. A digit, capitals
 * throughout, or humps no programmer writes tell them apart; one in twenty hashes without digits is missed.
 */
function isBundlerHash(text: string): boolean {
  const isMixed = /[a-z][A-Z]|[A-Z]{2}/.test(text);
  if (/[-_]/.test(text) && !isMixed) return false;
  if (/\d/.test(text)) return isMixed || /\d[A-Za-z]/.test(text);
  if (/^[A-Z]+$/.test(text)) return true;
  const humps = text.match(/[a-z][A-Z]/g)?.length ?? 0;
  return humps >= 2 || (humps >= 1 && /[A-Z]{2}/.test(text)) || /[A-Z]{2}[a-z]+[A-Z]/.test(text);
}
