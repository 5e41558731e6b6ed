import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { mockServer } from "./dev/mock-plugin.js";

/** Set `VEDETTE_API=http://127.0.0.1:9000` to develop against a real server; without it fixtures answer. */
const api = process.env["VEDETTE_API"];

export default defineConfig({
  plugins: [react(), tailwindcss(), ...(api ? [] : [mockServer()])],
  server: { host: "127.0.0.1", port: 9001, ...(api ? { proxy: { "/api": { target: api } } } : {}) },
  build: { target: "es2022", sourcemap: false, assetsInlineLimit: 0, reportCompressedSize: true },
});
