// Before the first paint: the theme that was chosen here. A script of its own, since our CSP allows no inline script.
(() => {
  try {
    const chosen = localStorage.getItem('crashkeep.scheme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.mantineColorScheme = chosen;
  } catch {
    // Storage is closed to us: the system's scheme is right.
  }
})();
