import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { integrity } from './integrity.ts'

// A page in which somebody is signed in is never shown by anybody but this machine: the development server listens on loopback alone.
const LOOPBACK = '127.0.0.1'
const API = process.env.PASU_API ?? 'http://127.0.0.1:7380'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [react(), integrity()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The colours are written once for both themes with light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy allows no `data:` address, so nothing may be folded into one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One script, so that its one tag carries the hash of all code: see integrity.ts.
    rolldownOptions: { output: { codeSplitting: false } },
    chunkSizeWarningLimit: 1_000,
  },
  server: {
    host: LOOPBACK,
    proxy: { '/v1': API, '/journal': API, '/healthz': API, '/.well-known': API },
  },
})
