import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { masked, pasu, temporaryFolder } from './kit.ts'

const ETH = 'eip155:1/slip44:60'
const WALLET = {
  wallet: 'hot-1',
  kind: 'hot',
  chain: 'eip155:1',
  account: 'eip155:1:0x5e032243d507c743b061ef021e2ec7fcc6d3ab89',
  refuge: 'eip155:1:0x1111111111111111111111111111111111111111',
  assets: [{ asset: ETH, symbol: 'ETH', decimals: 18 }],
}
const POLICY = {
  permit_seconds: 60,
  landing_seconds: 900,
  hold_seconds_max: 3_600,
  limits: [{ wallet: 'hot-1', asset: ETH, withdrawal_max: '1000', window_max: '5000', window_seconds: 3_600 }],
}

/** Plays commands on one folder and keeps what a person saw. */
function session() {
  const root = temporaryFolder()
  const data = join(root, 'data')
  const seen: string[] = []
  return {
    root,
    data,
    file(name: string, content: string): string {
      writeFileSync(join(root, name), content)
      return join(root, name)
    },
    async play(...argv: string[]) {
      const said = await pasu([...argv, '--data', data])
      const words = argv.map((word) => (/[\s"]/.test(word) ? JSON.stringify(word) : word)).join(' ')
      seen.push(masked(`$ pasu ${words}\n${said.out}${said.err}[exit ${said.code}]\n`, root))
      return said
    },
    text: () => seen.join('\n'),
  }
}

describe('a session at a terminal, without a server', () => {
  it('sets a deployment up, halts it, and lets a stranger check it', async () => {
    const { root, data, file, play, text } = session()
    await play('init', '--platform', 'demo')
    await play('state')
    await play('wallet', 'register', file('wallets.json', JSON.stringify([WALLET])))
    await play('wallet', 'list')
    await play('policy', 'set', file('policy.json', JSON.stringify(POLICY)))
    await play(
      'denylist',
      'import',
      file('list.txt', '0x2222222222222222222222222222222222222222\n'),
      '--list',
      'TEST',
      '--source',
      'a test',
    )
    await play('denylist', 'check', '0x2222222222222222222222222222222222222222')
    await play('pack', 'load', 'packs/kr.yaml')
    await play('pack', 'list')
    await play('recipient', 'set', 'KISA', '--language', 'ko', '--channel', 'mail', '--to', 'report@example.org')
    await play('recipient', 'list')
    await play(
      'price',
      'load',
      file('prices.csv', `asset,symbol,decimals,krw,date\n${ETH},ETH,18,4200000,2025-11-27\n`),
    )
    await play('fund', 'set', 'reserve', '67000000000', '--evidence', 'bank statement of 30 September')
    await play('fund', 'list')
    await play('halt', 'chain:eip155:1', '--reason', 'key suspected')
    await play('halt', 'list')
    await play('incident', 'list')
    await play('incident', 'note', 'incident-8-1', '--text', 'called the custodian')
    await play('halt', 'lift', 'chain:eip155:1', '--reason', 'false alarm')
    await play('halt', 'lift', 'chain:eip155:1', '--reason', 'again')
    await play('ledger', 'show')
    await play('inspect', 'journal', '--last', '3')
    await play('inspect', 'outbox')
    await play('inspect', 'integrity')
    await play('verify', '--redecide')
    await play('journal', 'export', join(root, 'log'))
    await play('verify', join(root, 'log'), '--key', join(root, 'log', 'vkey'))
    await play('journal', 'export', join(root, 'log'))
    await expect(text()).toMatchFileSnapshot('../golden/cli-session.txt')
    for (const name of ['config.json', 'keys/journal.key', 'keys/permit.key', 'host.token', 'enrol.token']) {
      expect([name, statSync(join(data, name)).mode & 0o777]).toEqual([name, 0o600])
    }
    for (const name of ['', 'keys', 'journal', 'blobs']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o700)
  })

  it('finds and names a flipped bit, and ends with 1', async () => {
    const { root, data, play } = session()
    await play('init')
    for (const wallet of ['one', 'two', 'three']) await play('halt', 'chain:eip155:1', '--reason', `${wallet} seen`)
    await play('halt', 'all', '--reason', 'two seen')
    await play('journal', 'export', join(root, 'log'))
    const database = join(data, 'journal', 'journal.db')
    const bytes = readFileSync(database)
    const at = bytes.indexOf('"reason":"two seen')
    expect(at).toBeGreaterThan(0)
    bytes.writeUInt8((bytes[at + 10] ?? 0) ^ 1, at + 10)
    writeFileSync(database, bytes)
    const { code, out } = await play('verify')
    expect([code, out]).toEqual([1, expect.stringMatching(/FAULT {2}entry \d+: /)])
    const told = JSON.parse((await play('verify', '--json')).out)
    expect(told).toMatchObject({ ok: false })
    const log = join(root, 'log', 'tile', 'entries', readdirFirst(join(root, 'log')))
    const bundle = readFileSync(log)
    bundle.writeUInt8((bundle.at(-1) ?? 0) ^ 1, bundle.length - 1)
    writeFileSync(log, bundle)
    expect((await play('verify', join(root, 'log'), '--key', join(root, 'log', 'vkey'))).code).toBe(1)
  })

  it('sees that a snapshot and its journal differ', async () => {
    const { data, play } = session()
    await play('init')
    await play('halt', 'all', '--reason', 'one')
    expect((await play('verify')).out).toContain('the snapshot and the journal fold to the same state')
    rmSync(join(data, 'snapshot'))
    expect((await play('verify')).out).toContain('there is no snapshot to compare with')
  })

  it('never overwrites a file that it is asked to write', async () => {
    const { file, play } = session()
    await play('init')
    const taken = file('books', 'mine')
    const { code, err } = await play('ledger', 'export', taken)
    expect([code, err]).toEqual([70, expect.stringMatching(/CLI-007 .*there is a file of that name already/)])
    expect(readFileSync(taken, 'utf8')).toBe('mine')
  })

  it('follows coins through a file without a data folder', async () => {
    const { root, data, file, play } = session()
    const transfers = file(
      'transfers.csv',
      'time,tx_hash,from,to,asset,amount\n2025-01-01T00:00:00Z,0x1,0xa,0xb,ETH,100\n2025-01-01T00:01:00Z,0x2,0xb,0xc,ETH,60\n',
    )
    const sources = file('sources.csv', 'address\n0xa\n')
    const labels = file('labels.csv', 'address,name,kind,entity\n0xc,Exchange: deposit,exchange,Exchange\n')
    const said = await play(
      'trace',
      'run',
      '--transfers',
      transfers,
      '--sources',
      sources,
      '--labels',
      labels,
      '--json',
    )
    expect(JSON.parse(said.out)).toEqual({
      method: 'fifo',
      edges: 2,
      addresses: [
        { address: '0xa', asset: 'ETH', received: '0', held: '0', hop: 0 },
        { address: '0xb', asset: 'ETH', received: '100', held: '40', hop: 1 },
      ],
      terminals: [{ address: '0xc', asset: 'ETH', label: 'Exchange: deposit', amount: '60' }],
      unaccounted: '0',
    })
    expect([existsSync(data), said.err, root.length > 0]).toEqual([false, '', true])
  })
})

/** The one bundle of a log of fewer than 256 entries. */
function readdirFirst(log: string): string {
  const size = Number(readFileSync(join(log, 'checkpoint'), 'utf8').split('\n')[1])
  return join('000.p', String(size))
}
