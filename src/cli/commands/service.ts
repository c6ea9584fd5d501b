/** `pasu service`: keys for the platform's machines. Registering one is a proposal, made in the console. */
import { generateKeyPairSync } from 'node:crypto'
import { resolve } from 'node:path'
import { parse } from '../../kernel/input.ts'
import { nameSchema } from '../../kernel/names.ts'
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { writeNewSecret } from '../../world/folder.ts'
import { textOf } from '../context.ts'
import { refused } from '../refusals.ts'
import type { Spec } from '../spec.ts'
import { facts } from '../table.ts'

const key: Spec = {
  usage: 'key <name>',
  summary: 'Make the key of a service account: a private file, and the public part to register',
  more: 'Makes an Ed25519 key pair on this machine. The private part goes into a new file of mode 0600 and never leaves it; the public part is printed, to be registered in the console under People. Requests are then signed as RFC 9421 says, with keyid the name. Run it where the service runs.',
  options: [{ flags: '--out <file>', summary: 'where the private key goes (default: <name>.key)' }],
  exits: [0, 2, 3, 70],
  examples: ['pasu service key withdrawal-signer --out /etc/signer/pasu.key'],
  run(context, [name]) {
    if (name === undefined)
      throw refused('CLI-001', 'a name is missing', { expected: 'the name of the service account' })
    const service = parse(nameSchema, name)
    if (isRefusal(service)) throw new Refused(service)
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const file = resolve(textOf(context, 'out') ?? `${service}.key`)
    writeNewSecret(file, String(privateKey.export({ format: 'pem', type: 'pkcs8' })))
    const public_key = publicKey.export({ format: 'jwk' }).x ?? ''
    const lines = facts([
      ['service account', service],
      ['private key', file],
      ['public key', public_key],
    ])
    context.print(
      { service, file, public_key },
      `${lines}\n\nRegister the public key in the console under People, with the scopes that it needs and no more.`,
    )
    return 0
  },
}

export const service: Spec = {
  usage: 'service',
  summary: 'Keys for the machines of the platform that ask for permits or tell of blocks',
  exits: [0, 2, 3, 70],
  inner: [key],
}
