// Over the network only: a file has no worker, and a preview needs no cache.
if (protocol.startsWith("http") && !("preview" in choice)) {
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = root + "site.webmanifest";
  document.head.append(manifest);
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(root + "sw.js");
  }
}
