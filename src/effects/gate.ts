/** What guarded acts would do at the gate: coins that leave, wallets, limits, halts. */
import type { Rooms } from '../app.ts'
import { formatDecimal, grouped } from '../kernel/money.ts'
import { bothTimes } from '../kernel/time.ts'
import { takenFor } from '../rooms/access/engine/approval/index.ts'
import type { Effect } from '../rooms/access/index.ts'
import * as gate from '../rooms/gate/index.ts'
import { commands } from '../rooms/gate/messages.ts'
import * as liability from '../rooms/liability/index.ts'
import { account, change, type Line, line, NOTHING, type Warning, warning, won } from './words.ts'

/** Prices hold until a newer one; the latest is the present one. */
const LATEST = Number.MAX_SAFE_INTEGER
/** A withdrawal this many times the largest that ever settled is worth a second look. */
const LARGE_TIMES = 10n

export function release(rooms: Rooms, data: object): Effect {
  const { withdrawal } = commands['withdrawal.release'].parse(data)
  const { state } = rooms.gate
  const found = gate.withdrawalById(state, withdrawal)
  if (found === undefined) return NOTHING
  const { wallet, asset, amount, to, symbol, decimals } = found
  const base = BigInt(String(amount))
  const krw = liability.valueKrw(rooms.liability.state, String(asset), base, LATEST)
  const sent = gate.sentTo(state, String(wallet), String(asset), String(to))
  const lines = [
    line('Amount', '수량', `${grouped(formatDecimal(base, Number(decimals)))} ${String(symbol)}`),
    ...(krw === undefined ? [] : [won('Worth', '가치', krw)]),
    account('To', '받는 주소', String(to)),
    line('Sent there before', '이 주소로 보낸 횟수', String(sent.times)),
    line('From wallet', '출금 지갑', String(wallet)),
  ]
  return { lines, unusual: aboutRelease(sent, base, krw) }
}

function aboutRelease(sent: gate.Sent, amount: bigint, krw: bigint | undefined): Warning[] {
  const first =
    sent.times > 0 ? [] : [warning('Nothing was ever sent to this address.', '이 주소로 보낸 적이 없습니다.')]
  const isLarge = sent.largest > 0n && amount > sent.largest * LARGE_TIMES
  const large = isLarge
    ? [
        warning(
          'It is over ten times the largest withdrawal of this asset from this wallet.',
          '이 지갑에서 이 자산의 최대 출금액의 열 배를 넘습니다.',
        ),
      ]
    : []
  const unpriced = krw === undefined ? [warning('Its worth is not known.', '원화 가치를 알 수 없습니다.')] : []
  return [...first, ...large, ...unpriced]
}

export function wallet(rooms: Rooms, data: object): Effect {
  const asked = commands['wallet.register'].parse(data)
  const known = gate.walletViews(rooms.gate.state)
  const before = known.find((one) => one.wallet === asked.wallet)
  const like = takenFor(
    asked.wallet,
    known.map((one) => one.wallet),
  )
  const symbols = asked.assets.map(({ symbol }) => symbol).join(', ')
  const lines = [
    line('Wallet', '지갑', `${asked.wallet} (${asked.kind})`),
    account('Account', '계정', asked.account),
    account('Refuge', '대피 주소', change(before?.refuge ?? '-', asked.refuge ?? '-')),
    line('Assets', '자산', symbols),
  ]
  const unusual = [
    ...(before === undefined ? [warning('This wallet is new.', '새 지갑입니다.')] : []),
    ...(like === undefined ? [] : [warning(`Its name looks like ${like}.`, `이름이 ${like}와 비슷합니다.`)]),
    ...(asked.refuge === undefined
      ? [warning('It has no refuge: it could not be evacuated.', '대피 주소가 없어 대피할 수 없습니다.')]
      : []),
  ]
  return { lines, unusual }
}

interface Limit {
  readonly wallet: string
  readonly asset: string
  readonly withdrawal_max: string
  readonly window_max: string
  readonly window_seconds: number
}

const shown = (limit: Limit | undefined): string =>
  limit === undefined ? '-' : `${limit.withdrawal_max} / ${limit.window_max} / ${limit.window_seconds} s`

const isWeaker = (before: Limit | undefined, after: Limit | undefined): boolean => {
  if (before === undefined || after === undefined) return before === undefined && after !== undefined
  const grows = (a: string, b: string): boolean => BigInt(b) > BigInt(a)
  return (
    grows(before.withdrawal_max, after.withdrawal_max) ||
    grows(before.window_max, after.window_max) ||
    after.window_seconds < before.window_seconds
  )
}

/** Limit by limit what is other than today: base units of a withdrawal, of the window, and its length. */
export function policy(rooms: Rooms, data: object): Effect {
  const asked = commands['policy.set'].parse(data)
  const before = gate.policyView(rooms.gate.state)
  const keyOf = ({ wallet: name, asset }: Limit): string => `${name} ${asset}`
  const [old, fresh] = [before?.limits ?? [], asked.limits].map(
    (limits) => new Map(limits.map((limit: Limit) => [keyOf(limit), limit])),
  ) as [Map<string, Limit>, Map<string, Limit>]
  const lines: Line[] = []
  const unusual: Warning[] = []
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, is] = [old.get(key), fresh.get(key)]
    if (shown(was) === shown(is)) continue
    lines.push(line(key, key, change(shown(was), shown(is))))
    if (isWeaker(was, is)) unusual.push(warning(`${key}: more may leave.`, `${key}: 더 많이 나갈 수 있게 됩니다.`))
  }
  for (const name of ['permit_seconds', 'landing_seconds', 'hold_seconds_max'] as const) {
    const was = before?.[name]
    if (was !== asked[name]) lines.push(line(name, name, change(String(was ?? '-'), String(asked[name]))))
  }
  return { lines, unusual }
}

export function lift(rooms: Rooms, data: object): Effect {
  const { scope } = commands['halt.lift'].parse(data)
  const halt = gate.haltViews(rooms.gate.state).halts.find((one) => one.scope === scope)
  if (halt === undefined) return NOTHING
  const lines = [
    line('Halted', '중단 범위', scope),
    line('Why', '사유', halt.reason),
    line('Since', '시각', bothTimes(halt.since)),
    line('By', '실행자', halt.by),
  ]
  return { lines, unusual: [warning('From then on permits are given again.', '이후 허가가 다시 발급됩니다.')] }
}
