import { describe, expect, it } from 'vitest'
import { utf8 } from '../../kernel/bytes.ts'
import { bodyFault, contentDigest } from './content-digest.ts'

/** RFC 9530 Appendix B.1, and its body with a line feed. */
const BODY = utf8('{"hello": "world"}\n')
const SHA_256 = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:'
/** RFC 9530 section 2. */
const SHA_512 = 'sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:'
/** RFC 9421 Appendix B.2, test-request: the same without the line feed. */
const RFC_9421 = 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:'

describe('Content-Digest', () => {
  it('H4 we write what RFC 9530 writes', () => {
    expect(contentDigest(BODY)).toBe(SHA_256)
    // Appendix B.2: a body of nothing.
    expect(contentDigest(utf8(''))).toBe('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:')
    // Appendix B.3: a part of it.
    expect(contentDigest(utf8('"world"}\n'))).toBe('sha-256=:jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ=:')
  })

  it.each([
    ['sha-256', SHA_256, BODY],
    ['sha-512', SHA_512, BODY],
    ['both', `${SHA_256}, ${SHA_512}`, BODY],
    ['RFC 9421', RFC_9421, utf8('{"hello": "world"}')],
    ['nothing for nothing', null, utf8('')],
  ])('H4 %s holds', (_, signed, body) => {
    expect(bodyFault(signed, body)).toBeUndefined()
  })

  it.each([
    ['another body', SHA_256, utf8('{"hello": "world"}')],
    ['one right and one wrong', `${SHA_256}, ${RFC_9421}`, BODY],
    ['one of them twice', `${SHA_256}, ${SHA_256}`, BODY],
    ['an algorithm that is broken', 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:', BODY],
    ['one that is known beside one that is not', `${SHA_256}, md5=:Sd/dVLAcvNLSq16eXua5uQ==:`, BODY],
    ['a digest cut short', 'sha-256=:RK/0qw==:', BODY],
    ['a digest as a text', SHA_256.replaceAll(':', '"'), BODY],
    ['parameters', `${SHA_256};q=1`, BODY],
    ['another spelling', SHA_256.replace('=:', '= :'), BODY],
    ['nothing', '', BODY],
    ['nothing for a body', null, BODY],
    ['a list without end', Array(100).fill(SHA_256).join(', '), BODY],
  ])('H4 %s does not', (_, signed, body) => {
    expect(bodyFault(signed, body)).toMatchObject({ code: 'DOOR-009' })
  })
})
