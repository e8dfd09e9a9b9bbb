// The sentences that the server translated for the scripts.

const strings = JSON.parse(document.getElementById("ui-strings")?.textContent ?? "{}");

/** Return a translated sentence with its %(name)s placeholders filled in. */
export function say(key, values = {}) {
  const sentence = strings[key] ?? key;
  return sentence.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
