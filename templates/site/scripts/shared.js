// For the scripts of single pages.
window.triptychCommon = { loadOnce, page, root };
