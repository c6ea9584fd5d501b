/** What can be wrong with a price list beyond the form of its fields, which the `FILE-…` refusals cover. */
import { type RefusalCatalogue, Refused, refuser } from '../../kernel/refusal.ts'
import type { Place } from '../files/refusals.ts'

export const priceRefusals = {
  'PRICE-001': {
    kind: 'invalid',
    title: { en: 'An asset has two prices at one time', ko: '같은 시점에 한 자산의 가격이 두 개입니다' },
    help: {
      en: 'Remove the wrong row. Nothing of the file was used.',
      ko: '틀린 행을 지우십시오. 파일의 어떤 내용도 사용되지 않았습니다.',
    },
  },
  'PRICE-002': {
    kind: 'invalid',
    title: { en: 'An asset has different decimals or symbols', ko: '한 자산의 소수 자릿수나 기호가 서로 다릅니다' },
    help: {
      en: 'The decimals of a coin never change. Correct the row that the detail names.',
      ko: '코인의 소수 자릿수는 변하지 않습니다. 상세 내용의 행을 고치십시오.',
    },
  },
} as const satisfies RefusalCatalogue

const refuse = refuser(priceRefusals)

/** Names file, line and column, as the refusals of other files do. */
export function refusedPrice(
  code: keyof typeof priceRefusals,
  place: Place,
  problem: string,
  expected: string,
): Refused {
  const { file, line, column } = place
  const context = { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }
  const detail = `${file} line ${line}, column ${column}: ${problem}; expected ${expected}`
  return new Refused(refuse(code, detail, { ...(column === undefined ? {} : { field: column }), expected, context }))
}
