import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Format } from './formats.ts'
import { timeOf } from './look.ts'
import { addressOf, clientOf, networkOf } from './places.ts'
import { LINE_CHARS_MAX, readAdminLine, readAdminLog } from './read.ts'

const okta = (change: object = {}): string =>
  JSON.stringify({
    published: '2026-02-06T01:00:00.123Z',
    eventType: 'user.session.start',
    actor: { id: '00u1', alternateId: 'Kim@Exchange.example', type: 'User' },
    outcome: { result: 'SUCCESS' },
    client: { ipAddress: '203.0.113.7', userAgent: { rawUserAgent: 'Mozilla/5.0 Chrome/99.1' } },
    ...change,
  })
const trail = (change: object = {}): string =>
  JSON.stringify({
    eventTime: '2026-02-06T01:00:00Z',
    eventName: 'GetSecretValue',
    eventSource: 'secretsmanager.amazonaws.com',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::1:user/kim', userName: 'kim', accountId: '1' },
    sourceIPAddress: '203.0.113.7',
    ...change,
  })
const github = (change: object = {}): string =>
  JSON.stringify({ '@timestamp': 1_770_339_600_000, action: 'org.update_member', actor: 'kim', ...change })
const teleport = (change: object = {}): string =>
  JSON.stringify({ time: '2026-02-06T01:00:00.1234Z', event: 'user.login', user: 'kim', success: true, ...change })
const ocsf = (change: object = {}): string =>
  JSON.stringify({
    class_uid: 3002,
    activity_id: 1,
    time: 1_770_339_600_000,
    actor: { user: { name: 'kim' } },
    ...change,
  })

const acts = (from: Format, line: string): readonly string[] => {
  const read = readAdminLine(from, line, 1)
  return 'field' in read ? [`rejected ${read.field}`] : read.acts
}

describe('lines', () => {
  it.each([
    ['okta', 'not json', '(whole line)'],
    ['okta', '[1]', '(whole line)'],
    ['okta', okta({ published: 'yesterday' }), 'published'],
    ['okta', okta({ eventType: 7 }), 'eventType'],
    ['okta', okta({ actor: undefined }), 'actor'],
    ['okta', okta({ actor: { id: 'unknown' } }), 'actor.alternateId'],
    ['cloudtrail', trail({ eventName: undefined }), 'eventName'],
    ['cloudtrail', trail({ userIdentity: { arn: 7 } }), 'userIdentity.arn'],
    ['cloudtrail', trail({ userIdentity: {} }), 'userIdentity.arn'],
    ['github', github({ '@timestamp': -1 }), '@timestamp'],
    ['github', github({ actor: '' }), 'actor'],
    ['teleport', teleport({ time: '2023-09-20T23:00:000.000000Z' }), 'time'],
    ['teleport', teleport({ user: undefined }), 'user'],
    ['ocsf', ocsf({ class_uid: 1001 }), 'class_uid'],
    ['ocsf', ocsf({ actor: {} }), 'actor.user.uid'],
  ] as const)('M1 %s %s is rejected at its field', (from, line, field) => {
    const read = readAdminLine(from, line, 7)
    expect(read).toMatchObject({ line: 7, field })
  })

  it('M1 a line of a file of another kind is rejected unread', () => {
    expect(readAdminLine('okta', okta({ pad: 'x'.repeat(LINE_CHARS_MAX) }), 1)).toMatchObject({ field: '(whole line)' })
  })

  it('M1 M2 keeps the rest of a file, in time order, with the lines as they stood', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'pasu-admin-')), 'log.ndjson')
    const late = okta({ published: '2026-02-07T01:00:00Z' })
    writeFileSync(path, `\uFEFF${late}\r\n\n{"published":1}\n${okta()}\n`)
    const { events, rejected } = await readAdminLog(path, 'okta')
    expect(events.map(({ line }) => line)).toEqual([4, 1])
    expect(rejected.map(({ line, field }) => [line, field])).toEqual([[3, 'eventType']])
  })

  it('M2 times as products write them', () => {
    const at = Date.UTC(2020, 10, 25, 21, 27, 3, 496)
    expect(timeOf('2020-11-25 21:27:03.496000000')).toBe(at)
    expect(timeOf('2020-11-25T21:27:03.496Z')).toBe(at)
    expect(timeOf('2020-11-26T06:27:03.496+0900')).toBe(at)
    expect(timeOf('2020-11-25 21:27:03')).toBe(at - 496)
    expect(timeOf(1_606_339_623)).toBe(at - 496)
    expect([timeOf('25.11.2020'), timeOf(Number.NaN), timeOf(null), timeOf('2020-13-25T00:00:00Z')]).toEqual(
      new Array(4).fill(undefined),
    )
  })
})

describe('events', () => {
  it('M5 an Okta sign-in', () => {
    expect(readAdminLine('okta', okta(), 3)).toEqual({
      line: 3,
      time: Date.UTC(2026, 1, 6, 1, 0, 0, 123),
      class_uid: 3002,
      activity_id: 1,
      status_id: 1,
      actor: { user: 'kim@exchange.example' },
      user: 'kim@exchange.example',
      api: { operation: 'user.session.start' },
      src_endpoint: { ip: '203.0.113.7', network: '203.0.0.0/16' },
      device: 'Mozilla Chrome',
      acts: ['sign_in'],
    })
  })

  it('M5 an exporter that lowers the names of members changes nothing', () => {
    const { eventType, ...rest } = JSON.parse(okta({ debugContext: { debugData: { requestId: 'x' } } })) as {
      eventType: string
      debugContext: object
    }
    const { debugContext, ...plain } = rest
    const lowered = JSON.stringify({ ...plain, eventtype: eventType, debugcontext: debugContext })
    const asWritten = okta({ debugContext: { debugData: { requestId: 'x' } } })
    expect(readAdminLine('okta', lowered, 1)).toEqual(readAdminLine('okta', asWritten, 1))
  })

  it.each([
    ['okta', okta({ eventType: 'system.log_stream.lifecycle.deactivate' }), ['logging_off', 'privileged']],
    ['okta', okta({ eventType: 'an.unknown.event' }), []],
    ['cloudtrail', trail(), ['secret_read']],
    [
      'cloudtrail',
      trail({ eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }),
      ['logging_off', 'privileged'],
    ],
    [
      'cloudtrail',
      trail({
        eventName: 'AttachUserPolicy',
        eventSource: 'iam.amazonaws.com',
        requestParameters: { userName: 'lee', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      }),
      ['admin_granted', 'privileged'],
    ],
    ['cloudtrail', trail({ eventName: 'ListUsers', eventSource: 'iam.amazonaws.com' }), []],
    ['github', github({ permission: 'admin', user: 'lee' }), ['admin_granted', 'privileged']],
    ['github', github({ permission: 'read', user: 'lee' }), ['privileged']],
    ['github', github({ action: 'git.clone' }), []],
    ['teleport', teleport(), ['sign_in']],
    ['teleport', teleport({ event: 'session_recording_config.update', mode: 'off' }), ['logging_off', 'privileged']],
    ['ocsf', ocsf({ class_uid: 3001, activity_id: 11 }), ['mfa_reset']],
    [
      'ocsf',
      ocsf({ class_uid: 3001, activity_id: 7, policy: { name: 'AdminAccess' } }),
      ['admin_granted', 'privileged'],
    ],
    [
      'ocsf',
      ocsf({ class_uid: 3004, activity_id: 1, entity: { type: 'Identity Provider' } }),
      ['privileged', 'trust_changed'],
    ],
    ['ocsf', ocsf({ class_uid: 3004, activity_id: 9, entity: { name: 'Audit log' } }), ['logging_off', 'privileged']],
    ['ocsf', ocsf({ class_uid: 6003, activity_id: 2, api: { operation: 'GetSecretValue' } }), ['secret_read']],
    [
      'ocsf',
      ocsf({ class_uid: 6003, activity_id: 99, api: { operation: 'StopLogging' } }),
      ['logging_off', 'privileged'],
    ],
  ] as const)('M5 %s %s', (from, line, expected) => {
    expect([...acts(from, line)].sort()).toEqual(expected)
  })

  it('M5 the person who acts and the person who is changed have one key', () => {
    const reset = readAdminLine(
      'cloudtrail',
      trail({
        eventName: 'DeactivateMFADevice',
        eventSource: 'iam.amazonaws.com',
        requestParameters: { userName: 'kim' },
      }),
      1,
    )
    expect(reset).toMatchObject({ actor: { user: 'arn:aws:iam::1:user/kim' }, user: 'arn:aws:iam::1:user/kim' })
    const mail = readAdminLine('github', github({ user: 'Lee', external_identity_nameid: 'kim@exchange.example' }), 1)
    expect(mail).toMatchObject({ actor: { user: 'kim' }, user: 'lee' })
  })
})

describe('places', () => {
  it('M5 networks, addresses and clients', () => {
    expect(networkOf('203.0.113.7', 701)).toBe('AS701')
    expect(networkOf('2001:db8:1::7', undefined)).toBe('2001:db8::/32')
    expect(networkOf('10.1.2.3', undefined)).toBe('private')
    expect(addressOf('[2001:db8::1]:65123')).toBe('2001:db8::1')
    expect(addressOf('192.0.2.1:35194')).toBe('192.0.2.1')
    expect(addressOf('AWS Internal')).toBeUndefined()
    expect(clientOf('Mozilla/5.0 (Macintosh) Chrome/99.0.1')).toBe(clientOf('Mozilla/5.0 (Macintosh) Chrome/104.2'))
    expect(clientOf('curl/8.1')).not.toBe(clientOf('Wget/1.2'))
  })
})
