/**
 * The peer: the same questions to the same events as window queries of SQLite with thresholds for everybody alike, as alert rules over a
 * log store are usually written. It knows no habits, no quiet time and no fading; each row it returns is an alarm.
 */
import { DatabaseSync } from 'node:sqlite'
import { DAY_MS, HOUR_MS } from '../src/kernel/time.ts'
import type { Made } from './admin-people.ts'

export interface SqlAlarm {
  readonly detector: string
  readonly line: number
}

const COLUMNS = 'line, time, user, target, ok, network, country, lat, long, device, session, acts, operation'
const seen = (column: string): string => `
  SELECT line FROM (SELECT line, time, row_number() OVER (PARTITION BY user, ${column} ORDER BY time, line) AS nth,
    min(time) OVER (PARTITION BY user) AS since FROM events WHERE ok AND ${column} IS NOT NULL)
  WHERE nth = 1 AND time - since > ${5 * DAY_MS}`
const acts = (act: string): string => `SELECT line FROM events WHERE acts LIKE '% ${act} %'`
const burst = (where: string, count: number): string => `
  SELECT line FROM (SELECT line, count(*) OVER (PARTITION BY user ORDER BY time RANGE BETWEEN ${HOUR_MS} PRECEDING AND CURRENT ROW) AS n
    FROM events WHERE ${where}) WHERE n = ${count}`
const POWER = `(acts LIKE '% privileged %' OR acts LIKE '% admin_granted %')`

const QUERIES: Readonly<Record<string, string>> = {
  new_device: seen('device'),
  new_network: seen('network'),
  new_country: seen('country'),
  impossible_travel: `
    SELECT line FROM (SELECT line, time, lat, long, lag(time) OVER w AS t, lag(lat) OVER w AS a, lag(long) OVER w AS o
      FROM events WHERE ok AND acts LIKE '% sign_in %' WINDOW w AS (PARTITION BY user ORDER BY time, line))
    WHERE a IS NOT NULL AND 12742 * asin(min(1, sqrt(pow(sin(radians(lat - a) / 2), 2)
      + cos(radians(lat)) * cos(radians(a)) * pow(sin(radians(long - o) / 2), 2)))) > max(100, 900.0 * (time - t) / ${HOUR_MS})`,
  dormant_account: `SELECT line FROM (SELECT line, time - lag(time) OVER (PARTITION BY user ORDER BY time, line) AS gap
      FROM events WHERE ok) WHERE gap > ${30 * DAY_MS}`,
  off_hours_privilege: `SELECT line FROM events WHERE ${POWER} AND ok AND ((time / ${HOUR_MS} + 9) % 24 < 7 OR (time / ${HOUR_MS} + 9) % 24 >= 22)`,
  first_privileged_act: `
    SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY user, operation ORDER BY time, line) AS nth, time, since
      FROM (SELECT *, min(time) OVER (PARTITION BY user) AS since FROM events) WHERE ${POWER} AND ok)
    WHERE nth = 1 AND time - since > ${5 * DAY_MS}`,
  secret_burst: burst("acts LIKE '% secret_read %'", 10),
  mfa_reset_then_privilege: `SELECT DISTINCT e.line FROM events r JOIN events e ON e.user = r.target AND e.time BETWEEN r.time AND r.time + ${72 * HOUR_MS}
    WHERE r.acts LIKE '% mfa_reset %' AND e.acts LIKE '% privileged %'`,
  session_two_networks: `SELECT line FROM (SELECT line, network, first_value(network) OVER (PARTITION BY user, session ORDER BY time, line) AS f
    FROM events WHERE session IS NOT NULL) WHERE network <> f`,
  new_identity_provider: acts('trust_changed'),
  new_admin: acts('admin_granted'),
  logging_off: acts('logging_off'),
  sign_in_failures: burst("NOT ok AND acts LIKE '% sign_in %'", 5),
}

export function askSql(events: readonly Made[]): { alarms: SqlAlarm[]; seconds: number } {
  const from = performance.now()
  const database = new DatabaseSync(':memory:')
  database.exec(`CREATE TABLE events (${COLUMNS}); CREATE INDEX who ON events (user, time)`)
  const insert = database.prepare(`INSERT INTO events VALUES (${COLUMNS.replace(/\w+/g, '?')})`)
  database.exec('BEGIN')
  for (const { line, time, actor, user, status_id, src_endpoint: at, device, acts: meant, api } of events) {
    const place = [at.network ?? null, at.country ?? null, at.lat ?? null, at.long ?? null] as const
    const what = [device ?? null, actor.session ?? null, ` ${meant.join(' ')} `, api.operation] as const
    insert.run(line, time, actor.user, user ?? null, status_id === 2 ? 0 : 1, ...place, ...what)
  }
  database.exec('COMMIT')
  const alarms = Object.entries(QUERIES).flatMap(([detector, query]) =>
    database
      .prepare(query)
      .all()
      .map((row) => ({ detector, line: Number(row.line) })),
  )
  database.close()
  return { alarms, seconds: (performance.now() - from) / 1_000 }
}
