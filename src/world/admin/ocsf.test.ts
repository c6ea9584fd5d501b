import { describe, expect, it } from 'vitest'
import { at } from './look.ts'
import { toOcsf } from './read.ts'
import { flattened, hasSamples, nearness, readSamples } from './testing/samples.ts'

if (!hasSamples) console.log('OCSF samples: ../shared/data/ocsf is absent, skipped')

/** What must be exact, as the data's own page lists. */
const EXACT = [
  'class_uid',
  'activity_id',
  'type_uid',
  'category_uid',
  'severity_id',
  'status_id',
  'time',
  'src_endpoint.ip',
]

describe.skipIf(!hasSamples)('mapping to OCSF, beside the published pairs', () => {
  const made = (hasSamples ? readSamples() : []).map((sample) => {
    const mapped = toOcsf(sample.from, sample.raw)
    if ('field' in mapped) throw new Error(`${sample.id} is refused: ${mapped.field}`)
    return { ...sample, record: mapped.record }
  })

  it('M3 comes this near, by field: expected paths with equal value, and produced paths that are expected', () => {
    const rows = made.map(({ id, record, ocsf }) => {
      const { equal, expected, produced, paths } = nearness(record, ocsf)
      return `${id}: recall ${(equal / expected).toFixed(2)} precision ${(paths / produced).toFixed(2)}`
    })
    expect(rows.join('\n')).toMatchInlineSnapshot(`
      "cloudtrail-v1.0.0-bloblang-account_change: recall 0.78 precision 0.90
      cloudtrail-v1.0.0-bloblang-authentication: recall 0.88 precision 0.98
      cloudtrail-v1.0.0-bloblang-generic_api_activity: recall 0.67 precision 0.92
      cloudtrail-v1.0.0-rc.2-markdown-account_change: recall 0.84 precision 0.69
      cloudtrail-v1.0.0-rc.2-markdown-authentication: recall 0.75 precision 0.76
      cloudtrail-v1.0.0-rc.2-markdown-generic_api_activity: recall 0.73 precision 0.81
      cloudtrail-v1.1.0-bloblang-account_change: recall 0.78 precision 0.90
      cloudtrail-v1.1.0-bloblang-authentication: recall 0.88 precision 0.98
      cloudtrail-v1.1.0-bloblang-generic_api_activity: recall 0.67 precision 0.92
      cloudtrail-v1.1.0-markdown-authentication: recall 0.90 precision 0.90
      cloudtrail-v1.5.0-markdown-account_change: recall 0.90 precision 0.91
      github-v1.3.0-markdown-account_change: recall 0.76 precision 1.00
      github-v1.3.0-markdown-api_activity: recall 0.94 precision 1.00
      github-v1.3.0-markdown-group_management: recall 0.88 precision 1.00
      okta-v1.3.0-markdown-authentication: recall 0.90 precision 0.98
      okta-v1.3.0-markdown-detection_finding: recall 0.41 precision 0.59
      okta-v1.3.0-markdown-entity_management: recall 0.94 precision 0.98
      okta-v1.3.0-markdown-generic_api_activity: recall 0.93 precision 0.96"
    `)
  })

  it('M3 differs in what must be exact only here; each is a redaction, an old class number or a defect of the pair', () => {
    const wrong = made.flatMap(({ id, record, ocsf }) => {
      const [ours, theirs] = [flattened(record), flattened(ocsf)]
      return EXACT.filter((path) => theirs.has(path) && theirs.get(path) !== ours.get(path)).map(
        (path) => `${id} ${path}: ${ours.get(path)}, pair ${theirs.get(path)}`,
      )
    })
    expect(wrong).toMatchInlineSnapshot(`
      [
        "cloudtrail-v1.0.0-bloblang-authentication time: 1668097474, pair 1699633474",
        "cloudtrail-v1.0.0-bloblang-generic_api_activity status_id: 1, pair 99",
        "cloudtrail-v1.0.0-bloblang-generic_api_activity time: 1600726972, pair 1695334972",
        "cloudtrail-v1.0.0-rc.2-markdown-generic_api_activity class_uid: 6003, pair 3005",
        "cloudtrail-v1.0.0-rc.2-markdown-generic_api_activity type_uid: 600302, pair 300502",
        "cloudtrail-v1.0.0-rc.2-markdown-generic_api_activity category_uid: 6, pair 3",
        "cloudtrail-v1.1.0-bloblang-authentication time: 1668097474, pair 1699633474",
        "cloudtrail-v1.1.0-bloblang-generic_api_activity status_id: 1, pair 99",
        "cloudtrail-v1.1.0-bloblang-generic_api_activity time: 1600726972, pair 1695334972",
        "github-v1.3.0-markdown-account_change src_endpoint.ip: 11.11.111.1, pair 1.1.1.1",
        "okta-v1.3.0-markdown-detection_finding severity_id: 3, pair 0",
      ]
    `)
  })

  it('M4 an OCSF record read back means what the product’s own record meant', () => {
    for (const { from, raw, record } of made) {
      if (at(record, 'class_uid') === 2004) continue
      const own = toOcsf(from, raw)
      const back = toOcsf('ocsf', record)
      expect('acts' in back && 'acts' in own && [...back.acts].sort()).toEqual('acts' in own && [...own.acts].sort())
    }
  })
})
