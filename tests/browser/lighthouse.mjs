// Lighthouse as a servant: reads {"url", "runs"} lines, answers each with one line of scores.
// One Chrome for all pages, started once; Lighthouse empties its caches before every run.
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const categories = ["performance", "accessibility", "best-practices", "seo"];
// The network here is loopback and the slow phone is simulated afterwards, so what is still to come comes soon.
const quiet = { pauseAfterFcpMs: 250, pauseAfterLoadMs: 250, networkQuietThresholdMs: 400, cpuQuietThresholdMs: 400 };
const chrome = await launch({
  chromePath: process.env.KOMAINU_CHROMIUM,
  chromeFlags: ["--headless=new", ...JSON.parse(process.env.KOMAINU_CHROMIUM_FLAGS)],
  maxConnectionRetries: 100,
});

async function measure(url) {
  const { lhr } = await lighthouse(url, {
    port: chrome.port,
    logLevel: "silent",
    onlyCategories: categories,
    disableFullPageScreenshot: true,
    ...quiet,
  });
  if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
  const failed = categories.flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1)
      .map(({ id }) => ({
        category,
        id,
        title: lhr.audits[id].title,
        value: lhr.audits[id].displayValue ?? "",
        items: (lhr.audits[id].details?.items ?? []).slice(0, 3).map((i) => i.node?.snippet ?? i.description ?? i.url ?? ""),
      })),
  );
  const requests = lhr.audits["network-requests"].details.items
    .filter(({ url }) => url.startsWith("http"))
    .map(({ url, transferSize, resourceType }) => ({ url, bytes: transferSize, type: resourceType }));
  return {
    scores: Object.fromEntries(categories.map((c) => [c, Math.round(lhr.categories[c].score * 100)])),
    failed,
    requests,
  };
}

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { url, runs } = JSON.parse(line);
    try {
      const results = [];
      for (let n = 0; n < runs; n += 1) {
        results.push(await measure(url));
        const [first, second] = results.map(({ scores }) => scores.performance);
        if (n === 1 && runs === 3 && first === second) break; // the third cannot change the median
      }
      console.log(JSON.stringify({ results }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  }
} finally {
  chrome.kill();
}
