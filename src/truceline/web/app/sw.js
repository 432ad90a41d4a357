// The service worker: the application and what was last read stay readable without a connection. Entries made
// offline are not its matter: the page keeps them itself (src/offline/queue.ts) and sends them when it can.
const FILES = ["/","/assets/AccordView-CS-0HRtP.js","/assets/AccountsView-CG56MGXH.js","/assets/CasesView-D5Imda4k.js","/assets/DesignationView-CYTkPdQZ.js","/assets/DeskView-BzSgnrHx.js","/assets/DraftsView-xvMUDovE.js","/assets/EffortView-B2YdO4rO.js","/assets/ExportsView-GKI-GzUh.js","/assets/LogView-CFzznJt1.js","/assets/MapView-o5yEkg7Q.js","/assets/PlaceMap-S1eJaTah.js","/assets/TimelineView-ByhaMPCl.js","/assets/bytes-DFlR9Cr5.js","/assets/countries-50m-BphFPm15.json","/assets/index-vLLmojFZ.css","/assets/index-zqINwGD8.js","/assets/layers-yrbUM2nR.js","/assets/locked-key-Dk5g9k99.js","/assets/maplibre-DF53C-6p.js","/assets/maplibre-Dpqvd_jw.css","/assets/maplibre-gl-worker-CZtFQQIV.mjs","/assets/noto-sans-arabic-arabic-wght-normal-BhzieyvS.woff2","/assets/noto-sans-cyrillic-wght-normal-B2hlT84T.woff2","/assets/noto-sans-latin-ext-wght-normal-W1qJv59z.woff2","/assets/noto-sans-latin-wght-normal-BYSzYMf3.woff2","/assets/react-AyOTluXZ.js","/assets/renew-N49_UW4o.js","/assets/rolldown-runtime-WkwZ5CU-.js","/assets/session-B1vxXK22.js","/assets/towns-BRNwBOYI.js","/assets/useKept-DEcBDv_A.js","/icon.svg","/manifest.webmanifest"];
const MESSAGES = ["en", "ar", "ru", "tr"].flatMap((language) =>
  ["app", "calendar", "report"].map((domain) => `/locale/${language}/${domain}.ftl`),
);
const APP = "app-e28b945167b05661";
const ANSWERS = "answers-1";
const MOST_ANSWERS = 400;
const PATIENCE_MS = 8000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(APP)
      .then((cache) =>
        cache.addAll([...FILES, ...MESSAGES].map((file) => new Request(file, { cache: "no-cache" }))),
      )
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name !== APP && name !== ANSWERS).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname === "/api/v1/session" && request.method !== "GET") {
    // Whoever signs in or out begins with nothing kept of somebody else's.
    event.waitUntil(caches.delete(ANSWERS));
    return;
  }
  if (request.method !== "GET" || url.pathname === "/api/v1/events") return;
  // Files are fetched to be kept elsewhere: they are no answers to read offline.
  if (/^\/api\/v1\/(exports|drafts)\/[^/]+\/(file|package|accord)$/.test(url.pathname)) return;
  if (url.pathname.startsWith("/locale/")) {
    event.respondWith(
      fetch(request).catch(() => caches.match(request).then((kept) => kept ?? Response.error())),
    );
    return;
  }
  if (url.pathname.startsWith("/api/") || url.pathname.startsWith("/ogc/")) {
    event.respondWith(freshOrKept(request));
    return;
  }
  if (request.mode === "navigate" && !url.pathname.startsWith("/report") && !url.pathname.includes(".")) {
    event.respondWith(fetch(request).catch(() => caches.match("/").then((page) => page ?? Response.error())));
    return;
  }
  event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

async function freshOrKept(request) {
  const cache = await caches.open(ANSWERS);
  try {
    const answer = await within(fetch(request), PATIENCE_MS, cache, request);
    return answer;
  } catch (error) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

// A line that is very slow is as good as none where something is kept; else it is waited for.
async function within(fetching, patience, cache, request) {
  const fresh = fetching.then(async (answer) => {
    if (answer.ok) {
      await cache.put(request, answer.clone());
      const all = await cache.keys();
      await Promise.all(all.slice(0, Math.max(0, all.length - MOST_ANSWERS)).map((old) => cache.delete(old)));
    }
    return answer;
  });
  const late = new Promise((resolve) => setTimeout(resolve, patience)).then(() =>
    cache.match(request, { ignoreVary: true }),
  );
  const first = await Promise.race([fresh, late]);
  return first ?? fresh;
}
