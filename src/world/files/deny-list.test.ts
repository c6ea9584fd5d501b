import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { ask, openGate, policy, reasonsOf, typesOf, wallet } from '../../../test/kit/gate.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type DenyListFile, parseDenyList, readDenyList } from './index.ts'

const options = { list: 'OFAC-SDN', source: 'test' }
const read = (text: string | Uint8Array, more: object = {}) =>
  parseDenyList(typeof text === 'string' ? Buffer.from(text) : text, 'list.txt', { ...options, ...more })
function well(result: DenyListFile | Refusal): DenyListFile {
  if (isRefusal(result)) throw new Error(`${result.code} ${result.detail}`)
  return result
}

const folder = mkdtempSync(join(tmpdir(), 'pasu-deny-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a deny list', () => {
  it('G3: one address a line, with BOM, CRLF, comments, blank lines and repeats', () => {
    const hex = `0x${'aB'.repeat(20)}`
    const text = `\ufeff# OFAC\r\naddress\r\n\r\n  ${hex}  \r\n${hex.toUpperCase().replace('0X', '0x')} # again\r\n; other\r\nTBHTJqAy4DhHhmT3dNceJYNRz4SdLofLre\r\nBC1QXYZ0000000000\r\neip155:1:0x${'C'.repeat(40)}`
    const list = well(read(text))
    expect(list.addresses).toEqual([
      `*:${hex.toLowerCase()}`,
      '*:TBHTJqAy4DhHhmT3dNceJYNRz4SdLofLre',
      '*:bc1qxyz0000000000',
      `eip155:1:0x${'c'.repeat(40)}`,
    ])
    expect(list.repeated).toBe(1)
    expect(list.parts).toEqual([{ ...options, digest: list.digest, addresses: list.addresses }])
  })

  it('G3: of one chain where that is said', () => {
    expect(well(read(`0x${'A'.repeat(40)}`, { chain: 'eip155:1' })).addresses).toEqual([`eip155:1:0x${'a'.repeat(40)}`])
  })

  it.each([
    ['FILE-007', 'list.txt line 2', 'abc\ntwo words\n'],
    ['FILE-007', 'list.txt line 1', '*\n'],
    ['FILE-007', 'list.txt line 3', '\n\n0x12,0x34\n'],
    ['FILE-007', 'list.txt line 1', 'eip155:1:*'],
    ['FILE-007', 'list.txt line 1', `${'a'.repeat(129)}`],
    ['FILE-008', 'list.txt', '# nothing\n'],
    ['FILE-008', 'list.txt', ''],
  ])('G3: is refused whole with %s at %s', (code, place, text) => {
    const result = read(text)
    expect(result).toMatchObject({ code })
    expect(isRefusal(result) && result.detail).toContain(place)
  })

  it('G3: that is no text is refused', () => {
    expect(read(Buffer.from([0x61, 0xff, 0x0a]))).toMatchObject({ code: 'FILE-003' })
  })

  it('G3: comes in parts that each fit one journal entry', () => {
    const lines = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(128, 'x'))
    const list = well(read(lines.join('\n')))
    expect(list.parts.flatMap((part) => part.addresses)).toEqual(list.addresses)
    for (const part of list.parts) expect(JSON.stringify(part).length).toBeLessThan(60_000)
    expect(list.parts.length).toBe(3)
  })

  it('G3: from a file; its digest is of its bytes', async () => {
    const path = join(folder, 'list.txt')
    writeFileSync(path, 'abc\n')
    expect(await readDenyList(path, options)).toMatchObject({
      addresses: ['*:abc'],
      digest: 'sha256:edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb',
    })
    expect(await readDenyList(join(folder, 'none.txt'), options)).toMatchObject({ code: 'FILE-001' })
    expect(await readDenyList(folder, options)).toMatchObject({ code: 'FILE-001' })
  })
})

const SANCTIONS = fileURLToPath(new URL('../../../../shared/data/sanctions/', import.meta.url))
const present = existsSync(SANCTIONS)
if (!present) console.log('skipped: ../shared/data/sanctions is not here')

/** Another address, as near to it as one character. */
const oneOff = (address: string): string => `${address.slice(0, -1)}${address.endsWith('7') ? '8' : '7'}`

describe.skipIf(!present)('the sanctions list of September 2024', () => {
  it('G3: denies each of its 654 addresses on a chain of its kind, and none that is one character off', () => {
    const stage = openGate()
    const lists = readdirSync(SANCTIONS).filter((name) => name.endsWith('.txt'))
    const named: string[] = []
    for (const file of lists) {
      const bytes = readFileSync(join(SANCTIONS, file))
      const list = well(
        parseDenyList(bytes, file, { list: `OFAC-${file.slice(0, -4)}`, source: 'OFAC SDN, 27 Sep 2024' }),
      )
      for (const part of list.parts) stage.when('denylist.import', part as never)
      for (const part of list.parts) expect(stage.ask('denylist.import', part as never)).toEqual([])
      named.push(
        ...bytes
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== ''),
      )
    }
    expect(named).toHaveLength(654)
    // Addresses that are not of an EVM chain are asked for out of a wallet of a chain with other addresses.
    const bitcoin = 'bip122:000000000019d6689c085ae165831e93'
    const asset = { asset: `${bitcoin}/slip44:0`, symbol: 'BTC', decimals: 8 }
    stage.when('wallet.register', {
      wallet: 'btc',
      kind: 'hot',
      chain: bitcoin,
      account: `${bitcoin}:1Ours`,
      assets: [asset],
    })
    const limit = { withdrawal_max: '10', window_max: '100000', window_seconds: 3600 }
    const limits = [
      { ...limit, wallet: 'hot-1', asset: wallet.assets[0]?.asset ?? '' },
      { ...limit, wallet: 'btc', asset: asset.asset },
    ]
    stage.when('policy.set', { ...policy, limits })
    const sanctioned = new Set(named.map((address) => address.toLowerCase()))
    named.forEach((address, place) => {
      const isEvm = address.startsWith('0x')
      const to = (text: string) => (isEvm ? `eip155:1:${text}` : `${bitcoin}:${text}`)
      const base = { ...ask(`w${place}`, '1'), ...(isEvm ? {} : { wallet: 'btc', asset: asset.asset }) }
      expect(reasonsOf(stage.when('withdrawal.request', { ...base, to: to(address) }))).toEqual(['GATE-006'])
      const near = oneOff(address)
      if (sanctioned.has(near.toLowerCase())) return
      const events = stage.when('withdrawal.request', { ...base, withdrawal: `n${place}`, to: to(near) })
      expect(typesOf(events)).toEqual(['permit.issued'])
    })
  })
})
