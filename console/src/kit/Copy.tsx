/** Copies the whole of what is shown, never the shortened form. */
import { useSpeech } from '../i18n/language.tsx'
import { announce } from './announce.ts'

export async function copyText(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // A page without the right to the clipboard can still select and copy.
    const field = document.createElement('textarea')
    field.value = text
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
  announce(said)
}

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useSpeech()
  return (
    <button
      type="button"
      className="copy"
      title={t('act.copy', { what })}
      aria-label={t('act.copy', { what })}
      onClick={() => copyText(text, t('said.copied', { what }))}
    >
      <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
        <path
          d="M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.3"
          strokeLinejoin="round"
        />
      </svg>
    </button>
  )
}
