import { describe, expect, it } from 'vitest'
import { events, factSchema } from '../../../src/rooms/incident/messages.ts'
import { en, type Key } from './en.ts'
import { ko } from './ko.ts'
import { fillIn, languageOf, sayIn } from './language.tsx'

const keys = Object.keys(en) as Key[]
const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()

/** Words that are the same in both languages: names, commands and units that nobody translates. */
const SAME = new Set<string>(['word.id'])

describe('the messages', () => {
  it('C4 have the same keys in both languages', () => {
    expect(Object.keys(ko).sort()).toEqual([...keys].sort())
  })

  it('C4 leave the same blanks to fill', () => {
    expect(keys.filter((key) => blanks(en[key]).join() !== blanks(ko[key]).join())).toEqual([])
  })

  it('C4 are written in their own language, and none is empty', () => {
    const text = (message: string): string => message.replace(/\{\w+\}/g, '')
    const wordless = (message: string): boolean => !/\p{L}/u.test(text(message))
    const korean = (message: string): boolean => /[가-힣]/.test(message)
    expect(keys.filter((key) => en[key].trim() === '' || ko[key].trim() === '')).toEqual([])
    expect(keys.filter((key) => !SAME.has(key) && !wordless(ko[key]) && !korean(ko[key]))).toEqual([])
    expect(keys.filter((key) => korean(en[key]) && key !== 'palette.speak')).toEqual([])
  })

  it('C4 no Korean particle hangs on a name that may end either way', () => {
    // 을/를, 이/가, 은/는, 와/과 change with the last sound of the word before them, which a blank does not tell.
    expect(keys.filter((key) => /\}(을|를|이|가|은|는|와|과)(?![가-힣(])/.test(ko[key]))).toEqual([])
  })

  it('C5 name every kind of line that a case’s time line can have', () => {
    // Recorded facts stand there under their own names; packs, recipients and the reporter belong to no case.
    const told = Object.keys(events).filter(
      (type) => /^(incident|clock|notice)\./.test(type) && type !== 'incident.recorded',
    )
    const kinds = [...factSchema.options, ...told]
    expect(kinds).toContain('notice.delayed')
    expect(kinds.filter((kind) => !keys.includes(`fact.${kind}` as Key))).toEqual([])
    const named = keys.filter((key) => key.startsWith('fact.')).map((key) => key.slice('fact.'.length))
    expect(named.filter((kind) => !kinds.includes(kind))).toEqual([])
  })

  it('C4 fills blanks by name and leaves an unknown one to be seen', () => {
    expect(fillIn('{a} of {b}', { a: 1 })).toBe('1 of {b}')
    expect(sayIn('ko')('time.left', { span: '04:00:00' })).toBe('04:00:00 남음')
  })

  it('C4 speaks Korean to a browser that asks for it', () => {
    expect([languageOf('ko-KR'), languageOf('en-GB'), languageOf('ja')]).toEqual(['ko', 'en', 'en'])
  })
})
