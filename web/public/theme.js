// Runs before the first paint, so a chosen theme never flashes; inline scripts are forbidden by the policy.
(() => {
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {}
})();
