// The scripts that the page starts by their address. The site's policy (scripts/server.mjs) takes no address, and no text, for a script
// unless it has passed through here: the only two that there are.

const names = ["documents_worker.js", "sw.js"] as const;

interface Policy {
  createScriptURL(address: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy;
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes; // not in every browser
const policy = factory?.createPolicy("connection-agreements-scripts", { createScriptURL: own });

function own(address: string): string {
  if (!names.some((name) => name === address)) throw new TypeError(`${address} is no script of the portal`);
  return address;
}

/** The address as the browser's own functions take it: an object to them, a text to TypeScript. */
export function scriptAddress(name: (typeof names)[number]): string {
  return (policy === undefined ? own(name) : policy.createScriptURL(name)) as string;
}
