import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { pasu } from './kit.ts'

const quiet = { out: () => {}, err: () => {}, isWatched: false, columns: 80, env: {} }

function commands(): { path: string[]; command: Command }[] {
  const below = (command: Command, path: string[]): { path: string[]; command: Command }[] => [
    { path, command },
    ...command.commands.flatMap((inner) => below(inner, [...path, inner.name()])),
  ]
  return below(buildProgram(quiet, { code: 0 }), [])
}

describe('help', () => {
  it('of every command, as a person reads it', async () => {
    const texts: string[] = []
    for (const { path } of commands()) {
      const { code, out, err } = await pasu([...path, '--help'])
      expect([path, code, err]).toEqual([path, 0, ''])
      texts.push(`$ pasu ${[...path, '--help'].join(' ')}\n${out}`)
    }
    await expect(texts.join('\n')).toMatchFileSnapshot('../golden/cli-help.txt')
  })

  it('says for every command what its exit codes mean', () => {
    expect(commands().length).toBeGreaterThan(50)
    for (const { path, command } of commands()) {
      let help = ''
      command.configureOutput({
        writeOut: (text) => {
          help += text
        },
      })
      command.outputHelp()
      expect([path, help]).toEqual([path, expect.stringMatching(/Exit codes:\n {2}0 {3}done/)])
    }
  })
})
