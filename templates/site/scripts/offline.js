// Over the network only: a file has no worker, and a preview wants no cache.
if (location.protocol.startsWith("http") && !page.hasAttribute("data-preview")) {
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = page.dataset.root + "site.webmanifest";
  document.head.append(manifest);
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(page.dataset.root + "sw.js");
  }
}
