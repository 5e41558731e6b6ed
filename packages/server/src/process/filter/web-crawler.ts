/** Crawlers by what they call themselves (ingest sheet 9). A health-checking `Slackbot 1.x` fetches for people. */
const CRAWLER = new RegExp(
  [
    "Mediapartners-Google",
    "AdsBot-Google",
    "Googlebot",
    "FeedFetcher-Google",
    "BingBot",
    "BingPreview",
    "Baiduspider",
    "Slurp",
    "Sogou",
    "facebook",
    "ia_archiver",
    String.raw`bots?[/\s);]`,
    String.raw`spider[/\s);]`,
    String.raw`Slack(?!bot 1\.)`,
    "Calypso AppCrawler",
    "pingdom",
    "lyticsbot",
    "AWS Security Scanner",
    "HubSpot Crawler",
    "Bytespider",
    "Better Uptime",
  ].join("|"),
  "i",
);

/** The exception above must not be caught by the rule for all bots. */
const SLACKBOT_1 = /Slackbot 1\./i;

/** True for the user agent of a search engine, a link preview or an uptime checker. */
export function isWebCrawler(userAgent: string): boolean {
  return CRAWLER.test(userAgent) && !SLACKBOT_1.test(userAgent);
}
