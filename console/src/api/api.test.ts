import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withQuery } from './client.ts'
import { asProblem, Problem, problemFrom, worthRetrying } from './problem.ts'
import { messageReader, type StreamMessage } from './stream.ts'

function readAll(chunks: readonly string[]): StreamMessage[] {
  const messages: StreamMessage[] = []
  const read = messageReader((message) => messages.push(message))
  for (const chunk of chunks) read(chunk)
  return messages
}

const STREAM =
  'retry: 2000\n: open\n\nid: 4\nevent: halt.raised\ndata: {"index":4}\n\n: still here\n\nid: 5\r\ndata: one\r\ndata: two\r\n\r\ndata:no space\n\n'

describe('the stream', () => {
  it('C8 reads ids, types, several lines of data and comments', () => {
    expect(readAll([STREAM])).toEqual([
      { id: '4', event: 'halt.raised', data: '{"index":4}' },
      { id: '5', event: 'message', data: 'one\ntwo' },
      { id: '5', event: 'message', data: 'no space' },
    ])
  })

  it('C8 reads the same wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length }), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), STREAM.length]
        const chunks = at.slice(1).map((end, place) => STREAM.slice(at[place], end))
        expect(readAll(chunks)).toEqual(readAll([STREAM]))
      }),
    )
  })

  it('C8 a message without its empty line is not one yet', () => {
    expect(readAll(['id: 1\ndata: half'])).toEqual([])
  })
})

describe('problems', () => {
  it('C10 carry the number, the detail and the field of the server', () => {
    const { details } = problemFrom(409, { code: 'INCIDENT-009', title: 'T', detail: 'D', field: 'notice' })
    expect(details).toEqual({ status: 409, code: 'INCIDENT-009', title: 'T', detail: 'D', field: 'notice' })
  })

  it('C10 an answer of another shape is still a problem with its status', () => {
    expect(problemFrom(502, '<html>').details).toMatchObject({ status: 502, code: 'UNNUMBERED', title: 'HTTP 502' })
    expect(asProblem(new TypeError('x')).details).toMatchObject({ code: 'UNREADABLE', detail: 'x' })
    const known = problemFrom(500, {})
    expect(asProblem(known)).toBe(known)
    expect(known).toBeInstanceOf(Problem)
  })

  it('C10 asks again after a fault, never after a refusal', () => {
    const statuses = [0, 400, 401, 403, 404, 409, 429, 500, 503]
    expect(statuses.filter((status) => worthRetrying(problemFrom(status, {})))).toEqual([0, 429, 500, 503])
  })

  it('C7 leaves empty members out of a query', () => {
    expect(withQuery('/v1/x', { a: 'b c', b: undefined, c: '', d: 0 })).toBe('/v1/x?a=b+c&d=0')
    expect(withQuery('/v1/x', {})).toBe('/v1/x')
  })
})
