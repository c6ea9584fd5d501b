/** What a guarded act would do, decoded for whoever is asked to approve it. It reads several rooms, so it stands beside `app.ts`. */
import type { Rooms } from './app.ts'
import type { Json } from './kernel/canonical.ts'
import type { Effect } from './rooms/access/index.ts'
import * as gate from './rooms/gate/index.ts'
import * as liability from './rooms/liability/index.ts'

type Parameters = { readonly [name: string]: Json }
type Line = Effect['lines'][number]

const line = (en: string, ko: string, value: string): Line => ({ label: { en, ko }, value })
const NOTHING: Effect = { lines: [], unusual: [] }

/** Prices hold until a newer one; the latest is the present one. */
const LATEST = Number.MAX_SAFE_INTEGER

function release(rooms: Rooms, { withdrawal }: Parameters): Effect {
  const found = gate.withdrawalById(rooms.gate.state, String(withdrawal))
  if (found === undefined) return NOTHING
  const { asset, amount, to, wallet } = found as { asset: string; amount: string; to: string; wallet: string }
  const krw = liability.valueKrw(rooms.liability.state, asset, BigInt(amount), LATEST)
  return {
    lines: [
      line('From wallet', '출금 지갑', wallet),
      line('Asset', '자산', asset),
      line('Amount in base units', '수량(기본 단위)', amount),
      line('To', '받는 주소', to),
      ...(krw === undefined ? [] : [line('Worth in won', '원화 가치', krw.toString())]),
    ],
    unusual: [],
  }
}

const effects: Readonly<Record<string, (rooms: Rooms, parameters: Parameters) => Effect>> = {
  'withdrawal.release': release,
}

export const effectOf = (rooms: Rooms, act: string, parameters: Parameters): Effect =>
  Object.hasOwn(effects, act) ? (effects[act]?.(rooms, parameters) ?? NOTHING) : NOTHING
