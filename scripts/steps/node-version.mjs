/** Ends the process with one sentence where this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Crashkeep needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node (https://nodejs.org) and try again.`,
  );
  process.exit(1);
}
