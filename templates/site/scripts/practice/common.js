// What the script of all pages has already.
const { loadOnce, page, root } = window.triptychCommon;
