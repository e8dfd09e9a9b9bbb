/** Load Alpine (its build for strict policies) only for pages that use x-data. */
export async function startReactive(root) {
  if (window.Alpine || !(root.matches?.("[x-data]") || root.querySelector("[x-data]"))) return;
  const { default: Alpine } = await import("@alpinejs/csp");
  if (window.Alpine) return;
  window.Alpine = Alpine;
  Alpine.start();
}
