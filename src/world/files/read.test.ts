import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { readAddresses } from './addresses.ts'
import { readTraceFolder } from './folder.ts'
import { FILE_BYTES_MAX } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'pasu-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const said = async (path: string): Promise<string> => {
  const result = await readAddresses(path)
  return isRefusal(result) ? `${result.code} ${result.detail.replace(folder, '…')}` : JSON.stringify(result)
}

test('F13: a byte order mark is no part of the heading', async () => {
  expect(await said(write('bom.csv', '\ufeffaddress\r\nA\r\n'))).toBe('["A"]')
})

test('F13: bytes that are not UTF-8 are refused, UTF-16 among them', async () => {
  expect(await said(write('latin.csv', Buffer.from('address\n\xe9', 'latin1')))).toContain('FILE-003')
  expect(await said(write('wide.csv', Buffer.from('\ufeffaddress\nA\n', 'utf16le')))).toContain('FILE-003')
})

test('F13: a file that is absent, a folder or a pipe is refused', async () => {
  expect(await said(join(folder, 'none.csv'))).toBe('FILE-001 …/none.csv: there is no such file')
  expect(await said(folder)).toContain('FILE-001 …: this is not an ordinary file')
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  expect(await said(pipe)).toContain('FILE-001 …/pipe: this is not an ordinary file')
})

test('F13: a file above the limit is refused before it is read', async () => {
  const path = write('large.csv', 'address\n')
  truncateSync(path, FILE_BYTES_MAX + 1)
  expect(await said(path)).toContain(`FILE-002 …/large.csv: the file has ${FILE_BYTES_MAX + 1} bytes`)
})

test('F13: the first bad file of a folder is the answer; absent lists are none', async () => {
  const transfers = write('transfers.csv', 'time,tx_hash,from,to,asset,amount\n1,t,A,B,ETH,5\n')
  expect(await readTraceFolder(folder)).toMatchObject({
    code: 'FILE-001',
    context: { file: join(folder, 'sources.csv') },
  })
  write('sources.csv', 'A\n')
  expect(await readTraceFolder(folder)).toMatchObject({ sources: ['A'], services: [], unit: 'base' })
  write('terminals.csv', 'address\nB\n')
  expect(await readTraceFolder(folder)).toMatchObject({ services: [{ address: 'B' }] })
  writeFileSync(transfers, 'nonsense')
  expect(await readTraceFolder(folder)).toMatchObject({ code: 'FILE-004', context: { file: transfers, line: 1 } })
})
