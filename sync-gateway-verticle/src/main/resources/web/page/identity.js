/**
 * Who this window is: `#alice` or else `?user=alice`, else whoever signed in here before. Each window
 * has its own, so that two of them can be two people.
 */

const KEY = "pakaura.user";

/** @returns {string | null} */
export function known() {
  const asked = fragment() ?? new URLSearchParams(location.search).get("user");
  return asked?.trim() || read(() => sessionStorage);
}

/** @returns {string} the name to suggest */
export function lastUsed() {
  return read(() => localStorage) ?? "";
}

/** @param {string} name */
export function remember(name) {
  write(() => sessionStorage, name);
  write(() => localStorage, name);
  if (known() !== name) history.replaceState(null, "", location.pathname);
}

/** Signs this window out; the name stays as a suggestion. */
export function forget() {
  write(() => sessionStorage, null);
  history.replaceState(null, "", location.pathname);
}

function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

/** @param {() => Storage} storage which a browser may deny even to name */
function read(storage) {
  try {
    return storage().getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * @param {() => Storage} storage
 * @param {string | null} name
 */
function write(storage, name) {
  try {
    if (name === null) storage().removeItem(KEY);
    else storage().setItem(KEY, name);
  } catch {
    // Not remembered, then.
  }
}
