/** Which language the console speaks: the browser's, until the person chooses; the choice is kept. */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { Bilingual, Language } from '../api/types.ts'
import { en, type Key, type Messages } from './en.ts'
import { ko } from './ko.ts'

const STORED = 'pasu.language'
const messages: { readonly [L in Language]: Messages } = { en, ko }

/** The names in braces of a text: `'in {span}'` has `span`. A call that leaves one out does not compile. */
type Holes<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never
type Fill<K extends Key> = [Holes<(typeof en)[K]>] extends [never]
  ? []
  : [fill: { readonly [N in Holes<(typeof en)[K]>]: string | number }]

export type Say = <K extends Key>(key: K, ...fill: Fill<K>) => string

export function fillIn(text: string, fill: { readonly [name: string]: string | number } = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole))
}

export const sayIn =
  (language: Language): Say =>
  (key, ...fill) =>
    fillIn(messages[language][key], fill[0])

/** `ko` for a browser that asks for Korean first, else `en`. */
export const languageOf = (wished: string): Language => (wished.toLowerCase().startsWith('ko') ? 'ko' : 'en')

function initialLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  return stored === 'en' || stored === 'ko' ? stored : languageOf(navigator.language)
}

interface Speech {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  readonly t: Say
  /** The half of a bilingual text of the server that is to be shown. */
  readonly pick: (text: Bilingual) => string
}

const SpeechContext = createContext<Speech | undefined>(undefined)

export function useSpeech(): Speech {
  const speech = use(SpeechContext)
  if (speech === undefined) throw new Error('useSpeech outside of <LanguageProvider>')
  return speech
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setState] = useState(initialLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const setLanguage = useCallback((next: Language) => {
    localStorage.setItem(STORED, next)
    setState(next)
  }, [])
  const speech = useMemo<Speech>(
    () => ({ language, setLanguage, t: sayIn(language), pick: (text) => text[language] }),
    [language, setLanguage],
  )
  return <SpeechContext value={speech}>{children}</SpeechContext>
}
