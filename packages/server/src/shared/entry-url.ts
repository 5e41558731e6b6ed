/**
 * Says where the built form of a child-process or worker entry lies.
 *
 * A child runs plain JavaScript, so it must start from `dist` even when its parent was loaded from `src`
 * (as Vitest does). From `dist` the address is only resolved.
 *
 * @param moduleUrl `import.meta.url` of the module which spawns the child
 * @param relativePath path of the entry from that module, with its `.js` ending, such as `./engine.js`
 * @returns file URL of the JavaScript entry; whether the file exists is not checked
 */
export function entryUrl(moduleUrl: string, relativePath: string): URL {
  const url = new URL(relativePath, moduleUrl);
  if (!moduleUrl.endsWith(".ts")) {
    return url;
  }
  const sourceFolder = url.pathname.lastIndexOf("/src/");
  const before = url.pathname.slice(0, sourceFolder);
  const after = url.pathname.slice(sourceFolder + "/src/".length);
  url.pathname = `${before}/dist/${after.replace(/\.ts$/, ".js")}`;
  return url;
}
