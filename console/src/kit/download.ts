/** Files made in the page: a table as CSV (RFC 4180), with the exact base units and ISO times that evidence needs. */

/** A cell that a spreadsheet would take for a formula is quoted as text (a customer's reference may begin with `=`). */
const FORMULA = /^[=+\-@\t\r]/

export function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csv = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  `${[head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`

export function download(name: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
