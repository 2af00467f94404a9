// The parts of the model: from this browser's storage or from the site, each with the digest it should have.
// In:  the manifest that the build wrote.   Out: the bytes of each part, in order; what was fetched whole stays for the next visit.
// A part is kept under its digest, so another edition of the site, or another site of the same host, finds it too.
import { Trouble } from "./trouble.js";

const shelf = (about) => `komainu-model ${about.sha256.slice(0, 16)}`;
const key = (part) => new URL(`/komainu-model/${part.sha256}`, self.location.origin).href; // a name, no address: nothing is ever fetched from it

async function sum(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// How many bytes of the model are kept here; 0 when none are, and where the browser refuses.
export async function held(about) {
  try {
    if (!(await caches.has(shelf(about)))) return 0;
    const names = new Set((await (await caches.open(shelf(about))).keys()).map(({ url }) => url));
    return about.parts.filter((part) => names.has(key(part))).reduce((all, part) => all + part.bytes, 0);
  } catch {
    return 0;
  }
}

export async function forget(about) { return caches.delete(shelf(about)).catch(() => false); }

// Less room than the rest of the model needs: said before it is fetched.
export async function room(about, there) {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (quota !== undefined && quota - usage < about.bytes - there) throw new Trouble("full");
}

// Every part in turn, given to `take(bytes, offset)`; `tell(bytes)` hears of each piece that came.
export async function each(about, base, { take, tell }) {
  const cache = await caches.open(shelf(about));
  let offset = 0;
  for (const part of about.parts) {
    const bytes = (await kept(cache, part, tell)) ?? (await fetched(cache, part, base, tell));
    take(bytes, offset);
    offset += part.bytes;
  }
}

async function kept(cache, part, tell) {
  const found = await cache.match(key(part));
  if (!found) return null;
  const bytes = new Uint8Array(await found.arrayBuffer());
  if ((await sum(bytes)) !== part.sha256) {
    await cache.delete(key(part));
    return null;
  }
  tell(part.bytes);
  return bytes;
}

async function fetched(cache, part, base, tell) {
  const bytes = await got(new URL(part.name, base), part, tell, "no-store"); // the browser's own cache would hold it a second time
  try {
    await cache.put(key(part), new Response(bytes));
  } catch (error) {
    throw new Trouble("full", String(error));
  }
  return bytes;
}

// One file of the site, of which size and digest are known.
export async function got(url, { bytes: size, sha256 }, tell, cache = "default") {
  const bytes = new Uint8Array(size);
  let at = 0;
  try {
    const answer = await fetch(url, { cache });
    if (answer.status === 404 || answer.status === 410) throw new Trouble("missing");
    if (!answer.ok) throw new Trouble("lost", String(answer.status));
    for (let reader = answer.body.getReader(), piece; !(piece = await reader.read()).done; ) {
      if (at + piece.value.length > size) throw new Trouble("corrupt");
      bytes.set(piece.value, at);
      at += piece.value.length;
      tell(piece.value.length);
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble("lost", String(error));
  }
  if (at !== size || (await sum(bytes)) !== sha256) throw new Trouble("corrupt");
  return bytes;
}
