// Runs before the first paint, as a file because the content security policy allows no inline script: a dark room stays dark.
try {
  const theme = localStorage.getItem('pasu.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const language = localStorage.getItem('pasu.language')
  if (language === 'ko' || language === 'en') document.documentElement.lang = language
} catch {
  // Storage is switched off: the system's own preference holds.
}
