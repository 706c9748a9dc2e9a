// For the scripts of single pages. Named twice, so that each may have a short name here.
window.triptychCommon = { loadOnce: loadOnce, page: page, root: root };
