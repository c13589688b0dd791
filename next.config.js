/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The trainer's own typecheck (`npm run check`) covers the pages; building twice would double the first start.
  // Next rewrites a tsconfig.json that it finds; one that extends another it leaves alone.
  typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.pages.json" },
  // Messages come compiled from the server (components/i18n/compiled-words.ts); their parser stays off the pages.
  turbopack: { resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
  // A page comes over one machine's own wire, so few large files beat many small ones: they pack better.
  experimental: {
    turbopackChunking: {
      minChunkSize: 150_000,
      maxMergeChunkSize: 1_000_000,
      maxChunkCountPerGroup: 6,
    },
  },
  // The console compresses by itself, with brotli where the browser takes it (server/http/pages.ts).
  compress: false,
  devIndicators: false,
  // Next's development server would refuse its own live reload on the address that we print.
  allowedDevOrigins: ["127.0.0.1"],
  // Several development consoles on one tree (`npm start -- --dev`) each need a folder of their own.
  distDir: process.env.TUNEBOARD_PAGES ?? ".next",
};

export default config;
