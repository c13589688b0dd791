/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The trainer's own typecheck (`npm run check`) covers the pages; building twice would double the first start.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default config;
